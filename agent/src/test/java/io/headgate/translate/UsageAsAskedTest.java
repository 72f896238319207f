// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

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
}
