// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.io.File;
import org.jspecify.annotations.Nullable;

/** A configuration and the file to watch for the next one. */
public final class Loaded {
  private final Config config;
  private final @Nullable File file;
  private final String name;
  private final byte[] bytes;

  Loaded(Config config, @Nullable File file, String name, byte[] bytes) {
    this.config = config;
    this.file = file;
    this.name = name;
    this.bytes = bytes;
  }

  public Config config() {
    return config;
  }

  /** Where it was read from; null if there is no file, and so nothing to watch. */
  public @Nullable File file() {
    return file;
  }

  /** The file as the user knows it. */
  String name() {
    return name;
  }

  /** What was in the file. Not to be changed. */
  byte[] bytes() {
    return bytes;
  }
}
