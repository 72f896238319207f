// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Sampling;
import io.headgate.chat.Tool;
import io.headgate.chat.Turn;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a request fits into the context of a model, as far as can be told without its tokens. */
final class Room {

  private static final double CHARACTERS_PER_TOKEN = 3.5;
  private static final long IMAGE = 1_000;

  /** Pages are not counted: a document is two of them, at least. */
  private static final long DOCUMENT = 2_000;

  /** An estimate that is wrong by less than this does not rule a target out. */
  private static final double SURELY = 0.7;

  private Room() {}

  /**
   * Checks that the request fits, and leaves room for it beside its answer.
   *
   * @param limited whether the app has said how long the answer may get
   * @throws Ineligible if it clearly does not fit
   */
  static void check(ChatRequest.Builder request, Traits traits, boolean limited, Notes notes) {
    if (traits.context() <= 0) {
      return;
    }
    Long most = request.sampling.maxTokens();
    long output = limited && most != null ? most : 0;
    long input = input(request);
    if ((input + output) * SURELY > traits.context()) {
      throw new Ineligible(
          "the context of " + traits.model() + " holds " + traits.context() + " tokens");
    }
    if (most != null) {
      // An estimate that is too high must not leave next to nothing.
      long least = Math.min(FitSampling.COMMON_LIMIT, traits.context() / 4);
      long left = Math.max(least, traits.context() - input);
      if (left < most) {
        if (limited || left == least) {
          notes.changed("max_tokens", most, left);
        }
        request.sampling = limit(request, left);
      }
    }
  }

  private static Sampling limit(ChatRequest.Builder request, long most) {
    Sampling.Builder sampling = request.sampling.toBuilder();
    sampling.maxTokens = most;
    return sampling.build();
  }

  /** About how many tokens go in. */
  static long input(ChatRequest.Builder request) {
    Counter counter = new Counter();
    counter.parts(request.system);
    for (Turn turn : request.turns) {
      counter.parts(turn.parts());
    }
    for (Tool tool : request.tools) {
      counter.text(tool.name());
      counter.text(tool.description());
      counter.tree(tool.schema());
    }
    counter.tree(request.format.schema());
    return counter.tokens + (long) (counter.characters / CHARACTERS_PER_TOKEN);
  }

  private static final class Counter {
    private long characters;
    private long tokens;

    void parts(List<Part> parts) {
      for (Part part : parts) {
        part(part);
      }
    }

    private void part(Part part) {
      if (part instanceof Part.Text text) {
        text(text.text());
      } else if (part instanceof Part.ToolCall call) {
        text(call.name());
        text(call.arguments());
      } else if (part instanceof Part.ToolResult result) {
        parts(result.parts());
      } else if (part instanceof Part.Image) {
        tokens += IMAGE;
      } else if (part instanceof Part.Document document) {
        if (document.media().kind() == Media.Kind.TEXT) {
          text(document.media().value());
        } else {
          tokens += DOCUMENT;
        }
      } else if (part instanceof Part.Thinking thinking) {
        text(thinking.text());
      }
    }

    void text(@Nullable String text) {
      characters += text == null ? 0 : text.length();
    }

    void tree(@Nullable Object tree) {
      if (tree instanceof Map<?, ?> map) {
        for (Map.Entry<?, ?> member : map.entrySet()) {
          characters += String.valueOf(member.getKey()).length() + 4;
          tree(member.getValue());
        }
      } else if (tree instanceof List<?> list) {
        list.forEach(this::tree);
      } else if (tree != null) {
        characters += tree.toString().length() + 2;
      }
    }
  }
}
