// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.assistant;
import static io.headgate.translate.Fits.call;
import static io.headgate.translate.Fits.hello;
import static io.headgate.translate.Fits.result;
import static io.headgate.translate.Fits.talk;
import static io.headgate.translate.Fits.target;
import static io.headgate.translate.Fits.tool;
import static io.headgate.translate.Fits.user;
import static io.headgate.translate.Fits.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Sampling;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.translate.Traits.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FittingTest {

  private final Notes notes = new Notes();

  private Fitted fitted(String target, ChatRequest.Builder request) {
    return Fitting.fit(request.build(), target(target), notes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"openai", "responses", "claude", "gemini", "bedrock", "ollama"})
  void aPlainRequestStaysAsItIs(String target) {
    ChatRequest.Builder request = hello();
    request.system = List.of(new Part.Text("be kind"));
    request.stream = true;
    request.streamUsage = true;
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = 100L;
    request.sampling = sampling.build();

    assertThat(fitted(target, request).request()).isEqualTo(request.build());
    assertThat(notes.changed()).isEmpty();
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void whatIsBoundToItsProviderGoesNowhereElse() {
    ChatRequest.Builder request = hello();
    request.bound = List.of("previous_response_id", "tools[0].type web_search");

    assertThatThrownBy(() -> fitted("claude", request))
        .isInstanceOf(Ineligible.class)
        .hasMessage(
            "only the provider that was asked has previous_response_id, tools[0].type web_search");
  }

  @Test
  void whoDoesNotStreamIsNotAskedFor() {
    ChatRequest.Builder request = hello();
    request.stream = true;

    assertThatThrownBy(
            () -> Fitting.fit(request.build(), without(Fits.OPENAI, Feature.STREAM), notes))
        .isInstanceOf(Ineligible.class)
        .hasMessage("gpt-4o does not stream");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, 'metadata'",
    "responses, ''",
    "claude, 'prompt_cache_key metadata'",
    "gemini, 'user prompt_cache_key metadata service_tier'",
    "bedrock, 'prompt_cache_key service_tier'",
    "ollama, 'user prompt_cache_key metadata service_tier'",
  })
  void labelsAreNotedWhereTheyHaveNoPlace(String target, String dropped) {
    ChatRequest.Builder request = hello();
    request.user = "u1";
    request.cacheKey = "k";
    request.metadata = Map.of("a", "b");
    request.serviceTier = "flex";

    ChatRequest sent = fitted(target, request).request();

    assertThat(String.join(" ", notes.dropped())).isEqualTo(dropped);
    assertThat(sent.user() == null).isEqualTo(dropped.contains("user"));
    assertThat(sent.cacheKey() == null).isEqualTo(dropped.contains("prompt_cache_key"));
    assertThat(sent.metadata().isEmpty()).isEqualTo(dropped.contains("metadata"));
    assertThat(sent.serviceTier() == null).isEqualTo(dropped.contains("service_tier"));
  }

  @Test
  void theUsualServiceTierIsNoLoss() {
    ChatRequest.Builder request = hello();
    request.serviceTier = "auto";

    assertThat(fitted("gemini", request).request().serviceTier()).isNull();
    assertThat(notes.dropped()).isEmpty();
  }

  private static ChatRequest.Builder marked(int texts) {
    CacheMark mark = new CacheMark(false);
    ChatRequest.Builder request = hello();
    request.system = List.of(new Part.Text("s", mark, List.of()));
    request.tools = List.of(new Tool("a", null, null, null, mark));
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      parts.add(new Part.Text("t" + i, mark, List.of()));
    }
    request.turns = List.of(new Turn(Turn.Role.USER, parts));
    return request;
  }

  private static String marks(ChatRequest request) {
    StringBuilder marks = new StringBuilder();
    Stream.concat(
            request.system().stream(), request.turns().stream().flatMap(t -> t.parts().stream()))
        .forEach(
            part ->
                marks.append(
                    part instanceof Part.Text text && text.cache() != null ? text.text() : "-"));
    return marks + (request.tools().get(0).cache() == null ? "-" : "a");
  }

  @ParameterizedTest
  @CsvSource({
    "claude, 2, st0t1a, false",
    "claude, 4, s--t2t3a, true",
    "bedrock, 1, st0a, false",
    "openai, 1, ---, true",
    "gemini, 2, ----, true",
  })
  void marksOfCachingAreFourAtMostOrNone(String target, int texts, String left, boolean noted) {
    assertThat(marks(fitted(target, marked(texts)).request())).isEqualTo(left);
    assertThat(notes.dropped()).isEqualTo(noted ? List.of("cache_control") : List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | call_abc | true",
        "openai | toolu_0123456789012345678901234567890123456789 | false",
        "responses | toolu_0123456789012345678901234567890123456789 | true",
        "claude | functions.get:0 | false",
        "bedrock | call_abc | true",
        "gemini | functions.get:0 | true",
        "mistral | call_abc | false",
        "mistral | a1b2c3d4e | true",
      })
  void idsOfCallsAreMadeValidInTheSameWayAlways(String target, String id, boolean stays) {
    ChatRequest.Builder request =
        talk(user("go"), assistant(call(id, "x")), user(result(id, "one")));

    List<Turn> turns = fitted(target, request).request().turns();
    List<Turn> again = fitted(target, request).request().turns();

    Part.ToolCall call = (Part.ToolCall) turns.get(1).parts().get(0);
    Part.ToolResult result = (Part.ToolResult) turns.get(2).parts().get(0);
    assertThat(call.id().equals(id)).isEqualTo(stays);
    assertThat(call.id())
        .matches(
            target.equals("mistral") ? "[a-zA-Z0-9]{9}" : stays ? ".*" : "[a-zA-Z0-9_-]{1,40}");
    assertThat(result.callId()).isEqualTo(call.id());
    assertThat(again).isEqualTo(turns);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claude | get_weather-1 | get_weather-1",
        "claude | mcp.server/get | mcp_server_get",
        "openai | größe | gr__e",
        "gemini | 3d_render | _3d_render",
        "openai | 3d_render | 3d_render",
      })
  void namesOfToolsAreMadeValidAndKnownAgain(String target, String name, String sent) {
    ChatRequest.Builder request =
        talk(user("go"), assistant(call("c1", name)), user(result("c1", "one")));
    request.tools = List.of(tool(name));
    request.toolChoice = ToolChoice.named(name);

    Fitted fitted = fitted(target, request);

    ChatRequest it = fitted.request();
    assertThat(it.tools().get(0).name()).isEqualTo(sent);
    assertThat(it.toolChoice()).isEqualTo(ToolChoice.named(sent));
    assertThat(((Part.ToolCall) it.turns().get(1).parts().get(0)).name()).isEqualTo(sent);
    assertThat(((Part.ToolResult) it.turns().get(2).parts().get(0)).name()).isEqualTo(sent);
    assertThat(fitted.names().app(sent)).isEqualTo(name);
    assertThat(fitted.names().changed()).isEqualTo(!name.equals(sent));
    assertThat(notes.changed()).isEmpty();
  }

  @Test
  void namesThatWouldBecomeOneStayTwo() {
    ChatRequest.Builder request = hello();
    String longName = "x".repeat(70);
    request.tools =
        List.of(tool("a.b"), tool("a_b"), tool("a/b"), tool(longName), tool(longName + "y"));

    Fitted fitted = fitted("openai", request);

    List<String> names = fitted.request().tools().stream().map(Tool::name).toList();
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.length() <= 64);
    assertThat(names.get(1)).isEqualTo("a_b");
    assertThat(names.stream().map(fitted.names()::app).toList())
        .isEqualTo(request.tools.stream().map(Tool::name).toList());
    assertThat(fitted.names().app("unheard_of")).isEqualTo("unheard_of");
  }
}
