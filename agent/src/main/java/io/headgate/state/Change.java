// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import org.jspecify.annotations.Nullable;

/** That an entry was put, or removed if it is null. One is like no other: compared by identity. */
final class Change {

  private final EntryKey key;
  private final @Nullable StoredEntry entry;

  Change(EntryKey key, @Nullable StoredEntry entry) {
    this.key = key;
    this.entry = entry;
  }

  EntryKey key() {
    return key;
  }

  @Nullable StoredEntry entry() {
    return entry;
  }

  /** What it takes in memory, in bytes, about. */
  long size() {
    return entry == null ? 100 : entry.size();
  }
}
