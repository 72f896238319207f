// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

/**
 * One setting after its placeholders were replaced.
 *
 * @param at where it was written
 * @param path its full name, such as {@code providers.openai.base-url}
 * @param written as written; safe to show, unless the setting itself is a secret
 * @param value what it stands for, trimmed; a secret as soon as a placeholder had a part in it
 * @param inFile whether it stands in the file; an override may hold a secret as it is
 * @param plain what the writing gives away of a secret
 */
record Scalar(
    String at,
    String path,
    String written,
    String value,
    boolean inFile,
    Placeholders.Plain plain) {

  /** An override only if it is too short for a key. */
  String shown() {
    return inFile || written.length() < ProviderBinder.KEY_LENGTH
        ? Problems.quote(written)
        : "something else";
  }

  /** For settings next to secrets, where a secret may have been put by mistake. */
  String shownIfInFile() {
    return inFile ? Problems.quote(written) : "something else";
  }

  @Override
  public String toString() {
    return at + ": " + path;
  }
}
