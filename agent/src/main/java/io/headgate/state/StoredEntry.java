// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

/**
 * What is kept under a key.
 *
 * @param createdMillis when it was made, in milliseconds since 1970
 * @param expiresMillis from when on it is gone, by the same clock
 * @param model the model it is of, to purge by; empty for none
 * @param route the route it came by, to purge by; empty for none
 * @param group what it is looked through with, as for similar questions; empty for none
 * @param index what is to be known of each of its group without reading it; often empty
 * @param bytes the entry itself; not to be changed
 */
public record StoredEntry(
    long createdMillis,
    long expiresMillis,
    String model,
    String route,
    String group,
    byte[] index,
    byte[] bytes) {

  /** What it takes in memory, in bytes, about. */
  public long size() {
    return 160L
        + 2L * (model.length() + route.length() + group.length())
        + index.length
        + bytes.length;
  }
}
