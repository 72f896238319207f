// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the contents of one request. */
final class ContentReader {

  private final CallLedger calls = new CallLedger();
  private final List<String> bound;
  private final Notes notes;

  /**
   * @param bound where goes what only Google can do
   */
  ContentReader(List<String> bound, Notes notes) {
    this.bound = bound;
    this.notes = notes;
  }

  /** The turns of a conversation, one for each content. */
  List<Turn> turns(List<@Nullable Object> contents) {
    for (Object content : contents) {
      for (Object part : parts(content)) {
        calls.reserve(
            Nodes.text(Spelling.camel(Spelling.camel(part).get("functionCall")).get("id")));
      }
    }
    List<Turn> turns = new ArrayList<>(contents.size());
    for (int i = 0; i < contents.size(); i++) {
      Object content = contents.get(i);
      String role = Nodes.text(Spelling.camel(content).get("role"));
      turns.add(new Turn(role(role), read(content, "contents[" + i + "]")));
    }
    return turns;
  }

  /** Instructions, which may be a content, its parts, or just text. */
  List<Part> system(@Nullable Object instruction) {
    return read(instruction, "systemInstruction");
  }

  private static Turn.Role role(String role) {
    return switch (role) {
      case "model", "assistant" -> Turn.Role.ASSISTANT;
      case "system" -> Turn.Role.SYSTEM;
      // Also "function", an older name for the side that the results of functions come from.
      default -> Turn.Role.USER;
    };
  }

  private static List<@Nullable Object> parts(@Nullable Object content) {
    Map<String, @Nullable Object> map = Nodes.map(content);
    return Spelling.list(map != null && map.containsKey("parts") ? map.get("parts") : content);
  }

  private List<Part> read(@Nullable Object content, String where) {
    List<Part> read = new ArrayList<>();
    List<@Nullable Object> parts = parts(content);
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof String text) {
        text(read, text);
      } else {
        part(read, Spelling.camel(parts.get(i)), where + ".parts[" + i + "]");
      }
    }
    return read;
  }

  private void part(List<Part> read, Map<String, @Nullable Object> part, String where) {
    String signature = Signatures.real(part.get("thoughtSignature"));
    String text = Nodes.text(part.get("text"));
    if (Boolean.TRUE.equals(part.get("thought"))) {
      if (!text.isEmpty() || signature != null) {
        read.add(new Part.Thinking(text, signature, null, Maker.GOOGLE));
      }
      return;
    }
    text(read, text);
    boolean signed = false;
    for (Map.Entry<String, @Nullable Object> member : part.entrySet()) {
      Map<String, @Nullable Object> map = Spelling.camel(member.getValue());
      switch (member.getKey()) {
        case "inlineData" -> read.add(MediaReader.inline(map));
        case "fileData" -> {
          Part file = MediaReader.file(map);
          read.add(file);
          if (ofGoogle(file)) {
            bound.add(where + ".fileData");
          }
        }
        case "functionCall" -> {
          read.add(call(map, signature));
          signed = true;
        }
        case "functionResponse" -> read.add(result(map, where));
        case "text", "thought", "thoughtSignature", "partMetadata", "role", "parts" -> {}
        case "videoMetadata", "mediaResolution" -> {
          if (!Nodes.empty(member.getValue())) {
            notes.dropped(where + "." + member.getKey());
          }
        }
        // What a hosted tool did, or something newer.
        default -> read.add(new Part.Foreign(member.getKey()));
      }
    }
    if (signature != null && !signed) {
      read.add(new Part.Thinking("", signature, null, Maker.GOOGLE));
    }
  }

  private static void text(List<Part> read, String text) {
    if (!text.isEmpty()) {
      read.add(new Part.Text(text));
    }
  }

  private Part call(Map<String, @Nullable Object> call, @Nullable String signature) {
    String name = Nodes.text(call.get("name"));
    String id = calls.called(Nodes.text(call.get("id")), name);
    return new Part.ToolCall(id, name, Arguments.text(call.get("args")), signature, null);
  }

  private Part result(Map<String, @Nullable Object> result, String where) {
    String name = Nodes.text(result.get("name"));
    String id = calls.answered(Nodes.text(result.get("id")), name);
    List<Part> parts = new ArrayList<>();
    boolean error = FunctionResponses.read(result.get("response"), parts);
    List<@Nullable Object> more = Nodes.list(result.get("parts"));
    for (int i = 0; i < more.size(); i++) {
      part(parts, Spelling.camel(more.get(i)), where + ".functionResponse.parts[" + i + "]");
    }
    for (String member : new String[] {"willContinue", "scheduling"}) {
      if (Spelling.said(result.get(member))) {
        notes.dropped(where + ".functionResponse." + member);
      }
    }
    return new Part.ToolResult(id, name.isEmpty() ? null : name, parts, error, null);
  }

  private static boolean ofGoogle(Part part) {
    Media media = null;
    if (part instanceof Part.Image image) {
      media = image.media();
    } else if (part instanceof Part.Audio audio) {
      media = audio.media();
    } else if (part instanceof Part.Video video) {
      media = video.media();
    } else if (part instanceof Part.Document document) {
      media = document.media();
    }
    return media != null && media.kind() == Media.Kind.FILE_ID;
  }
}
