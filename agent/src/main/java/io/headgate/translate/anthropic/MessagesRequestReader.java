// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Sampling;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.AppRequest;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request (Anthropic API reference, Create a Message). */
final class MessagesRequestReader {

  /** What is read here, or says nothing to anybody else. */
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "max_tokens",
          "messages",
          "system",
          "tools",
          "tool_choice",
          "temperature",
          "top_p",
          "top_k",
          "stop_sequences",
          "thinking",
          "output_config",
          "output_format",
          "metadata",
          "service_tier",
          "cache_control",
          "stream",
          "anthropic_version",
          "anthropic_beta");

  /** What lives at Anthropic. */
  private static final Set<String> BOUND = Set.of("container", "mcp_servers", "context_management");

  private final AppRequest request;
  private final Map<String, @Nullable Object> body;
  private final Notes notes;
  private final List<String> bound = new ArrayList<>();
  private final BlockReader blocks;

  MessagesRequestReader(AppRequest request, Notes notes) {
    this.request = request;
    this.body = request.body();
    this.notes = notes;
    this.blocks = new BlockReader(bound, notes);
  }

  ChatRequest read() {
    ChatRequest.Builder builder = ChatRequest.builder();
    builder.model = model();
    builder.system = blocks.content(body.get("system"), "system");
    builder.turns = turns();
    ToolReader tools = new ToolReader(bound, notes);
    builder.tools = tools.tools(body.get("tools"));
    builder.toolChoice = ToolReader.choice(Nodes.map(body, "tool_choice"));
    builder.parallelTools = ToolReader.parallel(Nodes.map(body, "tool_choice"));
    builder.sampling = sampling();
    builder.format = format();
    builder.reasoning = ReasoningReader.read(body, notes);
    builder.stream = Boolean.TRUE.equals(body.get("stream")) || request.endpoint().streaming();
    // A stream of this format always tells its usage.
    builder.streamUsage = builder.stream;
    builder.user = Nodes.textOrNull(Nodes.map(body, "metadata").get("user_id"));
    builder.serviceTier = Nodes.textOrNull(body.get("service_tier"));
    others();
    builder.bound = List.copyOf(new LinkedHashSet<>(bound));
    CacheMark automatic = BlockReader.mark(body);
    if (automatic != null) {
      LastMark.put(builder, automatic);
    }
    return builder.build();
  }

  private String model() {
    String model = Nodes.text(body.get("model"));
    String named = request.endpoint().model();
    if (model.isEmpty() && named != null) {
      model = named;
    }
    if (model.isEmpty()) {
      throw new Ineligible("the request names no model");
    }
    return model;
  }

  private List<Turn> turns() {
    List<@Nullable Object> messages = Nodes.list(body.get("messages"));
    if (messages.isEmpty()) {
      throw new Ineligible("the request has no messages");
    }
    List<Turn> turns = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      Map<String, @Nullable Object> message = Nodes.map(messages.get(i));
      if (message == null) {
        throw new Ineligible("messages[" + i + "] is no message");
      }
      String place = "messages[" + i + "].content";
      turns.add(new Turn(role(message, i), blocks.content(message.get("content"), place)));
    }
    return turns;
  }

  private static Turn.Role role(Map<String, @Nullable Object> message, int index) {
    return switch (Nodes.text(message.get("role"))) {
      case "user" -> Turn.Role.USER;
      case "assistant" -> Turn.Role.ASSISTANT;
      case "system" -> Turn.Role.SYSTEM;
      default -> throw new Ineligible("messages[" + index + "] has an unknown role");
    };
  }

  private Sampling sampling() {
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = Nodes.whole(body.get("max_tokens"));
    sampling.temperature = Nodes.decimal(body.get("temperature"));
    sampling.topP = Nodes.decimal(body.get("top_p"));
    sampling.topK = Nodes.whole(body.get("top_k"));
    List<String> stop = new ArrayList<>();
    for (Object sequence : Nodes.list(body.get("stop_sequences"))) {
      if (sequence instanceof CharSequence text) {
        stop.add(text.toString());
      }
    }
    sampling.stop = stop;
    return sampling.build();
  }

  /** From where it is now, or else from where it was while it was in beta. */
  private OutputFormat format() {
    Map<String, @Nullable Object> format = Nodes.map(Nodes.map(body, "output_config"), "format");
    if (format.isEmpty()) {
      format = Nodes.map(body, "output_format");
    }
    Map<String, @Nullable Object> schema = Nodes.map(format.get("schema"));
    return "json_schema".equals(format.get("type")) && schema != null
        ? new OutputFormat(OutputFormat.Kind.SCHEMA, null, null, schema, true)
        : OutputFormat.TEXT;
  }

  private void others() {
    body.forEach(
        (name, value) -> {
          if (BOUND.contains(name)) {
            if (!Nodes.empty(value)) {
              bound.add(name);
            }
          } else if (!KNOWN.contains(name) && !Nodes.empty(value) && !Boolean.FALSE.equals(value)) {
            notes.dropped(name);
          }
        });
  }
}
