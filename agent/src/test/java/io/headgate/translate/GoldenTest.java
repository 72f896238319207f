// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.headgate.gateway.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of a request, an answer, a stream and an error, for each pair of formats, is in the
 * files of {@code src/test/resources/io/headgate/translate/golden}: for each kind and each side
 * that speaks first a file, whose first section is what it says and whose others are what the other
 * side gets. A change of any of them is to be seen there, and judged.
 *
 * <p>All but the first sections are written anew by
 *
 * <pre>mvn -pl agent -am test -Dtest=GoldenTest -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dheadgate.golden=write</pre>
 *
 * <p>A new pair or file begins with a first section that is written by hand. What was written is
 * then read with {@code git diff}: that it is what the code does is no proof that it is right.
 */
class GoldenTest {

  private static final boolean WRITE = "write".equals(System.getProperty("headgate.golden"));

  /** What is translated, and so a folder of files. */
  enum Kind {
    REQUEST,
    ANSWER,
    STREAM,
    ERROR;

    /** Whether this side's words are translated. */
    boolean from(GoldenPeer side) {
      return this != REQUEST || side.calls();
    }

    /** Whether this side gets them. */
    boolean to(GoldenPeer side) {
      return this == REQUEST || side.calls();
    }

    String file(GoldenPeer from) {
      return name().toLowerCase(Locale.ROOT) + "/" + from.label() + ".txt";
    }
  }

  static Stream<Arguments> files() {
    List<Arguments> files = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (GoldenPeer from : GoldenPeer.values()) {
        if (kind.from(from)) {
          files.add(Arguments.of(kind, from));
        }
      }
    }
    return files.stream();
  }

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    files()
        .forEach(
            file -> {
              Kind kind = (Kind) file.get()[0];
              GoldenPeer from = (GoldenPeer) file.get()[1];
              receivers(kind, from).forEach(to -> pairs.add(Arguments.of(kind, from, to)));
            });
    return pairs.stream();
  }

  private static List<GoldenPeer> receivers(Kind kind, GoldenPeer from) {
    return Stream.of(GoldenPeer.values())
        .filter(to -> kind.to(to) && to.format != from.format)
        .toList();
  }

  private static String title(GoldenPeer from, GoldenPeer to) {
    return from.label() + " -> " + to.label();
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @MethodSource("pairs")
  void whatTheOtherSideGetsIsInTheFile(Kind kind, GoldenPeer from, GoldenPeer to) {
    String title = title(from, to);
    GoldenFile file =
        WRITE ? GoldenFile.source(kind.file(from)) : GoldenFile.built(kind.file(from));
    String said = file.section(from.label());
    String got =
        switch (kind) {
          case REQUEST -> request(said, from, to);
          case ANSWER -> answer(said, from, to);
          case STREAM -> stream(said, from, to);
          case ERROR -> error(said, from, to);
        };
    if (WRITE) {
      file.write(title, got);
      return;
    }
    String golden = file.section(title);
    assertThat(got)
        .as("golden/%s, section %s, %s", kind.file(from), title, firstDifference(golden, got))
        .isEqualTo(golden);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("files")
  void aFileHasASectionForEachPairAndNoOther(Kind kind, GoldenPeer from) {
    assumeFalse(WRITE);
    List<String> titles = new ArrayList<>(List.of(from.label()));
    receivers(kind, from).forEach(to -> titles.add(title(from, to)));
    assertThat(GoldenFile.built(kind.file(from)).titles())
        .as("golden/%s", kind.file(from))
        .containsExactlyElementsOf(titles);
  }

  private static String firstDifference(String golden, String got) {
    List<String> expected = golden.lines().toList();
    List<String> lines = got.lines().toList();
    int same = 0;
    while (same < Math.min(expected.size(), lines.size())
        && expected.get(same).equals(lines.get(same))) {
      same++;
    }
    return String.format(
        "differs from line %d of the section on:%n- %s%n+ %s%n",
        same + 1,
        same < expected.size() ? expected.get(same) : "(end)",
        same < lines.size() ? lines.get(same) : "(end)");
  }

  private static String request(String said, GoldenPeer app, GoldenPeer target) {
    Translation translation;
    try {
      translation = app.translation(said, target, false);
    } catch (Ineligible e) {
      return "ineligible: " + e.getMessage();
    }
    return notes("dropped", translation.dropped())
        + notes("changed", translation.changed())
        + GoldenText.json(translation.body());
  }

  private static String notes(String what, List<String> notes) {
    return notes.isEmpty() ? "" : what + ": " + String.join(", ", notes) + "\n";
  }

  private static String answer(String said, GoldenPeer target, GoldenPeer app) {
    Translation.Answer answer =
        app.translation(Pairs.request(app.format, false), target, false)
            .whole(200, Headers.EMPTY, GoldenText.utf8(said));
    assertThat(answer.status())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    return GoldenText.json(answer.body());
  }

  private static String stream(String said, GoldenPeer target, GoldenPeer app) {
    StreamTranslation stream =
        app.translation(Pairs.request(app.format, true), target, true).stream();
    byte[] got = Pairs.through(stream, GoldenText.stream(target.streams(), said));
    assertThat(stream.over()).as("the stream has an end").isTrue();
    return GoldenText.events(app.streams(), got);
  }

  private static String error(String said, GoldenPeer target, GoldenPeer app) {
    Translation.Answer answer = GoldenText.answer(said);
    return GoldenText.answer(
        app.translation(Pairs.request(app.format, false), target, false)
            .error(answer.status(), answer.headers(), answer.body()));
  }
}
