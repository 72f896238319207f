// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
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

/** Writes the conversation as messages. */
final class ChatMessageWriter {

  /** Said where the assistant has to have the word before the user; empty is refused. */
  private static final String BETWEEN = "OK.";

  private final Traits traits;
  private final Notes notes;
  private final ChatPartWriter partWriter;
  private final List<@Nullable Object> messages = Nodes.array();

  ChatMessageWriter(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
    this.partWriter = new ChatPartWriter(traits, notes);
  }

  List<@Nullable Object> messages(ChatRequest request) {
    if (!request.system().isEmpty()) {
      instructions(request.system());
    }
    for (Turn turn : request.turns()) {
      switch (turn.role()) {
        case SYSTEM -> instructions(turn.parts());
        case USER -> user(turn.parts());
        case ASSISTANT -> messages.add(assistant(turn.parts()));
      }
    }
    return messages;
  }

  private void instructions(List<Part> parts) {
    List<Part.Text> texts = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        texts.add(text);
      } else {
        notes.dropped("system");
      }
    }
    String role = traits.can(Traits.Feature.DEVELOPER_ROLE) ? "developer" : "system";
    messages.add(Nodes.object("role", role, "content", partWriter.texts(texts, "\n")));
  }

  /**
   * First a message for each result, then one for what their messages cannot hold, and the rest.
   */
  private void user(List<Part> parts) {
    List<Part> rest = new ArrayList<>();
    boolean results = false;
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        results = true;
        messages.add(result(result, rest));
      }
    }
    for (Part part : parts) {
      if (!(part instanceof Part.ToolResult)) {
        rest.add(part);
      }
    }
    if (!rest.isEmpty() && results && !traits.can(Traits.Feature.USER_AFTER_RESULTS)) {
      notes.changed("messages", "user after tool", "assistant between");
      messages.add(Nodes.object("role", "assistant", "content", BETWEEN));
    }
    if (!rest.isEmpty() || !results) {
      messages.add(Nodes.object("role", "user", "content", partWriter.content(rest)));
    }
  }

  private Map<String, @Nullable Object> result(Part.ToolResult result, List<Part> rest) {
    List<Part> own = new ArrayList<>();
    boolean all = traits.can(Traits.Feature.TOOL_RESULT_IMAGES);
    boolean moved = false;
    for (Part part : result.parts()) {
      if (part instanceof Part.Text || (all && part instanceof Part.Image)) {
        own.add(part);
      } else {
        moved = true;
        rest.add(part);
      }
    }
    if (own.isEmpty() && moved) {
      own.add(new Part.Text("The result is in the message that follows."));
    }
    if (result.error()) {
      failed(own);
    }
    CacheMark mark = result.cache();
    if (mark != null && !own.isEmpty()) {
      own.add(ChatPartReader.marked(own.remove(own.size() - 1), mark));
    }
    List<Part.Text> texts = texts(own);
    return Nodes.object(
        "role",
        "tool",
        "tool_call_id",
        result.callId(),
        "content",
        texts.size() == own.size() ? partWriter.texts(texts, "\n") : partWriter.content(own));
  }

  /** The format has no other word for a tool that failed. */
  private static void failed(List<Part> parts) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.Text text) {
        if (!text.text().startsWith("Error: ")) {
          parts.set(i, new Part.Text("Error: " + text.text(), text.cache(), List.of()));
        }
        return;
      }
    }
    parts.add(0, new Part.Text("Error: "));
  }

  private static List<Part.Text> texts(List<Part> parts) {
    List<Part.Text> texts = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        texts.add(text);
      }
    }
    return texts;
  }

  private Map<String, @Nullable Object> assistant(List<Part> parts) {
    Map<String, @Nullable Object> message = Nodes.object("role", "assistant", "content", null);
    List<Part.Text> texts = new ArrayList<>();
    List<Part.Thinking> thoughts = new ArrayList<>();
    List<@Nullable Object> calls = Nodes.array();
    for (Part part : parts) {
      if (part instanceof Part.Text text) {
        texts.add(text);
      } else if (part instanceof Part.Thinking thinking) {
        thoughts.add(thinking);
      } else if (part instanceof Part.ToolCall call) {
        calls.add(call(call));
      } else if (part instanceof Part.Refusal refusal) {
        refusal(message, texts, refusal);
      } else if (part instanceof Part.Foreign foreign) {
        notes.dropped(foreign.type());
      } else {
        notes.dropped(part.getClass().getSimpleName().toLowerCase(Locale.ROOT));
      }
    }
    if (!texts.isEmpty()) {
      message.put("content", partWriter.texts(texts, ""));
    } else if (calls.isEmpty() && !message.containsKey("refusal")) {
      message.put("content", "");
    }
    if (thoughts.isEmpty() && !calls.isEmpty() && traits.can(Traits.Feature.CALL_THOUGHTS)) {
      // Another model's call: it has no thought that this one knows, but there has to be one.
      thoughts.add(new Part.Thinking(" ", null, null, Maker.OTHER));
    }
    thought(message, thoughts);
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
    }
    return message;
  }

  /** Who copied the format did not copy that member. */
  private void refusal(
      Map<String, @Nullable Object> message, List<Part.Text> texts, Part.Refusal refusal) {
    if (traits.maker() == Maker.OPENAI) {
      message.put("refusal", Nodes.text(message.get("refusal")) + refusal.text());
    } else {
      texts.add(new Part.Text(refusal.text()));
    }
  }

  /** Makers that want their thoughts back disagree on where. */
  private void thought(Map<String, @Nullable Object> message, List<Part.Thinking> thoughts) {
    String place = traits.name("reasoning_content");
    if (place.equals(Thoughts.DETAILS)) {
      List<@Nullable Object> details = Thoughts.details(thoughts, traits.maker());
      if (!details.isEmpty()) {
        message.put(place, details);
      }
      return;
    }
    StringBuilder texts = new StringBuilder();
    thoughts.forEach(it -> texts.append(it.maker() == Maker.OTHER ? it.text() : ""));
    String thought = texts.toString();
    if (traits.maker() != Maker.OTHER || place.isEmpty() || thought.isEmpty()) {
      return;
    }
    if (!place.equals("thinking")) {
      message.put(place, thought);
      return;
    }
    // Mistral: a piece of the content.
    List<@Nullable Object> content =
        Nodes.array(
            Nodes.object(
                "type",
                "thinking",
                "thinking",
                Nodes.array(Nodes.object("type", "text", "text", thought))));
    Object said = message.get("content");
    if (said instanceof List<?>) {
      content.addAll(Nodes.list(said));
    } else if (!Nodes.text(said).isEmpty()) {
      content.add(Nodes.object("type", "text", "text", Nodes.text(said)));
    }
    message.put("content", content);
  }

  private Map<String, @Nullable Object> call(Part.ToolCall call) {
    if (call.cache() != null) {
      notes.dropped("cache_control");
    }
    Map<String, @Nullable Object> written = Calls.written(call.id(), call.name(), call.arguments());
    if (traits.maker() == Maker.GOOGLE) {
      Calls.sign(written, call.signature());
    }
    return written;
  }
}
