// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Maker;
import io.headgate.chat.Part;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the blocks of messages. Texts without a word are refused, and are never written. */
final class ConversePartWriter {

  private final Traits traits;
  private final Notes notes;
  private final ConverseMedia media = new ConverseMedia();

  ConversePartWriter(Traits traits, Notes notes) {
    this.traits = traits;
    this.notes = notes;
  }

  /** The blocks of a system prompt, which takes texts only. */
  List<@Nullable Object> system(List<Part> parts) {
    List<@Nullable Object> blocks = new ArrayList<>();
    for (Part part : parts) {
      if (part instanceof Part.Text) {
        add(part, blocks);
      } else {
        notes.dropped("system");
      }
    }
    return blocks;
  }

  /** The blocks of a message; empty if nothing is said. */
  List<@Nullable Object> message(List<Part> parts) {
    List<@Nullable Object> blocks = new ArrayList<>();
    for (Part part : parts) {
      add(part, blocks);
    }
    return media.withText(blocks);
  }

  private void add(Part part, List<@Nullable Object> blocks) {
    Map<String, @Nullable Object> block = block(part);
    if (block == null) {
      return;
    }
    blocks.add(block);
    CacheMark mark = ConverseCache.of(part);
    if (mark != null) {
      blocks.add(ConverseCache.block(mark));
    }
  }

  private @Nullable Map<String, @Nullable Object> block(Part part) {
    if (part instanceof Part.Text text) {
      return text(text.text());
    } else if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    } else if (part instanceof Part.Image image) {
      if (image.detail() != null && !image.detail().equals("auto")) {
        notes.dropped("detail");
      }
      return media.image(image.media());
    } else if (part instanceof Part.Document document) {
      return media.document(document);
    } else if (part instanceof Part.Audio audio) {
      return media.audio(audio.media());
    } else if (part instanceof Part.Video video) {
      return media.video(video.media());
    } else if (part instanceof Part.ToolCall call) {
      return call(call);
    } else if (part instanceof Part.ToolResult result) {
      return result(result);
    } else if (part instanceof Part.Thinking thinking) {
      return thinking(thinking);
    } else if (part instanceof Part.Foreign foreign) {
      notes.dropped(foreign.type());
    }
    return null;
  }

  private static @Nullable Map<String, @Nullable Object> text(String text) {
    return text.isBlank() ? null : Nodes.object("text", text);
  }

  private Map<String, @Nullable Object> call(Part.ToolCall call) {
    Map<String, @Nullable Object> input = input(call.arguments());
    if (input == null) {
      notes.dropped("arguments");
      input = Nodes.object();
    }
    return Nodes.object(
        "toolUse", Nodes.object("toolUseId", call.id(), "name", call.name(), "input", input));
  }

  /** Arguments as the object that they have to be; null if they are none. */
  static @Nullable Map<String, @Nullable Object> input(String arguments) {
    String json = arguments.strip();
    if (json.isEmpty() || json.equals("null")) {
      return Nodes.object();
    }
    return Nodes.map(JsonTree.exact(json.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Only Claude and Nova know a result's status; others are told in the text. A result must have
   * some content.
   */
  private Map<String, @Nullable Object> result(Part.ToolResult result) {
    boolean status = traits.maker() == Maker.ANTHROPIC || NovaThinking.applies(traits);
    List<@Nullable Object> content = new ArrayList<>();
    if (result.error() && !status) {
      content.add(Nodes.object("text", "Error:"));
    }
    for (Part part : result.parts()) {
      Map<String, @Nullable Object> block = block(part);
      if (block != null) {
        content.add(block);
      }
    }
    if (content.isEmpty()) {
      content.add(Nodes.object("json", Nodes.object()));
    }
    Map<String, @Nullable Object> written =
        Nodes.object("toolUseId", result.callId(), "content", content);
    if (result.error() && status) {
      written.put("status", "error");
    }
    return Nodes.object("toolResult", written);
  }

  /** Claude takes back what it has signed or encrypted, and nothing else. */
  private @Nullable Map<String, @Nullable Object> thinking(Part.Thinking thinking) {
    Map<String, @Nullable Object> block =
        thinking.maker() == Maker.ANTHROPIC ? reasoning(thinking) : null;
    if (block == null || (thinking.signature() == null && thinking.redacted() == null)) {
      notes.dropped("thinking");
      return null;
    }
    return block;
  }

  /** A block of thoughts; null if there is nothing in it. */
  static @Nullable Map<String, @Nullable Object> reasoning(Part.Thinking thinking) {
    if (thinking.redacted() != null) {
      return Nodes.object("reasoningContent", Nodes.object("redactedContent", thinking.redacted()));
    }
    if (thinking.text().isEmpty() && thinking.signature() == null) {
      return null;
    }
    Map<String, @Nullable Object> told = Nodes.object("text", thinking.text());
    if (thinking.signature() != null) {
      told.put("signature", thinking.signature());
    }
    return Nodes.object("reasoningContent", Nodes.object("reasoningText", told));
  }
}
