// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages. Content is one text; pictures lie beside it. Each result of a tool is a
 * message of its own; pictures in it come with what the user says next.
 */
final class OllamaMessages {

  private final Notes notes;
  private final List<@Nullable Object> messages = new ArrayList<>();

  /** Names of the tools that were called, by the calls' ids. */
  private final Map<String, String> names = new HashMap<>();

  OllamaMessages(Notes notes) {
    this.notes = notes;
  }

  List<@Nullable Object> write(List<Part> system, List<Turn> turns) {
    said("system", system);
    for (Turn turn : turns) {
      switch (turn.role()) {
        case SYSTEM -> said("system", turn.parts());
        case USER -> user(turn.parts());
        case ASSISTANT -> assistant(turn.parts());
      }
    }
    return messages;
  }

  /** What is said in text and pictures. */
  private void said(String role, List<Part> parts) {
    StringBuilder text = new StringBuilder();
    List<@Nullable Object> images = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Image image) {
        images.add(image(image));
      } else {
        append(text, text(part));
      }
    }
    if (!text.isEmpty() || !images.isEmpty()) {
      Map<String, @Nullable Object> message =
          Nodes.object("role", role, "content", text.toString());
      if (!images.isEmpty()) {
        message.put("images", images);
      }
      messages.add(message);
    }
  }

  private static void append(StringBuilder text, String more) {
    if (!more.isBlank()) {
      text.append(text.isEmpty() ? "" : "\n").append(more);
    }
  }

  private void user(List<Part> parts) {
    List<Part> rest = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        result(result, rest);
      } else {
        rest.add(part);
      }
    }
    said("user", rest);
  }

  private void result(Part.ToolResult result, List<Part> later) {
    StringBuilder text = new StringBuilder();
    for (Part part : result.parts()) {
      if (part instanceof Part.Image) {
        later.add(part);
      } else {
        append(text, text(part));
      }
    }
    Map<String, @Nullable Object> message =
        Nodes.object(
            "role", "tool", "content", result.error() ? "Error: " + text : text.toString());
    String name = result.name() == null ? names.get(result.callId()) : result.name();
    if (name != null) {
      message.put("tool_name", name);
    }
    if (!result.callId().isEmpty()) {
      message.put("tool_call_id", result.callId());
    }
    messages.add(message);
  }

  private void assistant(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    List<@Nullable Object> calls = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.ToolCall call) {
        calls.add(call(call, calls.size()));
      } else if (part instanceof Part.Thinking thinking) {
        thoughts.append(thinking.text());
      } else {
        // Texts of one answer belong together as they are.
        text.append(text(part));
      }
    }
    if (text.isEmpty() && thoughts.isEmpty() && calls.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> message =
        Nodes.object("role", "assistant", "content", text.toString());
    if (!thoughts.isEmpty()) {
      message.put("thinking", thoughts.toString());
    }
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
    }
    messages.add(message);
  }

  /** Arguments have to be an object. */
  private Map<String, @Nullable Object> call(Part.ToolCall call, int index) {
    names.put(call.id(), call.name());
    String json = call.arguments().strip();
    Map<String, @Nullable Object> arguments =
        Nodes.map(JsonTree.exact(json.getBytes(StandardCharsets.UTF_8)));
    if (arguments == null) {
      if (!json.isEmpty() && !json.equals("null")) {
        notes.dropped("arguments");
      }
      arguments = Nodes.object();
    }
    Map<String, @Nullable Object> node = Nodes.object();
    if (!call.id().isEmpty()) {
      node.put("id", call.id());
    }
    node.put("function", Nodes.object("index", index, "name", call.name(), "arguments", arguments));
    return node;
  }

  private String image(Part.Image image) {
    if (image.detail() != null && !image.detail().equals("auto")) {
      notes.dropped("detail");
    }
    if (image.media().kind() != Media.Kind.BASE64) {
      throw new Ineligible("image that is not in the request");
    }
    return image.media().value();
  }

  /** What a part says in text; empty if it says nothing. */
  private String text(Part part) {
    if (part instanceof Part.Text text) {
      return text.text();
    } else if (part instanceof Part.Refusal refusal) {
      return refusal.text();
    } else if (part instanceof Part.Document document) {
      return document(document);
    } else if (part instanceof Part.Audio) {
      throw new Ineligible("audio");
    } else if (part instanceof Part.Video) {
      throw new Ineligible("video");
    } else if (part instanceof Part.Foreign foreign) {
      notes.dropped(foreign.type());
    }
    return "";
  }

  /** Only what is text anyway can be said. */
  private static String document(Part.Document document) {
    Media media = document.media();
    String type = media.type() == null ? "" : media.type();
    String name = document.name() == null ? "" : document.name() + "\n";
    if (media.kind() == Media.Kind.TEXT) {
      return name + media.value();
    }
    if (media.kind() == Media.Kind.BASE64 && type.startsWith("text/")) {
      try {
        byte[] bytes = Base64.getDecoder().decode(media.value());
        return name + new String(bytes, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        throw new Ineligible("document that is not base64");
      }
    }
    throw new Ineligible("document of type " + type);
  }
}
