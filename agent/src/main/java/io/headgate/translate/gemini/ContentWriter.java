// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the contents of one request. */
final class ContentWriter {

  private final boolean signed;
  private final Notes notes;

  /** The names of the tools by the ids of their calls: results have to say them. */
  private final Map<String, String> names = new HashMap<>();

  /** Whether the content that is being written has called a function. */
  private boolean called;

  /**
   * @param signed whether calls have to bear signatures
   */
  ContentWriter(boolean signed, Notes notes) {
    this.signed = signed;
    this.notes = notes;
  }

  List<@Nullable Object> contents(List<Turn> turns) {
    List<@Nullable Object> contents = Nodes.array();
    List<@Nullable Object> current = Nodes.array();
    String before = "";
    for (Turn turn : turns) {
      String role = turn.role() == Turn.Role.ASSISTANT ? "model" : "user";
      called &= role.equals(before);
      List<@Nullable Object> parts = Nodes.array();
      parts(turn.parts(), parts);
      if (parts.isEmpty()) {
        continue; // A content without parts is refused.
      }
      if (role.equals(before)) {
        current.addAll(parts);
      } else {
        contents.add(Nodes.object("role", role, "parts", parts));
        current = parts;
        before = role;
      }
    }
    return contents;
  }

  /** The parts of instructions, which are text. */
  List<@Nullable Object> texts(List<Part> parts) {
    List<@Nullable Object> texts = Nodes.array();
    for (Part part : parts) {
      if (part instanceof Part.Text) {
        part(part, texts, null);
      } else {
        notes.dropped("system");
      }
    }
    return texts;
  }

  private void parts(List<Part> from, List<@Nullable Object> parts) {
    String signature = null;
    for (int i = 0; i < from.size(); i++) {
      Part part = from.get(i);
      if (part instanceof Part.Thinking thought
          && thought.text().isEmpty()
          && !called
          && i + 1 < from.size()
          && from.get(i + 1) instanceof Part.ToolCall call
          && call.signature() == null) {
        // Formats whose calls have no place for a signature put it in front.
        signature = thought.maker() == Maker.GOOGLE ? thought.signature() : null;
      } else {
        part(part, parts, signature);
        signature = null;
      }
    }
  }

  private void part(Part part, List<@Nullable Object> parts, @Nullable String before) {
    if (part instanceof Part.Text text) {
      text(text.text(), parts);
      cached(text.cache());
    } else if (part instanceof Part.Refusal refusal) {
      text(refusal.text(), parts);
    } else if (part instanceof Part.Image image) {
      if (image.detail() != null && !image.detail().equals("auto")) {
        notes.dropped("detail");
      }
      parts.add(MediaWriter.part(image.media(), "image/jpeg"));
      cached(image.cache());
    } else if (part instanceof Part.Document document) {
      parts.add(MediaWriter.part(document.media(), "application/pdf"));
      cached(document.cache());
    } else if (part instanceof Part.Audio audio) {
      parts.add(MediaWriter.part(audio.media(), "audio/mpeg"));
    } else if (part instanceof Part.Video video) {
      parts.add(MediaWriter.part(video.media(), "video/mp4"));
    } else if (part instanceof Part.Thinking thought) {
      thought(thought, parts);
    } else if (part instanceof Part.ToolCall call) {
      call(call, parts, before);
      cached(call.cache());
    } else if (part instanceof Part.ToolResult result) {
      result(result, parts);
      cached(result.cache());
    } else if (part instanceof Part.Foreign foreign) {
      notes.dropped(foreign.type());
    }
  }

  private void cached(@Nullable Object mark) {
    if (mark != null) {
      notes.dropped("cache_control");
    }
  }

  private static void text(String text, List<@Nullable Object> parts) {
    if (!text.isEmpty()) {
      parts.add(Nodes.object("text", text));
    }
  }

  /** A thought goes back only with its signature, which is all that the model makes use of. */
  private static void thought(Part.Thinking thought, List<@Nullable Object> parts) {
    if (thought.maker() == Maker.GOOGLE && thought.signature() != null) {
      Map<String, @Nullable Object> part = Nodes.object("text", thought.text());
      if (!thought.text().isEmpty()) {
        part.put("thought", true);
      }
      part.put("thoughtSignature", thought.signature());
      parts.add(part);
    }
  }

  private void call(Part.ToolCall call, List<@Nullable Object> parts, @Nullable String before) {
    names.put(call.id(), call.name());
    Map<String, @Nullable Object> args = Arguments.object(call.arguments());
    // Broken off, or no object: the model may still see what it wrote.
    args = args == null ? Nodes.object("arguments", call.arguments()) : args;
    Map<String, @Nullable Object> part =
        Nodes.object(
            "functionCall", Nodes.object("id", call.id(), "name", call.name(), "args", args));
    String signature = call.signature() == null ? before : call.signature();
    if (signature == null && signed && !called) {
      signature = Signatures.DUMMY;
    }
    if (signature != null) {
      part.put("thoughtSignature", signature);
    }
    called = true;
    parts.add(part);
  }

  private void result(Part.ToolResult result, List<@Nullable Object> parts) {
    String name = result.name() == null ? names.get(result.callId()) : result.name();
    StringBuilder text = new StringBuilder();
    List<@Nullable Object> media = Nodes.array();
    boolean some = false;
    for (Part part : result.parts()) {
      if (part instanceof Part.Text said) {
        text.append(some ? "\n" : "").append(said.text());
        some = true;
      } else {
        part(part, media, null);
      }
    }
    if (name == null) {
      text(text.toString(), parts); // A result of nothing that was called is but words.
      return;
    }
    Map<String, @Nullable Object> response =
        Nodes.object(
            "id",
            result.callId(),
            "name",
            name,
            "response",
            FunctionResponses.write(text.toString(), result.error()));
    if (!media.isEmpty()) {
      response.put("parts", media);
    }
    parts.add(Nodes.object("functionResponse", response));
  }
}
