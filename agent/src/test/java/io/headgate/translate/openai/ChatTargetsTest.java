// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static io.headgate.translate.openai.ChatJson.asked;
import static io.headgate.translate.openai.ChatJson.chunks;
import static io.headgate.translate.openai.ChatJson.deltas;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.StopReason;
import io.headgate.chat.Turn;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.translate.Asked;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import io.headgate.translate.TraitsCatalog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What depends on who is behind the format, and on how an answer was cut. */
class ChatTargetsTest {

  private static final TraitsCatalog CATALOG = new TraitsCatalog();

  private final Notes notes = new Notes();

  private Map<String, Object> written(ChatRequest.Builder request, String provider, String model) {
    request.model = model;
    return ChatJson.written(request.build(), CATALOG.of(WireFormat.OPENAI, provider, model), notes);
  }

  private static ChatRequest.Builder said(Part... parts) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.turns = List.of(new Turn(Turn.Role.ASSISTANT, List.of(parts)));
    return request;
  }

  private Map<String, Object> message(ChatRequest.Builder request, String provider, String model) {
    return Nodes.map(Nodes.list(written(request, provider, model).get("messages")).get(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "deepseek|deepseek-v4-pro||{\"type\":\"disabled\"}",
        "openrouter|google/gemini-2.5-flash|none|",
        "openrouter|anthropic/claude-sonnet-4.5||",
        "together|deepseek-ai/deepseek-v4-pro||",
        "openai|gpt-5.1|none|",
        "openai|gpt-4o||",
      })
  void notToThinkIsNeverALittle(
      String provider, String model, @Nullable String effort, @Nullable String thinking) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.reasoning = Reasoning.OFF;

    Map<String, Object> body = written(request, provider, model);

    assertThat(body.get("reasoning_effort")).isEqualTo(effort);
    Object switched = body.get("thinking");
    assertThat(
            switched == null
                ? null
                : new String(JsonWriter.write(switched), StandardCharsets.UTF_8))
        .isEqualTo(thinking);
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-4o, tool user",
    "vllm, qwen3, tool user",
    "mistral, mistral-large-latest, tool assistant user",
    "mistral, codestral-latest, tool assistant user",
    "nvidia, mistralai/mistral-small-4-119b-2603, tool assistant user",
  })
  void mistralTakesNoUserRightAfterATool(String provider, String model, String roles) {
    ChatRequest.Builder request = ChatRequest.builder();
    Part result = new Part.ToolResult("c", null, List.of(new Part.Text("21")), false, null);
    request.turns =
        List.of(new Turn(Turn.Role.USER, List.of(result, new Part.Text("And tomorrow?"))));

    List<Object> messages = Nodes.list(written(request, provider, model).get("messages"));

    assertThat(String.join(" ", messages.stream().map(it -> role(it)).toList())).isEqualTo(roles);
    boolean between = roles.contains("assistant");
    assertThat(notes.changed())
        .isEqualTo(between ? List.of("messages user after tool->assistant between") : List.of());

    request.turns = List.of(new Turn(Turn.Role.USER, List.of(result)));
    assertThat(Nodes.list(written(request, provider, model).get("messages"))).hasSize(1);
  }

  private static String role(Object message) {
    return Nodes.text(Nodes.map(message).get("role"));
  }

  @ParameterizedTest
  @CsvSource({
    "deepseek, deepseek-v4-pro, true",
    "moonshot, kimi-k2.6, true",
    "deepseek, deepseek-chat, false",
    "openai, gpt-5, false",
    "vllm, m, false",
  })
  void whoWantsAThoughtBeforeEachCallGetsOne(String provider, String model, boolean wants) {
    Part.ToolCall call = new Part.ToolCall("c", "f", "{}");

    Object thought = message(said(call), provider, model).get("reasoning_content");

    // Kimi takes no text for none at all.
    assertThat(thought).isEqualTo(wants ? " " : null);
    assertThat(message(said(new Part.Text("hi")), provider, model))
        .doesNotContainKey("reasoning_content");
    if (wants) {
      assertThat(
              message(
                  said(new Part.Thinking("hm", null, null, Maker.OTHER), call), provider, model))
          .containsEntry("reasoning_content", "hm");
    }
  }

  @Test
  void openRouterGetsTheThoughtsThatAModelHasSigned() {
    ChatRequest.Builder request =
        said(
            new Part.Thinking("hm", "signed", null, Maker.ANTHROPIC),
            new Part.Thinking("", null, "hidden", Maker.ANTHROPIC),
            new Part.ToolCall("c", "f", "{}"));

    Map<String, Object> message = message(request, "openrouter", "anthropic/claude-sonnet-4.5");

    assertThat(
            new String(JsonWriter.write(message.get("reasoning_details")), StandardCharsets.UTF_8))
        .isEqualTo(
            "[{\"type\":\"reasoning.text\",\"text\":\"hm\",\"signature\":\"signed\","
                + "\"format\":\"anthropic-claude-v1\",\"index\":0},"
                + "{\"type\":\"reasoning.encrypted\",\"data\":\"hidden\","
                + "\"format\":\"anthropic-claude-v1\",\"index\":1}]");
    assertThat(Thoughts.of(message))
        .containsExactly(
            new Part.Thinking("hm", "signed", null, Maker.ANTHROPIC),
            new Part.Thinking("", null, "hidden", Maker.ANTHROPIC));
  }

  @ParameterizedTest
  @CsvSource({
    "audio/ogg, ",
    "audio/flac, ",
    "audio/x-m4a, ",
    "audio/wav, wav",
    "audio/mpeg, mp3",
  })
  void soundThatOpenAiDoesNotReadRulesItOut(String type, @Nullable String format) {
    ChatRequest.Builder request = ChatRequest.builder();
    Media media = new Media(Media.Kind.BASE64, "QUJD", type);
    request.turns = List.of(new Turn(Turn.Role.USER, List.of(new Part.Audio(media))));

    if (format == null) {
      assertThatThrownBy(() -> written(request, "openai", "gpt-4o-audio-preview"))
          .isInstanceOf(Ineligible.class)
          .hasMessage("gpt-4o-audio-preview reads no " + type);
    } else {
      assertThat(written(request, "openai", "gpt-4o-audio-preview").toString())
          .contains("format=" + format);
    }
  }

  @Test
  void allChoicesAreOpenBeforeOneOfThemEnds() {
    Asked two = asked("{\"messages\":[],\"n\":2,\"stream\":true}");
    ChatEvent begin = new ChatEvent.Begin("i", "m");

    assertThat(chunks(two, List.of(begin)))
        .extracting(it -> Nodes.map(Nodes.list(it.data().get("choices")).get(0)).get("index"))
        .containsExactly(0, 1);
    assertThat(chunks(asked("{\"messages\":[],\"n\":1000000000}"), List.of(begin))).hasSize(128);
  }

  @ParameterizedTest
  @CsvSource({"LENGTH, false", "FILTER, false", "TOOLS, true", "END, true", "UNKNOWN, true"})
  void aCallThatWasCutBeforeItsArgumentsStaysCut(StopReason reason, boolean whole) {
    List<String> deltas =
        deltas(
            chunks(
                asked(),
                List.of(
                    new ChatEvent.Begin("i", "m"),
                    new ChatEvent.CallBegin(0, 0, "c", "delete_all", null),
                    new ChatEvent.BlockEnd(0),
                    new ChatEvent.Stop(0, reason, null))));
    ChatAnswer answer =
        new ChatAnswer(
            "i",
            "m",
            List.of(
                new ChatAnswer.Choice(
                    List.of(new Part.ToolCall("c", "delete_all", "")), reason, null, List.of())),
            Usage.builder().build());

    assertThat(String.join("", deltas).contains("{}")).isEqualTo(whole);
    assertThat(
            new String(
                    JsonWriter.write(ChatJson.DIALECT.answer(asked()).whole(answer)),
                    StandardCharsets.UTF_8)
                .contains("\"arguments\":\"{}\""))
        .isEqualTo(whole);
  }
}
