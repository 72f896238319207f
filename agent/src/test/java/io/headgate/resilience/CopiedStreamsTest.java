// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static io.headgate.resilience.Play.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.dialect.WireEdits;
import io.headgate.resilience.Play.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of chat completions by those who copied them, for apps of others. */
class CopiedStreamsTest {

  private static final String PIECE =
      "{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{\"index\":0,"
          + "\"delta\":{\"content\":\"yes\"},\"finish_reason\":\"stop\"}]";

  private static final String USAGE =
      ",\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1,\"total_tokens\":6}";

  private static final String DONE = "data: [DONE]\n\n";

  private Play play = new Play(Yaml.config("mode: enforce"));

  @AfterEach
  void nothingIsWrongInside() {
    assertThat(play.faults).isEmpty();
    assertThat(play.timers.pending()).as("timers left behind").isZero();
  }

  private String told(String url, String target, boolean asked) {
    play =
        new Play(
            Yaml.config("response-model: served", "models: {m: " + target + "}"),
            new WireEdits(),
            Map.of(
                "XAI_API_KEY", "k",
                "ZAI_API_KEY", "k",
                "ZHIPU_API_KEY", "k",
                "MISTRAL_API_KEY", "k",
                "TOGETHER_API_KEY", "k"));
    play.then(Reply.sse("data: " + PIECE + USAGE + "}\n\n" + DONE));
    String options = asked ? ",\"stream_options\":{\"include_usage\":true}" : "";
    String body = "{\"model\":\"m\",\"stream\":true,\"messages\":[]" + options + "}";
    String told = text(play.request(url, body).join());
    assertThat(play.exchange.usage().input()).isEqualTo(5);
    return told;
  }

  @ParameterizedTest
  @CsvSource({"xai/grok-4", "together/m", "mistral/m", "zai/glm-4.6"})
  void appsOfOpenAisAreToldTheUsageAsOpenAiDoes(String target) {
    String url = "https://api.openai.com/v1/chat/completions";
    String usage = "data: " + PIECE.substring(0, PIECE.indexOf("[{")) + "[]" + USAGE + "}\n\n";

    assertThat(told(url, target, true)).isEqualTo("data: " + PIECE + "}\n\n" + usage + DONE);
    assertThat(told(url, target, false)).isEqualTo("data: " + PIECE + "}\n\n" + DONE);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.mistral.ai/v1/chat/completions, zai/glm-4.6",
    "https://api.mistral.ai/v1/chat/completions, xai/grok-4",
    "https://api.z.ai/api/paas/v4/chat/completions, zhipu/glm-4.6",
    // What it has itself it has as it is.
    "https://api.x.ai/v1/chat/completions, xai/grok-4",
  })
  void appsOfProvidersThatAreNotAskedReadItWhereItComes(String url, String target) {
    assertThat(told(url, target, false)).isEqualTo("data: " + PIECE + USAGE + "}\n\n" + DONE);
  }
}
