// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.it.WireRequest;
import io.headgate.it.route.FaultRun.Set;
import io.headgate.it.route.FaultTable.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what an app saw with what is to come of a fault. */
final class FaultCheck {

  private final Set set;
  private final FaultRun run;
  private final FaultRun plain;

  /**
   * @param plain the same app's run without the agent, as far as it matters
   */
  FaultCheck(Set set, FaultRun run, FaultRun plain) {
    this.set = set;
    this.run = run;
    this.plain = plain;
  }

  void check(FaultCase asked, Outcome outcome) {
    Map<String, String> saw = run.saw(asked);
    assertThat(saw).as("a line").isNotEmpty();
    switch (outcome) {
      case FIRST -> {
        assertAnswer(saw, FaultRun.FIRST_TEXT, set.provider(), set.model(), 0, 1, "primary");
        assertRequests(asked, 1, 0);
      }
      case SECOND -> {
        assertAnswer(saw, FaultRun.SECOND_TEXT, "backup", "m", 1, 2, "fallback");
        assertRequests(asked, reached(asked) ? 1 : 0, 1);
      }
      case RETRIED -> {
        assertAnswer(saw, FaultRun.FIRST_TEXT, set.provider(), set.model(), 0, 3, "retry");
        assertRequests(asked, 3, 0);
      }
      case NATIVE -> {
        assertThat(own(asked, saw)).isEqualTo(own(asked, plain.saw(asked)));
        assertThat(saw.get("end")).isNotEqualTo("complete");
        assertRequests(asked, plain.first(asked).size(), 0);
      }
      case TOLD -> {
        assertThat(saw).containsEntry("text", FaultRun.FIRST_TEXT.get(0));
        assertError(asked, saw);
        assertRequests(asked, 1, 0);
      }
      case FAILED -> {
        assertThat(saw).containsEntry("status", "503").containsEntry("x-headgate-attempts", "2");
        assertFinal(asked, saw);
        assertRequests(asked, 1, 1);
      }
      case EXHAUSTED -> {
        assertThat(saw)
            .containsEntry("status", asked.fault().startsWith("retry-after") ? "429" : "503")
            .containsEntry("x-headgate-attempts", "3");
        assertFinal(asked, saw);
        assertRequests(asked, 3, 0);
      }
      case UNREACHABLE -> {
        assertRequests(asked, 0, 0);
        if (sdk(asked)) {
          assertThat(saw)
              .containsEntry("status", "502")
              .containsEntry("x-headgate-attempts", asked.model().equals("all-dead") ? "2" : "3");
          assertFinal(asked, saw);
        } else {
          assertThat(saw.get("end")).isIn(broken(asked));
          assertThat(saw).doesNotContainKey("status");
        }
      }
    }
  }

  private static void assertAnswer(
      Map<String, String> saw,
      List<String> text,
      String provider,
      String model,
      int step,
      int attempts,
      String reason) {
    assertThat(saw)
        .containsEntry("end", "complete")
        .containsEntry("status", "200")
        .containsEntry("text", String.join("", text))
        .containsEntry("x-headgate-provider", provider)
        .containsEntry("x-headgate-model", model)
        .containsEntry("x-headgate-step", Integer.toString(step))
        .containsEntry("x-headgate-attempts", Integer.toString(attempts))
        .containsEntry("x-headgate-reason", reason);
  }

  /** An error that is the last word: nobody is to try again because of it. */
  private void assertFinal(FaultCase asked, Map<String, String> saw) {
    assertError(asked, saw);
    assertThat(saw)
        .containsEntry("x-should-retry", "false")
        .containsEntry("text", "")
        .doesNotContainKey("retry-after");
  }

  /** An error in the client's own words, or where it leaves those to the app, in the format's. */
  private static void assertError(FaultCase asked, Map<String, String> saw) {
    switch (asked.client()) {
      case "openai" -> assertThat(saw.get("end")).startsWith("threw com.openai.errors.");
      case "anthropic" -> assertThat(saw.get("end")).startsWith("threw com.anthropic.errors.");
      case "webclient" ->
          assertThat(saw.get("end"))
              .matches("error .*|threw org\\.springframework\\.web\\.reactive\\..*");
      default -> assertThat(saw.get("end")).startsWith("error ");
    }
  }

  private void assertRequests(FaultCase asked, int first, int second) {
    assertThat(run.first(asked)).as("requests at the first target").hasSize(first);
    assertThat(run.second(asked)).as("requests at the second target").hasSize(second);
    assertModel(run.first(asked), set.model());
    assertModel(run.second(asked), "m");
  }

  private static void assertModel(List<WireRequest> requests, String model) {
    for (WireRequest request : requests) {
      assertThat(request.text()).contains("\"model\":\"" + model + "\"");
    }
  }

  /** Whether the first target is one that takes down what it gets. */
  private static boolean reached(FaultCase asked) {
    return !asked.model().startsWith("dead") && !asked.model().startsWith("reset");
  }

  private static boolean sdk(FaultCase asked) {
    return asked.client().equals("openai") || asked.client().equals("anthropic");
  }

  /** What a client throws if there is no connection: it cannot be told anything by an answer. */
  private static List<String> broken(FaultCase asked) {
    if (asked.client().equals("webclient")) {
      return List.of(
          "threw org.springframework.web.reactive.function.client.WebClientRequestException");
    }
    return asked.fault().equals("refused")
        ? List.of("threw java.net.ConnectException")
        : List.of(
            "threw java.io.IOException",
            "threw java.net.SocketException",
            "threw java.net.ConnectException");
  }

  /** What is not of the gateway's making. Where the app sent its call is not the matter. */
  private static Map<String, String> own(FaultCase asked, Map<String, String> saw) {
    Map<String, String> own = new TreeMap<>(saw);
    own.keySet().removeIf(name -> name.startsWith("x-headgate"));
    if (asked.kind() == FaultCase.Kind.DEADLINE) {
      own.remove("cause"); // The JDK's client gives it one or none, as the race goes.
    }
    own.replaceAll((name, value) -> value.replaceAll("https?://[^/]+/", "http://HOST/"));
    return own;
  }
}
