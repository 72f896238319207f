// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.headgate.it.ClassPaths;
import io.headgate.it.MavenJars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code client-versions.yaml} says; the file itself explains it. */
public record ClientVersions(List<String> exclude, Map<String, Library> libraries) {

  static final Path FILE = Path.of("client-versions.yaml");

  /** Clients that are run on one class path. */
  record Library(Map<String, Row> rows, Map<String, List<String>> versions) {}

  /** A row of the README's table; what is absent in the file is null here. */
  record Row(
      String sync, String async, String also, List<String> versions, Map<String, String> missing) {

    List<String> clients() {
      return Stream.of(sync, async, also).filter(name -> name != null).toList();
    }

    boolean in(String version) {
      return versions == null || versions.contains(version);
    }

    /** Why a cell is empty; null if nothing is said of it. */
    String missing(String cell) {
      return missing == null ? null : missing.get(cell);
    }
  }

  /** One version of a library, with those rows that have it: what one forked JVM runs. */
  record Version(String library, String number, Map<String, Row> rows, List<String> coordinates) {

    String name() {
      return number.isEmpty() ? library : library + "-" + number;
    }

    List<String> clients() {
      return rows.values().stream().flatMap(row -> row.clients().stream()).distinct().toList();
    }
  }

  static ClientVersions read() {
    try {
      return new ObjectMapper(new YAMLFactory()).readValue(FILE.toFile(), ClientVersions.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All versions of all libraries, in the file's order. */
  List<Version> all() {
    List<Version> all = new ArrayList<>();
    libraries.forEach(
        (name, library) ->
            library.versions.forEach(
                (number, coordinates) -> {
                  Map<String, Row> rows = new LinkedHashMap<>(library.rows);
                  rows.values().removeIf(row -> !row.in(number));
                  all.add(new Version(name, number, rows, coordinates));
                }));
    return all;
  }

  /** Those that are the newest one of a row at least. */
  List<Version> newest() {
    Map<String, Version> last = new LinkedHashMap<>();
    for (Version version : all()) {
      version.rows().keySet().forEach(row -> last.put(version.library() + " " + row, version));
    }
    return last.values().stream().distinct().toList();
  }

  /** The class path of a library's last version in the file. */
  public static String newestClassPath(String library) {
    ClientVersions versions = read();
    return versions.classPath(
        versions.all().stream()
            .filter(version -> version.library().equals(library))
            .reduce((older, newer) -> newer)
            .orElseThrow());
  }

  /** The class path of one version of a library, for tests of what stands on it. */
  public static String classPath(String library, String number) {
    ClientVersions versions = read();
    return versions.classPath(
        versions.all().stream()
            .filter(version -> version.library().equals(library))
            .filter(version -> version.number().equals(number))
            .findFirst()
            .orElseThrow());
  }

  /** The tests' classes and the jars of a version. */
  String classPath(Version version) {
    return ClassPaths.withJars(MavenJars.of(version.name(), version.coordinates(), exclude));
  }
}
