// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.EventReader;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one streamed answer. Everything is told several times in this format: as
 * pieces, as a whole part, within its item, and within the response in the end. Servers that copied
 * it leave out some of these: whatever has not been told yet is taken from where it comes next.
 */
final class ResponsesEventReader implements EventReader {

  private final StreamedAnswer answer = new StreamedAnswer();
  private final StreamedItems items = new StreamedItems(answer);
  private boolean over;

  @Override
  public void event(StreamEvent event, Consumer<ChatEvent> out) {
    Map<String, @Nullable Object> data = event.data();
    if (over || data == null) {
      return;
    }
    answer.to(out);
    switch (event.type()) {
      case "response.created", "response.in_progress", "response.queued" ->
          answer.begin(Nodes.map(data, "response"));
      case "response.output_item.added" -> items.added(data, Nodes.map(data, "item"));
      case "response.output_item.done" -> {
        Map<String, @Nullable Object> item = Nodes.map(data, "item");
        items.done(data, item).whole(item);
      }
      case "response.completed", "response.incomplete" -> complete(event.type(), data);
      case "response.failed", "response.cancelled" -> failed(Nodes.map(data, "response"));
      case "error" -> failed(data);
      case "ping", "keepalive" -> out.accept(new ChatEvent.Ping());
      default -> {
        if (event.failed()) {
          failed(data);
        } else {
          piece(event.type(), data);
        }
      }
    }
  }

  private void piece(String type, Map<String, @Nullable Object> data) {
    String delta = Nodes.text(data.get("delta"));
    long part = Nodes.number(data.get("content_index"), 0);
    long summary = Nodes.number(data.get("summary_index"), 0);
    switch (type) {
      case "response.output_text.delta" ->
          items.of(data, "message").text(part, delta, data.get("logprobs"));
      case "response.output_text.done" ->
          items.of(data, "message").wholeText(part, data.get("text"), data.get("logprobs"));
      case "response.output_text.annotation.added" ->
          items.of(data, "message").cited(part, Nodes.map(data, "annotation"));
      case "response.refusal.delta" -> items.of(data, "message").refusal(part, delta);
      case "response.refusal.done" ->
          items.of(data, "message").wholeRefusal(part, data.get("refusal"));
      case "response.content_part.done" -> {
        StreamedItem item = items.of(data, "message");
        item.part(part, Nodes.map(data, "part"));
        item.end();
      }
      case "response.function_call_arguments.delta" ->
          items.of(data, "function_call").arguments(delta);
      case "response.function_call_arguments.done" ->
          items.of(data, "function_call").wholeArguments(data.get("arguments"));
      case "response.reasoning_summary_text.delta" ->
          items.of(data, "reasoning").thought("summary", summary, delta);
      case "response.reasoning_summary_text.done" ->
          items.of(data, "reasoning").wholeThought("summary", summary, data.get("text"));
      case "response.reasoning_text.delta" ->
          items.of(data, "reasoning").thought("content", part, delta);
      case "response.reasoning_text.done" ->
          items.of(data, "reasoning").wholeThought("content", part, data.get("text"));
      default -> {
        // Hosted tools, parts that begin, and what is yet to come.
      }
    }
  }

  private void complete(String type, Map<String, @Nullable Object> data) {
    Map<String, @Nullable Object> response = Nodes.map(data, "response");
    if (!Nodes.empty(response.get("error")) || "failed".equals(response.get("status"))) {
      failed(response);
      return;
    }
    answer.begin(response);
    List<@Nullable Object> output = Nodes.list(response.get("output"));
    for (int i = 0; i < output.size(); i++) {
      Map<String, @Nullable Object> item = Nodes.map(output.get(i));
      if (item != null) {
        items.last(i, item).whole(item);
      }
    }
    over = true;
    answer.stop(
        type.equals("response.incomplete")
            ? Nodes.with(response, "status", "incomplete")
            : response);
    Usage usage = ResponsesUsage.read(Nodes.map(response.get("usage")));
    if (usage.isEmpty()) {
      usage = ResponsesUsage.read(data.get("usage"));
    }
    if (!usage.isEmpty()) {
      answer.tell(new ChatEvent.UsageTold(usage));
    }
    answer.tell(new ChatEvent.End());
  }

  private void failed(Map<String, @Nullable Object> where) {
    over = true;
    answer.failed(ResponsesFailures.failure(0, where));
  }

  @Override
  public void end(Consumer<ChatEvent> out) {
    // Only the last event of a response says that it is complete, and it has said all.
  }
}
