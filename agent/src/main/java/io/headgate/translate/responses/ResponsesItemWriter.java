// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a conversation as items. */
final class ResponsesItemWriter {

  private final ChatRequest request;
  private final String systemRole;
  private final Notes notes;
  private final ResponsesPartWriter parts;
  private final List<@Nullable Object> items = Nodes.array();

  /** The content of the message that the next text, picture or document belongs to. */
  private @Nullable List<@Nullable Object> message;

  ResponsesItemWriter(ChatRequest request, Traits traits, Notes notes) {
    this.request = request;
    this.systemRole = traits.can(Traits.Feature.DEVELOPER_ROLE) ? "developer" : "system";
    this.notes = notes;
    this.parts = new ResponsesPartWriter(traits.can(Traits.Feature.CACHE_MARKS), notes);
  }

  /** What comes before the conversation; null if there is nothing, or if it is among the items. */
  @Nullable String instructions() {
    return request.system().isEmpty() || asMessage() ? null : texts(request.system());
  }

  /** Instructions are a text here; what cannot be in one is said in a message. */
  private boolean asMessage() {
    return request.system().stream()
        .anyMatch(part -> !(part instanceof Part.Text text) || parts.marks(text.cache()));
  }

  private static String texts(List<Part> parts) {
    List<String> texts = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        texts.add(text.text());
      }
    }
    return String.join("\n", texts);
  }

  List<@Nullable Object> input() {
    if (asMessage()) {
      spoken(systemRole, request.system());
    } else {
      request.system().forEach(part -> parts.unmarked(((Part.Text) part).cache()));
    }
    if (request.format().kind() == OutputFormat.Kind.JSON && !saysJson()) {
      // Without the word the API refuses to answer in JSON.
      spoken(systemRole, List.of(new Part.Text("Answer with a JSON object.")));
    }
    for (Turn turn : request.turns()) {
      switch (turn.role()) {
        case SYSTEM -> spoken(systemRole, turn.parts());
        case USER -> spoken("user", turn.parts());
        case ASSISTANT -> answered(turn.parts());
      }
    }
    return items;
  }

  private boolean saysJson() {
    return request.turns().stream()
        .flatMap(turn -> turn.parts().stream())
        .anyMatch(
            part ->
                part instanceof Part.Text text
                    && text.text().toLowerCase(Locale.ROOT).contains("json"));
  }

  private void spoken(String role, List<Part> said) {
    message = null;
    for (Part part : said) {
      if (part instanceof Part.ToolResult result) {
        item(
            Nodes.object(
                "type",
                "function_call_output",
                "call_id",
                result.callId(),
                "output",
                parts.output(result)));
      } else {
        Map<String, @Nullable Object> written = parts.input(part);
        if (written != null) {
          message(role).add(written);
        }
      }
    }
  }

  private void answered(List<Part> said) {
    message = null;
    for (int i = 0; i < said.size(); i++) {
      Part part = said.get(i);
      if (part instanceof Part.ToolCall call) {
        parts.unmarked(call.cache());
        item(
            Nodes.object(
                "type",
                "function_call",
                "call_id",
                call.id(),
                "name",
                call.name(),
                "arguments",
                ResponsesItems.arguments(call.arguments())));
      } else if (part instanceof Part.Thinking thinking) {
        thought(thinking, said.subList(i + 1, said.size()));
      } else if (part instanceof Part.Text text) {
        parts.unmarked(text.cache());
        message("assistant")
            .add(
                Nodes.object(
                    "type", "output_text", "text", text.text(), "annotations", Nodes.array()));
      } else if (part instanceof Part.Refusal refusal) {
        message("assistant").add(Nodes.object("type", "refusal", "refusal", refusal.text()));
      } else if (part instanceof Part.Foreign foreign) {
        notes.dropped(foreign.type());
      } else {
        notes.dropped("assistant " + part.getClass().getSimpleName().toLowerCase(Locale.ROOT));
      }
    }
  }

  /** Thoughts go back to who had them, and only before what came of them. */
  private void thought(Part.Thinking thinking, List<Part> rest) {
    boolean led =
        rest.stream()
            .anyMatch(
                part ->
                    part instanceof Part.Text
                        || part instanceof Part.Refusal
                        || part instanceof Part.ToolCall);
    if (thinking.maker() != Maker.OPENAI || thinking.redacted() == null || !led) {
      notes.dropped("thinking");
      return;
    }
    List<@Nullable Object> summary = Nodes.array();
    if (!thinking.text().isEmpty()) {
      summary.add(Nodes.object("type", "summary_text", "text", thinking.text()));
    }
    // Without an id: it would be looked for in the store.
    item(
        Nodes.object(
            "type", "reasoning", "summary", summary, "encrypted_content", thinking.redacted()));
  }

  private void item(Map<String, @Nullable Object> item) {
    items.add(item);
    message = null;
  }

  private List<@Nullable Object> message(String role) {
    List<@Nullable Object> content = message;
    if (content == null) {
      content = Nodes.array();
      items.add(Nodes.object("type", "message", "role", role, "content", content));
      message = content;
    }
    return content;
  }
}
