// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.dialect.StreamEvent;
import io.headgate.gateway.Endpoint;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.translate.AppRequest;
import io.headgate.translate.Asked;
import io.headgate.translate.EventReader;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the tests of this package have in common. */
final class Trees {

  static final GeminiDialect GEMINI = new GeminiDialect();

  private Trees() {}

  static Map<String, @Nullable Object> tree(String json) {
    return Objects.requireNonNull(Nodes.map(JsonTree.exact(json.getBytes(StandardCharsets.UTF_8))));
  }

  /** Text with its members in their order, without blanks. */
  static String json(@Nullable Object tree) {
    return new String(JsonWriter.write(tree), StandardCharsets.UTF_8);
  }

  /** A document without its blanks. */
  static String flat(String json) {
    return json(tree(json));
  }

  static AppRequest app(String json) {
    return app(json, false);
  }

  static AppRequest app(String json, boolean stream) {
    return new AppRequest(
        new Endpoint(
            "gemini", "gcp.gemini", WireFormat.GEMINI, Operation.CHAT, "gemini-2.5-flash", stream),
        tree(json),
        "");
  }

  static ChatRequest read(String json) {
    return read(json, new Notes());
  }

  static ChatRequest read(String json, Notes notes) {
    return GEMINI.request(app(json), notes);
  }

  /** What is read of a generationConfig. */
  static ChatRequest config(String json, Notes notes) {
    return read(
        "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],\"generationConfig\":" + json + "}",
        notes);
  }

  static Traits traits(String model) {
    return traits("gemini", model);
  }

  static Traits traits(String provider, String model) {
    GeminiModel known = GeminiModel.of(model);
    Traits.ReasoningStyle style = Traits.ReasoningStyle.NONE;
    if (known.atLeast(3, 0)) {
      style = Traits.ReasoningStyle.GEMINI_LEVEL;
    } else if (known.atLeast(2, 5)) {
      style = Traits.ReasoningStyle.GEMINI_BUDGET;
    }
    return new Traits(
        provider,
        model,
        Maker.GOOGLE,
        1_048_576,
        65_536,
        style,
        Set.of(),
        Set.of(Traits.Feature.values()),
        2,
        5,
        Traits.IdRule.ANY,
        128,
        Map.of());
  }

  static Map<String, @Nullable Object> write(ChatRequest request, String model) {
    return write(request, model, new Notes());
  }

  static Map<String, @Nullable Object> write(ChatRequest request, String model, Notes notes) {
    return tree(json(GEMINI.request(request, traits(model), notes)));
  }

  static Asked asked(ChatRequest request) {
    return new Asked(request, Map.of(), "gemini-2.5-flash", false, 1_700_000_000L, "r4nd0m");
  }

  static Asked asked() {
    ChatRequest.Builder request = ChatRequest.builder();
    request.model = "gemini-2.5-flash";
    return asked(request.build());
  }

  /** All events that chunks lead to, the end of the stream included. */
  static List<ChatEvent> events(String... chunks) {
    List<ChatEvent> events = new ArrayList<>();
    EventReader reader = GEMINI.events();
    for (String chunk : chunks) {
      reader.event(StreamEvent.of(tree(chunk)), events::add);
    }
    reader.end(events::add);
    return events;
  }

  /** The chunks that events lead to, as JSON. */
  static List<String> chunks(Asked asked, ChatEvent... events) {
    List<String> chunks = new ArrayList<>();
    var writer = GEMINI.answer(asked);
    for (ChatEvent event : events) {
      writer.event(event, chunk -> chunks.add(json(chunk.data())));
    }
    return chunks;
  }
}
