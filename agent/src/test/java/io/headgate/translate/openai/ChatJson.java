// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ChatAnswer;
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

/** JSON in and out, for the tests of this package. */
final class ChatJson {

  static final ChatDialect DIALECT = new ChatDialect();

  private ChatJson() {}

  static Map<String, Object> tree(String json) {
    Object value = JsonTree.exact(json.getBytes(StandardCharsets.UTF_8));
    if (value == null) {
      throw new IllegalArgumentException("no JSON: " + json);
    }
    return Nodes.map(value);
  }

  /** A tree with all numbers as a document spells them. */
  static Object plain(Object value) {
    return JsonTree.exact(JsonWriter.write(value));
  }

  static Object plain(String json) {
    return JsonTree.exact(json.getBytes(StandardCharsets.UTF_8));
  }

  static ChatRequest request(String json, Notes notes) {
    Endpoint endpoint =
        new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, "of-path", false);
    return DIALECT.request(new AppRequest(endpoint, tree(json), ""), notes);
  }

  static ChatRequest request(String json) {
    return request(json, new Notes());
  }

  /** A request with these messages. */
  static ChatRequest messages(String messages) {
    return request("{\"model\":\"m\",\"messages\":" + messages + "}");
  }

  /** A request of one user's message with more members. */
  static ChatRequest with(String members, Notes notes) {
    return request(
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]," + members + "}",
        notes);
  }

  static ChatRequest with(String members) {
    return with(members, new Notes());
  }

  static Traits traits(Maker maker, Set<Traits.Feature> can, Map<String, String> names) {
    return new Traits(
        maker == Maker.OPENAI ? "openai" : "someone",
        "m",
        maker,
        -1,
        -1,
        Traits.ReasoningStyle.EFFORT,
        Set.of(),
        can,
        2,
        4,
        Traits.IdRule.ANY,
        64,
        names);
  }

  /** OpenAI itself, and all that it can. */
  static Traits openai() {
    Set<Traits.Feature> can = EnumSet.allOf(Traits.Feature.class);
    can.removeAll(
        Set.of(
            Traits.Feature.CACHE_MARKS,
            Traits.Feature.TOP_K,
            Traits.Feature.METADATA,
            Traits.Feature.CALL_THOUGHTS,
            Traits.Feature.TOOL_RESULT_IMAGES));
    return traits(Maker.OPENAI, can, Map.of());
  }

  /** One of those that copied the format, with these features. */
  static Traits other(Traits.Feature... can) {
    return traits(Maker.OTHER, Set.of(can), Map.of());
  }

  static Map<String, Object> written(ChatRequest request, Traits traits, Notes notes) {
    return DIALECT.request(request, traits, notes);
  }

  static Map<String, Object> written(ChatRequest request, Traits traits) {
    return written(request, traits, new Notes());
  }

  static ChatAnswer answer(String json) {
    return DIALECT.answer(tree(json));
  }

  static Asked asked(String body) {
    return new Asked(request(body), tree(body), "asked-model", false, 1700000000L, "Ab12");
  }

  static Asked asked() {
    return asked("{\"messages\":[]}");
  }

  /** What is read of chunks, which are as on the wire; then comes the end of the bytes. */
  static List<ChatEvent> events(String... chunks) {
    List<ChatEvent> events = new ArrayList<>();
    EventReader reader = DIALECT.events();
    for (String chunk : chunks) {
      reader.event(
          chunk.equals("[DONE]") ? StreamEvent.DONE : StreamEvent.of(tree(chunk)), events::add);
    }
    reader.end(events::add);
    return events;
  }

  /** What goes out for events. */
  static List<StreamEvent> chunks(Asked asked, List<ChatEvent> events) {
    List<StreamEvent> out = new ArrayList<>();
    AnswerWriter writer = DIALECT.answer(asked);
    events.forEach(event -> writer.event(event, out::add));
    return out;
  }

  /** The deltas of the first choice, and last why it ended; as JSON without spaces. */
  static List<String> deltas(List<StreamEvent> chunks) {
    List<String> deltas = new ArrayList<>();
    for (StreamEvent chunk : chunks) {
      for (Object item : Nodes.list(chunk.get("choices"))) {
        Map<String, Object> choice = Nodes.map(item);
        if (Nodes.number(plain(choice.get("index")), 0) == 0) {
          String finish = Nodes.text(choice.get("finish_reason"));
          deltas.add(finish.isEmpty() ? json(choice.get("delta")) : finish);
        }
      }
    }
    return deltas;
  }

  static String json(Object value) {
    return new String(JsonWriter.write(value), StandardCharsets.UTF_8);
  }
}
