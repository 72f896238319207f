// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of sections, each under a line of {@code === title}. What is above the first is for the
 * reader of the file.
 */
final class GoldenFile {

  private static final String MARK = "=== ";
  private static final String FOLDER = "io/headgate/translate/golden/";

  private final String name;
  private final StringBuilder top = new StringBuilder();
  private final Map<String, StringBuilder> sections = new LinkedHashMap<>();

  private GoldenFile(String name, String text) {
    this.name = name;
    StringBuilder section = top;
    for (String line : text.lines().toList()) {
      if (line.startsWith(MARK)) {
        section = new StringBuilder();
        sections.put(line.substring(MARK.length()), section);
      } else {
        section.append(line).append('\n');
      }
    }
  }

  /**
   * As it was built.
   *
   * @param name within the folder of golden files
   */
  static GoldenFile built(String name) {
    try (InputStream in = GoldenFile.class.getResourceAsStream("/" + FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("there is no golden file " + name);
      }
      return new GoldenFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As it is among the sources, of the module that tests are run in. */
  static GoldenFile source(String name) {
    try {
      return new GoldenFile(name, Files.readString(path(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(String name) {
    return Path.of("src/test/resources", FOLDER + name);
  }

  Iterable<String> titles() {
    return sections.keySet();
  }

  /** What a section says, without the empty lines around it; nothing if it is not there. */
  String section(String title) {
    StringBuilder section = sections.get(title);
    return section == null ? "" : section.toString().strip();
  }

  /** Replaces a section, or adds it at the end, and writes the file to the sources. */
  void write(String title, String text) {
    sections.put(title, new StringBuilder(text));
    StringBuilder file = new StringBuilder(top);
    sections.forEach(
        (its, said) -> file.append(MARK + its + "\n" + said.toString().strip() + "\n\n"));
    try {
      Files.writeString(path(name), file.toString().stripTrailing() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
