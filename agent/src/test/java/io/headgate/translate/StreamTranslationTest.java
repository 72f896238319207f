// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.headgate.chat.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Recorded streams of every target, translated for every caller. */
class StreamTranslationTest {

  static Stream<Arguments> pairs() {
    List<Arguments> pairs = new ArrayList<>();
    for (Map.Entry<String, WireFormat> answer : Pairs.ANSWERS.entrySet()) {
      for (WireFormat caller : Pairs.CALLERS) {
        if (caller != answer.getValue()) {
          pairs.add(Arguments.of(answer.getKey(), answer.getValue(), caller));
        }
      }
    }
    return pairs.stream();
  }

  /** Ids and dates are made for each answer; all else is to be the same. */
  private static String same(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .replaceAll("\"created(_at)?\":[0-9.]+", "\"created\":0")
        .replaceAll("(chatcmpl-|msg_|resp_|rs_|fc_|call_|toolu_|tooluse_)[A-Za-z0-9_-]+", "ID")
        .replaceAll("[a-z0-9]{24}|[0-9a-f-]{36}", "ID");
  }

  private static StreamTranslation stream(WireFormat target, WireFormat caller) {
    return Pairs.translation(caller, target, true).stream();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aCompleteStreamComesToItsEnd(String file, WireFormat target, WireFormat caller) {
    StreamTranslation stream = stream(target, caller);
    byte[] out = Pairs.through(stream, Pairs.recorded(file));
    assertThat(stream.over()).as(new String(out, StandardCharsets.UTF_8)).isTrue();
    assertThat(out).isNotEmpty();
    assertThat(new String(out, StandardCharsets.UTF_8)).doesNotContain("could not be translated");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void howAStreamIsCutMakesNoDifference(String file, WireFormat target, WireFormat caller) {
    byte[] bytes = Pairs.recorded(file);
    if (caller == WireFormat.BEDROCK) {
      return; // Its frames hold checksums of ids that differ; see the cuts of the others.
    }
    String whole = same(Pairs.through(stream(target, caller), bytes));
    int[] every = IntStream.range(1, bytes.length).toArray();
    assertThat(same(Pairs.through(stream(target, caller), bytes, every))).isEqualTo(whole);
    Random random = new Random(file.hashCode());
    for (int round = 0; round < 20; round++) {
      int[] cuts = random.ints(7, 1, bytes.length).sorted().toArray();
      assertThat(same(Pairs.through(stream(target, caller), bytes, cuts))).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aStreamThatBreaksOffIsNeverComplete(String file, WireFormat target, WireFormat caller) {
    byte[] bytes = Pairs.recorded(file);
    for (int length = 0; length < bytes.length / 2; length += 13) {
      byte[] part = Arrays.copyOf(bytes, length);
      StreamTranslation stream = stream(target, caller);
      byte[] out = Pairs.through(stream, part);
      // Of frames it can be told that they are cut, of events only that there are no more.
      assertThat(!stream.over() || failed(out)).as("after %s bytes", length).isTrue();
    }
  }

  private static boolean failed(byte[] out) {
    String text = new String(out, StandardCharsets.UTF_8);
    return text.contains("\"error\"") || text.contains("response.failed");
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void damagedStreamsDoNoHarm(String file, WireFormat target, WireFormat caller) {
    byte[] bytes = Pairs.recorded(file);
    Random random = new Random(file.hashCode());
    for (int round = 0; round < 60; round++) {
      byte[] damaged = bytes.clone();
      for (int i = 0; i < 1 + round % 5; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) "{}[]\",:0x\n".charAt(random.nextInt(10));
      }
      assertThatCode(() -> Pairs.through(stream(target, caller), damaged, bytes.length / 2))
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void wholeAnswersAreTranslatedToo(String file, WireFormat target, WireFormat caller) {
    Translation translation = Pairs.translation(caller, target, false);
    Translation.Answer answer =
        translation.whole(200, io.headgate.gateway.Headers.EMPTY, Pairs.whole(file));
    assertThat(answer.status())
        .as(new String(answer.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    assertThat(answer.body()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void damagedAnswersDoNoHarm(String file, WireFormat target, WireFormat caller) {
    byte[] bytes = Pairs.whole(file);
    Translation translation = Pairs.translation(caller, target, false);
    Random random = new Random(file.hashCode());
    for (int round = 0; round < 60; round++) {
      byte[] damaged = bytes.clone();
      for (int i = 0; i < 1 + round % 5; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) "{}[]\",:0x\n".charAt(random.nextInt(10));
      }
      assertThatCode(() -> translation.whole(200, io.headgate.gateway.Headers.EMPTY, damaged))
          .doesNotThrowAnyException();
    }
  }
}
