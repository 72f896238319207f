// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatRequest;
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

/** Reads requests of apps. The path names the model, and says whether a stream is wanted. */
final class RequestReader {

  /** Thresholds that block nothing: nobody else has filters of that kind to be turned on. */
  private static final Set<String> OPEN =
      Set.of("", "HARM_BLOCK_THRESHOLD_UNSPECIFIED", "BLOCK_NONE", "OFF");

  private RequestReader() {}

  static ChatRequest read(AppRequest request, Notes notes) {
    Map<String, @Nullable Object> body = Spelling.camel(request.body());
    String model = request.endpoint().model();
    if (model == null || model.isEmpty()) {
      throw new Ineligible("the path names no model");
    }
    List<@Nullable Object> contents = Spelling.list(body.get("contents"));
    if (contents.isEmpty()) {
      throw new Ineligible("there are no contents");
    }
    List<String> bound = new ArrayList<>();
    ChatRequest.Builder chat = ChatRequest.builder();
    chat.model = model;
    chat.stream = request.endpoint().streaming();
    chat.streamUsage = chat.stream; // Its streams always tell.
    ContentReader reader = new ContentReader(bound, notes);
    chat.turns = reader.turns(contents);
    for (Map.Entry<String, @Nullable Object> member : body.entrySet()) {
      Object value = member.getValue();
      switch (member.getKey()) {
        case "contents", "model" -> {}
        case "systemInstruction" -> chat.system = reader.system(value);
        case "tools" -> chat.tools = new ToolReader(bound, notes).tools(Spelling.list(value));
        case "toolConfig" -> chat.toolChoice = ToolReader.choice(Spelling.camel(value), notes);
        case "generationConfig" -> ConfigReader.read(Spelling.camel(value), chat, bound, notes);
        case "labels" -> chat.metadata = labels(value);
        case "serviceTier" -> chat.serviceTier = Nodes.textOrNull(value);
        case "safetySettings" -> {
          if (blocks(value)) {
            notes.dropped("safetySettings");
          }
        }
        case "cachedContent", "modelArmorConfig" -> {
          if (Spelling.said(value)) {
            bound.add(member.getKey());
          }
        }
        default -> {
          if (Spelling.said(value)) {
            notes.dropped(member.getKey());
          }
        }
      }
    }
    chat.bound = bound;
    return chat.build();
  }

  private static Map<String, String> labels(@Nullable Object value) {
    Map<String, String> labels = new LinkedHashMap<>();
    Map<String, @Nullable Object> map = Nodes.map(value);
    if (map != null) {
      map.forEach(
          (name, label) -> {
            if (label instanceof String text) {
              labels.put(name, text);
            }
          });
    }
    return labels;
  }

  private static boolean blocks(@Nullable Object settings) {
    for (Object setting : Spelling.list(settings)) {
      if (!OPEN.contains(Spelling.word(Spelling.camel(setting).get("threshold")))) {
        return true;
      }
    }
    return false;
  }
}
