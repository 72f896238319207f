// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/** A fact to be found in a JSON document; an enum for requests and one for answers. */
interface Slot {

  Kind kind();

  /** What is wanted of the value. */
  enum Kind {
    /** The text of a short string, or a number. */
    TEXT,
    /** A number. */
    NUMBER,
    /** True or false. */
    FLAG,
    /** How long a string is, never the string. */
    LENGTH,
    /** To be told where an object begins and ends; a short string is told as text. */
    GROUP
  }
}
