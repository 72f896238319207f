// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Operation;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Turn;
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

/** What the tests of this package share. */
final class Trees {

  static final MessagesDialect DIALECT = new MessagesDialect();

  private Trees() {}

  static Map<String, @Nullable Object> tree(String json) {
    Map<String, @Nullable Object> tree =
        Nodes.map(JsonTree.exact(json.getBytes(StandardCharsets.UTF_8)));
    if (tree == null) {
      throw new IllegalArgumentException("no object: " + json);
    }
    return tree;
  }

  /** A tree as it goes out, in one line. */
  static String json(@Nullable Object tree) {
    return new String(JsonWriter.write(tree), StandardCharsets.UTF_8);
  }

  /** JSON in one line. */
  static String line(String json) {
    return json(JsonTree.exact(json.getBytes(StandardCharsets.UTF_8)));
  }

  static AppRequest app(Map<String, @Nullable Object> body) {
    Endpoint endpoint =
        new Endpoint("anthropic", "anthropic", WireFormat.ANTHROPIC, Operation.CHAT, null, false);
    return new AppRequest(endpoint, body, "");
  }

  static ChatRequest read(String body, Notes notes) {
    return DIALECT.request(app(tree(body)), notes);
  }

  static ChatRequest read(String body) {
    return read(body, new Notes());
  }

  /** A request whose only turn has these parts. */
  static ChatRequest.Builder ask(Part... parts) {
    ChatRequest.Builder builder = ChatRequest.builder();
    builder.model = "claude-sonnet-4-5";
    builder.turns = List.of(new Turn(Turn.Role.USER, List.of(parts)));
    return builder;
  }

  static Traits traits(Traits.ReasoningStyle style, Traits.Feature... without) {
    return traits("anthropic", style, without);
  }

  static Traits traits(String provider, Traits.ReasoningStyle style, Traits.Feature... without) {
    Set<Traits.Feature> can = EnumSet.allOf(Traits.Feature.class);
    can.removeAll(List.of(without));
    return new Traits(
        provider,
        "claude-sonnet-4-5",
        Maker.ANTHROPIC,
        200_000,
        64_000,
        style,
        Set.of("low", "medium", "high", "max"),
        can,
        1,
        100,
        Traits.IdRule.WORD,
        64,
        Map.of());
  }

  /** The body of a request to a model that is told a budget to think. */
  static Map<String, @Nullable Object> write(ChatRequest.Builder request) {
    return write(request, Traits.ReasoningStyle.BUDGET, new Notes());
  }

  static Map<String, @Nullable Object> write(
      ChatRequest.Builder request, Traits.ReasoningStyle style, Notes notes) {
    return DIALECT.request(request.build(), traits(style), notes);
  }

  static AnswerWriter writer(ChatRequest request) {
    return DIALECT.answer(new Asked(request, Map.of(), "claude-asked", false, 0, "r4nd0m"));
  }

  static Map<String, @Nullable Object> whole(StopReason stop, Part... parts) {
    ChatAnswer.Choice choice = new ChatAnswer.Choice(List.of(parts), stop, null, List.of());
    ChatAnswer answer =
        new ChatAnswer("chatcmpl-1", "gpt-5", List.of(choice), Usage.builder().build());
    return writer(ask(new Part.Text("Hi")).build()).whole(answer);
  }

  /** What goes out for these events, one line each. */
  static List<String> lines(ChatRequest request, ChatEvent... events) {
    AnswerWriter writer = writer(request);
    List<String> lines = new ArrayList<>();
    for (ChatEvent event : events) {
      writer.event(event, out -> lines.add(json(out.data())));
    }
    return lines;
  }

  /** The events that a stream of these documents tells, without its end. */
  static List<ChatEvent> events(EventReader reader, String... documents) {
    List<ChatEvent> events = new ArrayList<>();
    for (String document : documents) {
      Map<String, @Nullable Object> data = tree(document);
      reader.event(new StreamEvent(Nodes.text(data.get("type")), data), events::add);
    }
    return events;
  }
}
