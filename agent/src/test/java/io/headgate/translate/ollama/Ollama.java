// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
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

/** What the tests of Ollama have in common. */
final class Ollama {

  static final OllamaDialect DIALECT = new OllamaDialect();

  private Ollama() {}

  static Map<String, @Nullable Object> tree(String json) {
    Map<String, @Nullable Object> map =
        Nodes.map(JsonTree.exact(json.getBytes(StandardCharsets.UTF_8)));
    if (map == null) {
      throw new IllegalArgumentException(json);
    }
    return map;
  }

  static String written(@Nullable Object tree) {
    return new String(JsonWriter.write(tree), StandardCharsets.UTF_8);
  }

  static String compact(String json) {
    return written(tree(json));
  }

  static ChatRequest.Builder says(Turn.Role role, Part... parts) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.model = "llama";
    request.turns = List.of(new Turn(role, List.of(parts)));
    return request;
  }

  static Map<String, @Nullable Object> write(
      ChatRequest request, Traits.ReasoningStyle reasoning, Notes notes) {
    return write(request, reasoning, Set.of(), notes);
  }

  static Map<String, @Nullable Object> write(
      ChatRequest request, Traits.ReasoningStyle reasoning, Set<String> efforts, Notes notes) {
    Traits traits =
        new Traits(
            "ollama",
            "llama",
            Maker.OTHER,
            -1,
            -1,
            reasoning,
            efforts,
            EnumSet.allOf(Traits.Feature.class),
            1,
            5,
            Traits.IdRule.ANY,
            64,
            Map.of());
    return DIALECT.request(request, traits, notes);
  }

  /** One member of the body that is written. */
  static String member(ChatRequest.Builder request, String path, Notes notes) {
    return written(JsonTree.at(write(request.build(), Traits.ReasoningStyle.NONE, notes), path));
  }

  static List<ChatEvent> events(String... lines) {
    EventReader reader = DIALECT.events();
    List<ChatEvent> told = new ArrayList<>();
    for (String line : lines) {
      reader.event(StreamEvent.of(tree(line)), told::add);
    }
    reader.end(told::add);
    return told;
  }
}
