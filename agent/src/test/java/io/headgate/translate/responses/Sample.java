// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Operation;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.dialect.StreamEvent;
import io.headgate.gateway.Endpoint;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.translate.AnswerWriter;
import io.headgate.translate.AppRequest;
import io.headgate.translate.Asked;
import io.headgate.translate.EventReader;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the tests of this format have in common. */
final class Sample {

  static final ResponsesDialect DIALECT = new ResponsesDialect();

  static final Traits TRAITS = traits(Traits.ReasoningStyle.NONE);

  private static final Reasoning SHOWN = new Reasoning(Reasoning.Mode.ON, null, null, true);

  private Sample() {}

  static Traits traits(Traits.ReasoningStyle reasoning, String... efforts) {
    return new Traits(
        "openai",
        "gpt-test",
        Maker.OPENAI,
        -1,
        -1,
        reasoning,
        Set.of(efforts),
        EnumSet.complementOf(EnumSet.of(Traits.Feature.CACHE_MARKS)),
        2,
        0,
        Traits.IdRule.WORD,
        64,
        Map.of());
  }

  static Map<String, @Nullable Object> json(String json) {
    Map<String, @Nullable Object> map =
        Nodes.map(JsonTree.exact(json.getBytes(StandardCharsets.UTF_8)));
    if (map == null) {
      throw new IllegalArgumentException(json);
    }
    return map;
  }

  /** A tree as text, with its members in their order. */
  static String text(@Nullable Object tree) {
    return new String(JsonWriter.write(tree), StandardCharsets.UTF_8);
  }

  /** JSON without what is only there to be read. */
  static String compact(String json) {
    return text(JsonTree.exact(json.getBytes(StandardCharsets.UTF_8)));
  }

  static ChatRequest read(String json) {
    return read(json, new Notes());
  }

  static ChatRequest read(String json, Notes notes) {
    Endpoint endpoint =
        new Endpoint("openai", "openai", WireFormat.OPENAI_RESPONSES, Operation.CHAT, null, false);
    return DIALECT.request(new AppRequest(endpoint, json(json), ""), notes);
  }

  static Map<String, @Nullable Object> write(ChatRequest request) {
    return DIALECT.request(request, TRAITS, new Notes());
  }

  /** A call whose app wants to see thoughts. */
  static Asked asked() {
    return asked("{\"model\":\"gpt-asked\",\"input\":\"Hi\"}");
  }

  static Asked asked(String body) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.reasoning = SHOWN;
    return new Asked(request.build(), json(body), "gpt-asked", false, 1_700_000_000L, "x1");
  }

  static ChatAnswer answer(StopReason stop, Part... parts) {
    return new ChatAnswer(
        "msg_foreign",
        "claude-test",
        List.of(new ChatAnswer.Choice(List.of(parts), stop, null, List.of())),
        Usage.builder().input(10).cacheRead(4).output(7).reasoning(2).build());
  }

  static List<StreamEvent> stream(ChatEvent... steps) {
    return stream(asked(), List.of(steps));
  }

  static List<StreamEvent> stream(Asked asked, List<ChatEvent> steps) {
    AnswerWriter writer = DIALECT.answer(asked);
    List<StreamEvent> events = new ArrayList<>();
    steps.forEach(step -> writer.event(step, events::add));
    return events;
  }

  static List<ChatEvent> steps(List<StreamEvent> events) {
    EventReader reader = DIALECT.events();
    List<ChatEvent> steps = new ArrayList<>();
    events.forEach(event -> reader.event(event, steps::add));
    reader.end(steps::add);
    return steps;
  }

  /** What is read from events of one line each. */
  static List<ChatEvent> steps(String lines) {
    List<StreamEvent> events = new ArrayList<>();
    lines
        .lines()
        .forEach(
            line -> {
              Map<String, @Nullable Object> data = json(line);
              events.add(new StreamEvent(Nodes.text(data.get("type")), data));
            });
    return steps(events);
  }

  static ApiFailure failure(ApiFailure.Kind kind, int status) {
    return new ApiFailure(kind, status, "No.", "their_word", "tools[0].name");
  }
}
