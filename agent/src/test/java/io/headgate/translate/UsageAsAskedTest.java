// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageAsAskedTest {

  private static final String FIRST =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"é\"}}]}\n\n";
  private static final String USAGE = "{\"prompt_tokens\":5,\"completion_tokens\":1.0}";
  private static final String PIECE =
      "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]";
  private static final String DONE = "data: [DONE]\n\n";

  private static final String TOLD = FIRST + "data: " + PIECE + ",\"usage\":" + USAGE + "}\n\n";

  private static String through(boolean asked, String stream) {
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    String whole =
        new String(Pairs.through(new UsageAsAsked(asked), bytes), StandardCharsets.UTF_8);
    int[] cuts = IntStream.range(1, bytes.length).toArray();
    assertThat(
            new String(Pairs.through(new UsageAsAsked(asked), bytes, cuts), StandardCharsets.UTF_8))
        .isEqualTo(whole);
    return whole;
  }

  @Test
  void usageThatWasAskedForComesAfterAllPieces() {
    assertThat(through(true, TOLD + DONE))
        .isEqualTo(
            FIRST
                + "data: "
                + PIECE
                + "}\n\ndata: {\"id\":\"c\",\"choices\":[],\"usage\":"
                + USAGE
                + "}\n\n"
                + DONE);
  }

  @Test
  void usageThatWasNotAskedForIsNotTold() {
    assertThat(through(false, TOLD + DONE)).isEqualTo(FIRST + "data: " + PIECE + "}\n\n" + DONE);
  }

  @Test
  void usageBesideEveryPieceIsToldOnce() {
    String every =
        FIRST.replace("]}\n", "],\"usage\":{\"prompt_tokens\":1}}\n")
            + "data: "
            + PIECE
            + ",\"usage\":"
            + USAGE
            + "}\n\n";

    assertThat(through(true, every + DONE)).isEqualTo(through(true, TOLD + DONE));
  }

  @Test
  void aStreamOfOpenAisStaysAsItIs() {
    String stream =
        FIRST.replace("]}\n", "],\"usage\":null}\n")
            + "data: {\"id\":\"c\",\"choices\":[],\"usage\":"
            + USAGE
            + "}\n\n"
            + DONE;

    assertThat(through(true, stream)).isEqualTo(stream);
  }

  @Test
  void withoutAnEndItIsToldAtTheEnd() {
    assertThat(through(true, TOLD)).endsWith(",\"choices\":[],\"usage\":" + USAGE + "}\n\n");
  }

  @Test
  void failuresPass() {
    String failed = "data: {\"error\":{\"message\":\"x\"},\"usage\":{}}\n\n";

    assertThat(through(true, failed)).isEqualTo(failed);
  }

  @Test
  void nothingIsToldAfterAFailure() {
    String failed = "data: {\"error\":{\"message\":\"x\"}}\n\n";
    String pieces = FIRST + "data: " + PIECE + "}\n\n";

    assertThat(through(true, TOLD + failed)).isEqualTo(pieces + failed);
    assertThat(through(true, TOLD + failed + DONE)).isEqualTo(pieces + failed + DONE);
    assertThat(through(true, failed + TOLD + DONE)).isEqualTo(failed + TOLD + DONE);
  }

  @Test
  void usageThatComesByItselfIsNotToldAgain() {
    String usage = "data: {\"id\":\"c\",\"choices\":[],\"usage\":" + USAGE + "}\n\n";

    assertThat(through(true, TOLD + usage + DONE))
        .isEqualTo(FIRST + "data: " + PIECE + "}\n\n" + usage + DONE);
    assertThat(through(false, FIRST + usage + DONE)).isEqualTo(FIRST + usage + DONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "{\"id\":\"c\",\"choices\":[{\"message\":{\"content\":\"é\"}}],\"usage\":{}}",
        "{\n  \"a\": 1,\n\n  \"usage\": {}\n}\n",
        "<html>\r\n\r\n</html>",
        "upstream connect error",
        ": keep-alive\n\n: keep-alive\r\n\r\ndata: é\n\n",
        "data: {\"choices\" :[ ],\"a\":1.0}\n\nid: 7\nretry: 9\n\ndata: [1]\ndata:\n\n",
        "data: {\"choices\":[{\"delta\":{}}],\r\ndata: \"usage\":null}\r\n\r\ndata:[DONE]\r\n\r\n",
        "data: {\"choices\":[{\"delta\":{}}]}\r\rdatabase: 1\r\revent\r\r",
        "\uFEFFdata: {\"choices\":[]}\n\n",
        "data: {\"choices\":[{\"del",
      })
  void allElsePassesByteForByte(String stream) {
    assertThat(through(true, stream)).isEqualTo(stream);
    assertThat(through(false, stream)).isEqualTo(stream);
  }

  @Test
  void commentsAndWhatIsNoStreamPassAtOnce() {
    for (String bytes : List.of(": keep", "{\"id\":", "\n", "<", " ")) {
      ByteBuffer passed =
          new UsageAsAsked(true).apply(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)));

      assertThat(passed.remaining()).isEqualTo(bytes.length());
    }
  }

  @Test
  void whatStandsBesideTheDataStays() {
    String stream =
        "\uFEFFid: 7\r\nevent: e\r\ndata: "
            + PIECE
            + ",\r\n: c\r\ndata: \"usage\":"
            + USAGE
            + "}\r\nretry: 5\r\n\r\n";

    assertThat(through(false, stream))
        .isEqualTo("\uFEFFid: 7\r\nevent: e\r\ndata: " + PIECE + "}\r\n: c\r\nretry: 5\r\n\r\n");
  }

  @Test
  void aLastEventWithoutItsBlankLineIsOne() {
    String usage = "data: {\"id\":\"c\",\"choices\":[],\"usage\":" + USAGE + "}\n\n";

    assertThat(through(true, TOLD.stripTrailing()))
        .isEqualTo(FIRST + "data: " + PIECE + "}\n\n" + usage);
    assertThat(through(true, TOLD + DONE.stripTrailing()))
        .isEqualTo(FIRST + "data: " + PIECE + "}\n\n" + usage + DONE.stripTrailing());
    assertThat(through(true, TOLD + "data: {\"id\"")).endsWith("}\n\ndata: {\"id\"");
  }

  @ParameterizedTest
  @CsvSource({
    "text, true",
    "tools, true",
    "azure, true",
    "choices, true",
    "deepseek, false",
    "function, true",
    "mistral, false",
    "openrouter, false",
    "perplexity, false",
  })
  void recordedStreamsHaveTheUsageInAPlaceOfItsOwn(String provider, boolean already) {
    String stream =
        new String(Pairs.recorded("openai-" + provider + ".sse"), StandardCharsets.UTF_8);
    String told = through(true, stream);

    assertThat(told.equals(stream)).isEqualTo(already);
    assertThat(through(true, told)).isEqualTo(told);
  }

  @Test
  void anyBytesAreReadAnywhereTheyAreCut() {
    String[] words = {
      "data", ":", " ", "\n", "\r", "\n\n", "{", "}", "é", TOLD, DONE, "id: 1\n", "\uFEFF", "[DONE]"
    };
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      StringBuilder stream = new StringBuilder();
      for (int word = random.nextInt(12); word > 0; word--) {
        stream.append(words[random.nextInt(words.length)]);
      }
      String passed = through(random.nextBoolean(), stream.toString());
      if (stream.indexOf(PIECE) < 0) {
        assertThat(passed).isEqualTo(stream.toString());
      }
    }
  }

  @Test
  void anEventThatIsTooLargePassesAndTheNextIsReadAgain() {
    String large =
        "data: {\"choices\":[{\"delta\":{}}],\"usage\":{},\"a\":\""
            + "a".repeat(17 << 20)
            + "\"}\n\n";
    byte[] bytes = (large + TOLD + DONE).getBytes(StandardCharsets.UTF_8);
    byte[] through = Pairs.through(new UsageAsAsked(false), bytes, 5, 9 << 20, large.length() - 1);

    assertThat(new String(through, StandardCharsets.UTF_8))
        .isEqualTo(large + FIRST + "data: " + PIECE + "}\n\n" + DONE);
  }
}
