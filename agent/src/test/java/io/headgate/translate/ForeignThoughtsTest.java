// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.agent.Translations;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignThoughtsTest {

  private static List<Part> left(WireFormat app, Maker maker) {
    ChatAnswer answer =
        new ChatAnswer(
            "1",
            "m",
            List.of(
                new ChatAnswer.Choice(
                    List.of(new Part.Thinking("hm", "s", null, maker), new Part.Text("yes")),
                    StopReason.END,
                    null,
                    List.of())),
            Usage.builder().build());
    return ForeignThoughts.of(app).answer(answer).choices().get(0).parts();
  }

  private static List<ChatEvent> passed(WireFormat app, ChatEvent... events) {
    List<ChatEvent> passed = new ArrayList<>();
    Consumer<ChatEvent> filter = ForeignThoughts.of(app).events(passed::add);
    for (ChatEvent event : events) {
      filter.accept(event);
    }
    return passed;
  }

  @Test
  void whereThoughtsAreSentBackOnlyThoseOfTheFormatsOwnMakerAreShown() {
    assertThat(left(WireFormat.ANTHROPIC, Maker.OPENAI)).hasSize(1);
    assertThat(left(WireFormat.ANTHROPIC, Maker.ANTHROPIC)).hasSize(2);
    assertThat(left(WireFormat.BEDROCK, Maker.GOOGLE)).hasSize(1);
    assertThat(left(WireFormat.BEDROCK, Maker.ANTHROPIC)).hasSize(2);
    assertThat(left(WireFormat.OPENAI_RESPONSES, Maker.ANTHROPIC)).hasSize(1);
    assertThat(left(WireFormat.OPENAI_RESPONSES, Maker.OPENAI)).hasSize(2);
  }

  @Test
  void elsewhereAllAreShown() {
    assertThat(left(WireFormat.OPENAI, Maker.ANTHROPIC)).hasSize(2);
    assertThat(left(WireFormat.GEMINI, Maker.OTHER)).hasSize(2);
  }

  @Test
  void aStreamGoesOnWithoutThem() {
    ChatEvent.Text text = new ChatEvent.Text(0, "yes");
    assertThat(
            passed(
                WireFormat.ANTHROPIC,
                new ChatEvent.Thinking(0, "hm", Maker.OPENAI),
                new ChatEvent.Signature(0, "s", Maker.GOOGLE),
                new ChatEvent.Redacted(0, "r", Maker.OTHER),
                text))
        .containsExactly(new ChatEvent.Ping(), new ChatEvent.Ping(), new ChatEvent.Ping(), text);
    ChatEvent.Thinking own = new ChatEvent.Thinking(0, "hm", Maker.ANTHROPIC);
    assertThat(passed(WireFormat.ANTHROPIC, own, text)).containsExactly(own, text);
    assertThat(passed(WireFormat.OPENAI, own, text)).containsExactly(own, text);
  }

  private static final String THOUGHT =
      """
      {"output":{"message":{"role":"assistant","content":[
        {"reasoningContent":{"reasoningText":{"text":"hm"}}},{"text":"yes"}]}},
       "stopReason":"end_turn","usage":{"inputTokens":1,"outputTokens":2,"totalTokens":3}}\
      """;

  private static Translation asked(WireFormat app, String body, WireFormat target, String model) {
    GatewayRequest request =
        new GatewayRequest(
            "POST",
            URI.create("https://host/path"),
            Headers.EMPTY,
            RequestBody.of(body.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    return Translations.translator()
        .read(Pairs.endpoint(app, false), request, null)
        .to(Pairs.endpoint(target, false), model);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ANTHROPIC|'max_tokens':20000,'messages':[{'role':'user','content':'a'}],"
            + "'thinking':{'type':'enabled','budget_tokens':16000}|OPENAI_RESPONSES|gpt-5.6|"
            + "'reasoning':{'effort':'high'}",
        "BEDROCK|'messages':[{'role':'user','content':[{'text':'a'}]}],"
            + "'additionalModelRequestFields':{'thinking':{'type':'enabled','budget_tokens':16000}}"
            + "|OPENAI_RESPONSES|gpt-5-codex|'reasoning':{'effort':'high'}",
        // What is for people to read.
        "GEMINI|'contents':[{'parts':[{'text':'a'}]}],'generationConfig':{'thinkingConfig':"
            + "{'includeThoughts':true,'thinkingBudget':16000}}|OPENAI_RESPONSES|gpt-5-codex|"
            + "'reasoning':{'effort':'high','summary':'auto'}",
        // Its own maker's thoughts can be sent back.
        "OPENAI_RESPONSES|'input':'a','reasoning':{'effort':'high','summary':'auto'}|ANTHROPIC|"
            + "claude-opus-4-8|'thinking':{'type':'adaptive'}",
        "ANTHROPIC|'max_tokens':20000,'messages':[{'role':'user','content':'a'}],"
            + "'thinking':{'type':'adaptive','display':'summarized'}|BEDROCK|"
            + "anthropic.claude-opus-4-8|'thinking':{'type':'adaptive','display':'summarized'}",
      })
  void onlyThoughtsThatTheAppWillSeeAreAskedFor(
      WireFormat app, String call, WireFormat target, String model, String thinking) {
    String body = "{'model':'m'," + call + "}";
    assertThat(
            new String(asked(app, body, target, model).body(), StandardCharsets.UTF_8)
                .replace('"', '\''))
        .contains(thinking);
  }

  @ParameterizedTest
  @CsvSource({
    "openai.gpt-oss-120b-1:0, false",
    "us.amazon.nova-2-lite-v1:0, false",
    "us.anthropic.claude-sonnet-4-5-20250929-v1:0, true",
  })
  void amazonSellsModelsOfManyMakers(String model, boolean shown) {
    Translation translation =
        Pairs.translation(WireFormat.ANTHROPIC, WireFormat.BEDROCK, model, false);
    byte[] body =
        translation.whole(200, Headers.EMPTY, THOUGHT.getBytes(StandardCharsets.UTF_8)).body();
    assertThat(new String(body, StandardCharsets.UTF_8).contains("\"thinking\"")).isEqualTo(shown);
  }
}
