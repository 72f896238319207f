// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockStartEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.awssdk.services.bedrockruntime.model.ToolUseBlockStart;

/** Puts together what the AWS SDK's visitor tells of one stream, as apps do. */
final class ConverseEvents {

  private final Map<Integer, StringBuilder> blocks = new TreeMap<>();
  private final Map<Integer, ToolUseBlockStart> tools = new TreeMap<>();
  private String stopReason = "";
  private TokenUsage usage;

  ConverseStreamResponseHandler handler() {
    return ConverseStreamResponseHandler.builder()
        .subscriber(
            ConverseStreamResponseHandler.Visitor.builder()
                .onContentBlockStart(this::started)
                .onContentBlockDelta(this::delta)
                .onMessageStop(event -> stopReason = event.stopReasonAsString())
                .onMetadata(event -> usage = event.usage())
                .build())
        .build();
  }

  private void started(ContentBlockStartEvent event) {
    if (event.start().toolUse() != null) {
      tools.put(event.contentBlockIndex(), event.start().toolUse());
      blocks.put(event.contentBlockIndex(), new StringBuilder());
    }
  }

  private void delta(ContentBlockDeltaEvent event) {
    StringBuilder block =
        blocks.computeIfAbsent(event.contentBlockIndex(), index -> new StringBuilder());
    if (event.delta().text() != null) {
      block.append(event.delta().text());
    }
    if (event.delta().toolUse() != null) {
      block.append(event.delta().toolUse().input());
    }
  }

  Message message() {
    List<ContentBlock> content =
        blocks.entrySet().stream().map(entry -> block(entry.getKey(), entry.getValue())).toList();
    return Message.builder().role(ConversationRole.ASSISTANT).content(content).build();
  }

  private ContentBlock block(int index, StringBuilder text) {
    ToolUseBlockStart tool = tools.get(index);
    return tool == null
        ? ContentBlock.fromText(text.toString())
        : ContentBlock.fromToolUse(
            use -> use.toolUseId(tool.toolUseId()).name(tool.name()).input(input(text)));
  }

  private static Document input(StringBuilder json) {
    Map<String, Document> members = new TreeMap<>();
    JsonNode.parser()
        .parse(json.isEmpty() ? "{}" : json.toString())
        .asObject()
        .forEach((name, value) -> members.put(name, Document.fromString(value.text())));
    return Document.fromMap(members);
  }

  String stopReason() {
    return stopReason;
  }

  TokenUsage usage() {
    return usage;
  }

  /** The members of a {@link Ticket}, by the SDK's own parser. */
  static String ticket(String json) {
    Map<String, JsonNode> members = JsonNode.parser().parse(json).asObject();
    return "summary="
        + members.get("summary").asString()
        + " steps="
        + members.get("steps").asNumber()
        + " urgent="
        + members.get("urgent").asBoolean();
  }
}
