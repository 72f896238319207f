// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/** Takes the facts that a {@link JsonScanner} finds, in the order of the document. */
interface JsonSink<F extends Slot> {

  /**
   * A string, unescaped, as UTF-8.
   *
   * @param bytes only lent
   */
  void text(F slot, byte[] bytes, int length);

  /**
   * A number.
   *
   * @param whole the number without its fraction, exact up to 18 digits
   * @param value the number
   */
  void number(F slot, long whole, double value);

  void flag(F slot, boolean value);

  /**
   * The length of a string, in Unicode characters.
   *
   * @param narrow characters of alphabets
   * @param wide characters of the scripts of East Asia, and pictures
   */
  void characters(F slot, long narrow, long wide);

  void opened(F slot);

  void closed(F slot);
}
