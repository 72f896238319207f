// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

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
import io.headgate.translate.TargetDialect;
import io.headgate.translate.Traits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the tests of Converse have in common. */
final class Converse {

  static final ConverseDialect DIALECT = new ConverseDialect();

  /** What Claude speaks. */
  static final TargetDialect CLAUDE = DIALECT.by(Maker.ANTHROPIC);

  private Converse() {}

  static Map<String, @Nullable Object> tree(String json) {
    Map<String, @Nullable Object> map =
        Nodes.map(JsonTree.exact(json.getBytes(StandardCharsets.UTF_8)));
    if (map == null) {
      throw new IllegalArgumentException(json);
    }
    return map;
  }

  /** JSON without spaces, in the order given. */
  static String compact(String json) {
    return written(tree(json));
  }

  static String written(@Nullable Object tree) {
    return new String(JsonWriter.write(tree), StandardCharsets.UTF_8);
  }

  static AppRequest app(String json, String model, boolean stream) {
    Endpoint endpoint =
        new Endpoint("bedrock", "aws.bedrock", WireFormat.BEDROCK, Operation.CHAT, model, stream);
    return new AppRequest(endpoint, tree(json), "");
  }

  static ChatRequest read(String json, Notes notes) {
    return DIALECT.request(app(json, "anthropic.claude-sonnet-4-5", false), notes);
  }

  static ChatRequest read(String json) {
    return read(json, new Notes());
  }

  static Traits claude(Traits.ReasoningStyle reasoning) {
    Set<String> efforts =
        reasoning == Traits.ReasoningStyle.ADAPTIVE
            ? Set.of("low", "medium", "high", "max")
            : Set.of();
    return traits("anthropic.claude", Maker.ANTHROPIC, reasoning, efforts, true);
  }

  static Traits traits(
      String model,
      Maker maker,
      Traits.ReasoningStyle reasoning,
      Set<String> efforts,
      boolean all) {
    Set<Traits.Feature> can =
        all ? EnumSet.allOf(Traits.Feature.class) : EnumSet.noneOf(Traits.Feature.class);
    return new Traits(
        "bedrock",
        model,
        maker,
        -1,
        -1,
        reasoning,
        efforts,
        can,
        1,
        4,
        Traits.IdRule.WORD,
        64,
        Map.of());
  }

  static Map<String, @Nullable Object> write(ChatRequest request, Notes notes) {
    return DIALECT.request(request, claude(Traits.ReasoningStyle.BUDGET), notes);
  }

  static String write(ChatRequest request) {
    return written(write(request, new Notes()));
  }

  static Asked asked(String body) {
    ChatRequest request = ChatRequest.builder().build();
    return new Asked(request, tree(body), "claude", false, 1_700_000_000L, "aB3");
  }

  static List<String> streamed(String body, ChatEvent... events) {
    var writer = DIALECT.answer(asked(body));
    List<String> out = new ArrayList<>();
    for (ChatEvent event : events) {
      writer.event(event, it -> out.add(it.name() + " " + written(it.data())));
    }
    return out;
  }

  /** The events of lines of Claude's, each a name and its data. */
  static List<ChatEvent> events(boolean ended, String... lines) {
    return events(CLAUDE, ended, lines);
  }

  static List<ChatEvent> events(TargetDialect dialect, boolean ended, String... lines) {
    EventReader reader = dialect.events();
    List<ChatEvent> events = new ArrayList<>();
    for (String line : lines) {
      int space = line.indexOf(' ');
      StreamEvent event =
          new StreamEvent(line.substring(0, space), tree(line.substring(space + 1)));
      reader.event(event, events::add);
    }
    if (ended) {
      reader.end(events::add);
    }
    return events;
  }
}
