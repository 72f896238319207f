// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages. Each result of a tool is a message of its own, of text only: pictures in it
 * come with what the user says next.
 */
final class CohereMessages {

  private final Traits traits;
  private final Notes notes;
  private final List<@Nullable Object> messages = new ArrayList<>();

  CohereMessages(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  List<@Nullable Object> write(List<Part> system, List<Turn> turns) {
    system(system);
    for (Turn turn : turns) {
      switch (turn.role()) {
        case SYSTEM -> system(turn.parts());
        case USER -> user(turn.parts());
        case ASSISTANT -> assistant(turn.parts());
      }
    }
    return messages;
  }

  private void system(List<Part> parts) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String said = said(part);
      if (!said.isBlank()) {
        text.append(text.isEmpty() ? "" : "\n").append(said);
      }
    }
    if (!text.isEmpty()) {
      messages.add(Nodes.object("role", "system", "content", text.toString()));
    }
  }

  private void user(List<Part> parts) {
    List<@Nullable Object> content = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.ToolResult result) {
        result(result, content);
      } else {
        add(part, content);
      }
    }
    if (!content.isEmpty()) {
      messages.add(Nodes.object("role", "user", "content", simple(content)));
    }
  }

  /** One text is said as such. */
  private static Object simple(List<@Nullable Object> content) {
    Map<String, @Nullable Object> first = Nodes.map(content.get(0));
    return content.size() == 1 && first != null && first.get("text") instanceof String text
        ? text
        : content;
  }

  private void result(Part.ToolResult result, List<@Nullable Object> later) {
    StringBuilder text = new StringBuilder(result.error() ? "Error: " : "");
    boolean first = true;
    for (Part part : result.parts()) {
      if (part instanceof Part.Image) {
        add(part, later);
      } else {
        text.append(first ? "" : "\n").append(said(part));
        first = false;
      }
    }
    marked(result.cache());
    messages.add(
        Nodes.object("role", "tool", "tool_call_id", result.callId(), "content", text.toString()));
  }

  private void add(Part part, List<@Nullable Object> content) {
    if (part instanceof Part.Image image) {
      marked(image.cache());
      Map<String, @Nullable Object> url = Nodes.object("url", url(image.media()));
      if (image.detail() != null) {
        url.put("detail", image.detail());
      }
      content.add(Nodes.object("type", "image_url", "image_url", url));
      return;
    }
    String text = said(part);
    if (!text.isBlank()) {
      content.add(Nodes.object("type", "text", "text", text));
    }
  }

  private static String url(Media media) {
    return switch (media.kind()) {
      case URL -> media.value();
      case BASE64 ->
          "data:"
              + (media.type() == null ? "image/png" : media.type())
              + ";base64,"
              + media.value();
      case STORED, FILE_ID, TEXT -> throw new Ineligible("image that only its store can read");
    };
  }

  /** What a part says in text; empty if it says nothing. */
  private String said(Part part) {
    if (part instanceof Part.Text text) {
      marked(text.cache());
      return text.text();
    } else if (part instanceof Part.Refusal refusal) {
      return refusal.text();
    } else if (part instanceof Part.Document document) {
      marked(document.cache());
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

  private void assistant(List<Part> parts) {
    List<@Nullable Object> content = new ArrayList<>();
    List<@Nullable Object> calls = new ArrayList<>();
    StringBuilder thoughts = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Part.ToolCall call) {
        marked(call.cache());
        calls.add(call(call));
      } else if (part instanceof Part.Thinking thinking) {
        thoughts.append(thinking.text());
      } else {
        String text = said(part);
        if (!text.isBlank()) {
          content.add(Nodes.object("type", "text", "text", text));
        }
      }
    }
    Map<String, @Nullable Object> message = Nodes.object("role", "assistant");
    thoughts(thoughts.toString(), content, calls, message);
    if (!content.isEmpty()) {
      message.put("content", simple(content));
    }
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
    }
    if (message.size() > 1) {
      messages.add(message);
    }
  }

  /** Models that think have thoughts as content; others have a plan of the tools they call. */
  private void thoughts(
      String thoughts,
      List<@Nullable Object> content,
      List<@Nullable Object> calls,
      Map<String, @Nullable Object> message) {
    if (thoughts.isBlank()) {
      return;
    }
    if (traits.reasoning() != Traits.ReasoningStyle.NONE) {
      content.add(0, Nodes.object("type", "thinking", "thinking", thoughts));
    } else if (!calls.isEmpty()) {
      message.put("tool_plan", thoughts);
    } else {
      notes.dropped("thinking");
    }
  }

  private static Map<String, @Nullable Object> call(Part.ToolCall call) {
    String arguments = call.arguments().strip();
    boolean none = arguments.isEmpty() || arguments.equals("null");
    Map<String, @Nullable Object> function =
        Nodes.object("name", call.name(), "arguments", none ? "{}" : call.arguments());
    return Nodes.object("id", call.id(), "type", "function", "function", function);
  }

  private void marked(@Nullable CacheMark mark) {
    if (mark != null) {
      notes.dropped("cache_control");
    }
  }
}
