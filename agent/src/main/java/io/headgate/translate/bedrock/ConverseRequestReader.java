// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Sampling;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.AppRequest;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a request of Converse; the path tells its model and whether it wants a stream. */
final class ConverseRequestReader {

  /** Members that bodies of InvokeModel have, and those of Converse have not. */
  private static final Set<String> INVOKED =
      Set.of(
          "anthropic_version",
          "schemaVersion",
          "max_tokens",
          "prompt",
          "inputText",
          "textGenerationConfig",
          "taskType");

  private static final Set<String> READ =
      Set.of(
          "messages",
          "system",
          "inferenceConfig",
          "toolConfig",
          "additionalModelRequestFields",
          "outputConfig",
          "requestMetadata",
          "serviceTier",
          "modelId");

  private final Notes notes;
  private final ConversePartReader parts;
  private final List<String> bound = new ArrayList<>();

  ConverseRequestReader(Notes notes) {
    this.notes = notes;
    this.parts = new ConversePartReader(notes);
  }

  ChatRequest read(AppRequest app) {
    Map<String, @Nullable Object> body = app.body();
    String model = app.endpoint().model();
    ChatRequest.Builder request = ChatRequest.builder();
    request.model = model == null ? "" : model;
    request.stream = app.endpoint().streaming();
    request.streamUsage = request.stream;
    if (isPrompt(request.model)) {
      bound.add("modelId prompt");
    } else if (!isConverse(body)) {
      throw new Ineligible("not a request of Converse");
    }
    request.system = parts.parts(body.get("system"));
    request.turns = turns(body);
    request.sampling = sampling(Nodes.map(body, "inferenceConfig"));
    new ConverseToolsReader(notes, bound).read(Nodes.map(body, "toolConfig"), request);
    new ConverseExtrasReader(notes).read(body, request);
    request.metadata = labels(Nodes.map(body, "requestMetadata"));
    request.serviceTier = Nodes.textOrNull(Nodes.map(body, "serviceTier").get("type"));
    body.forEach(this::rest);
    request.bound = bound;
    return request.build();
  }

  /** A prompt that is kept at Bedrock has the messages itself. */
  private static boolean isPrompt(String model) {
    return model.startsWith("arn:") && model.contains(":prompt/");
  }

  private static boolean isConverse(Map<String, @Nullable Object> body) {
    List<@Nullable Object> messages = Nodes.list(body.get("messages"));
    if (messages.isEmpty() || body.keySet().stream().anyMatch(INVOKED::contains)) {
      return false;
    }
    for (Object item : messages) {
      Map<String, @Nullable Object> message = Nodes.map(item);
      if (message == null || !isUntyped(message.get("content"))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUntyped(@Nullable Object content) {
    if (!(content instanceof List<?> blocks)) {
      return false;
    }
    for (Object item : blocks) {
      Map<String, @Nullable Object> block = Nodes.map(item);
      if (block == null || block.get("type") != null) {
        return false;
      }
    }
    return true;
  }

  private List<Turn> turns(Map<String, @Nullable Object> body) {
    List<Turn> turns = new ArrayList<>();
    for (Object item : Nodes.list(body.get("messages"))) {
      Map<String, @Nullable Object> message = Nodes.map(item);
      if (message != null) {
        List<Part> said = parts.parts(message.get("content"));
        turns.add(new Turn(role(Nodes.text(message.get("role"))), said));
      }
    }
    return turns;
  }

  private static Turn.Role role(String role) {
    return switch (role) {
      case "assistant" -> Turn.Role.ASSISTANT;
      case "system" -> Turn.Role.SYSTEM;
      default -> Turn.Role.USER;
    };
  }

  private static Sampling sampling(Map<String, @Nullable Object> config) {
    Sampling.Builder sampling = Sampling.builder();
    sampling.maxTokens = Nodes.whole(config.get("maxTokens"));
    sampling.temperature = Nodes.decimal(config.get("temperature"));
    sampling.topP = Nodes.decimal(config.get("topP"));
    List<String> stop = new ArrayList<>();
    for (Object item : Nodes.list(config.get("stopSequences"))) {
      if (item instanceof CharSequence text) {
        stop.add(text.toString());
      }
    }
    sampling.stop = stop;
    return sampling.build();
  }

  private static Map<String, String> labels(Map<String, @Nullable Object> metadata) {
    Map<String, String> labels = new LinkedHashMap<>();
    metadata.forEach(
        (name, value) -> {
          if (value instanceof CharSequence text) {
            labels.put(name, text.toString());
          }
        });
    return labels;
  }

  private void rest(String name, @Nullable Object value) {
    switch (name) {
      case "guardrailConfig", "promptVariables" -> {
        if (!Nodes.empty(value)) {
          bound.add(name);
        }
      }
      case "additionalModelResponseFieldPaths" -> {
        for (Object path : Nodes.list(value)) {
          if (!ConverseStops.SEQUENCE_PATH.equals(path)) {
            notes.dropped(name);
          }
        }
      }
      case "performanceConfig" -> {
        if ("optimized".equals(Nodes.map(Nodes.object(name, value), name).get("latency"))) {
          notes.dropped(name);
        }
      }
      default -> {
        if (!READ.contains(name) && !Nodes.empty(value)) {
          notes.dropped(name);
        }
      }
    }
  }
}
