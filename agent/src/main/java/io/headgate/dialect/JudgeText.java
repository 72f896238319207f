// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.WireFormat;
import io.headgate.json.JsonTree;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts together the text of an answer's first choice, from a document or from the events of a
 * stream. Documents of more than 4 MiB are not read, and of the text no more is kept than 1 MiB.
 */
final class JudgeText {

  private static final int DOCUMENT_LIMIT = 4 << 20;
  private static final int TEXT_LIMIT = 1 << 20;

  private final WireFormat format;
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream document = new ByteArrayOutputStream();
  private boolean tooLong;

  JudgeText(WireFormat format) {
    this.format = format;
  }

  String text() {
    return text.toString();
  }

  void read(byte[] bytes, int from, int to) {
    tooLong |= document.size() + (long) (to - from) > DOCUMENT_LIMIT;
    if (!tooLong) {
      document.write(bytes, from, to - from);
    }
  }

  /** A document is complete. */
  void end() {
    if (!tooLong && document.size() > 0) {
      add(JsonTree.read(document.toByteArray()));
    }
    tooLong = false;
    document.reset();
  }

  private void add(@Nullable Object root) {
    if (root instanceof List<?> list) {
      list.forEach(this::add);
      return;
    }
    if (!(root instanceof Map<?, ?>)) {
      return;
    }
    switch (format) {
      case OPENAI -> openAi(root);
      case OPENAI_RESPONSES -> responses(root);
      case ANTHROPIC -> {
        parts(at(root, "content"), "text");
        parts(at(root, "content_block"), "text");
        parts(at(root, "delta"), "text_delta");
      }
      case GEMINI -> parts(at(root, "candidates.0.content.parts"), null);
      case BEDROCK -> bedrock(root);
      case COHERE -> {
        parts(at(root, "message.content"), "text");
        parts(at(root, "delta.message.content"), null);
        if (at(root, "event_type") == null || "text-generation".equals(at(root, "event_type"))) {
          append(at(root, "text"));
        }
      }
      case OLLAMA -> {
        append(at(root, "message.content"));
        append(at(root, "response"));
      }
      case OTHER -> {
        // Nothing is read of it.
      }
    }
  }

  /** Of Converse, Claude and Nova; of Titan, Llama and Mistral; of Cohere; and of OpenAI's chat. */
  private void bedrock(Object root) {
    parts(at(root, "output.message.content"), null);
    parts(at(root, "content"), "text");
    parts(at(root, "content_block"), "text");
    parts(at(root, "delta"), null);
    parts(at(root, "contentBlockDelta.delta"), null);
    append(at(root, "completion"));
    append(at(root, "outputText"));
    append(at(root, "results.0.outputText"));
    append(at(root, "generation"));
    append(at(root, "outputs.0.text"));
    append(at(root, "generations.0.text"));
    append(at(root, "completions.0.data.text"));
    append(at(root, "text"));
    openAi(root);
  }

  private void openAi(Object root) {
    if (at(root, "choices") instanceof List<?> choices) {
      for (Object choice : choices) {
        Object index = at(choice, "index");
        if (index == null || index.equals(0L)) {
          content(at(choice, "message.content"));
          content(at(choice, "delta.content"));
          append(at(choice, "text"));
          return;
        }
      }
    }
  }

  private void responses(Object root) {
    if ("response.output_text.delta".equals(at(root, "type"))) {
      append(at(root, "delta"));
      return;
    }
    Object streamed = at(root, "response.output");
    Object output = streamed == null ? at(root, "output") : streamed;
    // The last event of a stream repeats what was streamed.
    if (output instanceof List<?> items && text.length() == 0) {
      for (Object item : items) {
        if ("message".equals(at(item, "type"))) {
          parts(at(item, "content"), "output_text");
        }
      }
    }
  }

  private void content(@Nullable Object content) {
    if (content instanceof String) {
      append(content);
    } else {
      parts(content, "text");
    }
  }

  /** The text of a part, or of each part of a list, that is of a type; null is any. */
  private void parts(@Nullable Object parts, @Nullable String type) {
    if (parts instanceof List<?> list) {
      for (Object part : list) {
        parts(part, type);
      }
    } else if (parts instanceof Map<?, ?> part
        && (type == null || type.equals(part.get("type")))
        && !Boolean.TRUE.equals(part.get("thought"))) {
      append(part.get("text"));
    }
  }

  private void append(@Nullable Object value) {
    if (value instanceof String string) {
      int room = TEXT_LIMIT - text.length();
      text.append(string, 0, Math.min(room, string.length()));
    }
  }

  private static @Nullable Object at(@Nullable Object value, String path) {
    return JsonTree.at(value, path);
  }
}
