// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of what is said. */
public sealed interface Part {

  /**
   * Text.
   *
   * @param cache where the provider is told to cache up to and including this; null if it is not
   * @param citations what an answer's text rests on
   */
  record Text(String text, @Nullable CacheMark cache, List<Citation> citations) implements Part {
    public Text {
      citations = List.copyOf(citations);
    }

    public Text(String text) {
      this(text, null, List.of());
    }
  }

  /**
   * A picture.
   *
   * @param detail {@code low}, {@code high} or {@code auto}, as OpenAI has it; null if not said
   */
  record Image(Media media, @Nullable String detail, @Nullable CacheMark cache) implements Part {}

  /**
   * A document, such as a PDF.
   *
   * @param name its title or file name; null if it has none
   */
  record Document(Media media, @Nullable String name, @Nullable CacheMark cache) implements Part {}

  /** Sound. */
  record Audio(Media media) implements Part {}

  /** Moving pictures. */
  record Video(Media media) implements Part {}

  /**
   * The model wants a tool to be called.
   *
   * @param id what ties call and result
   * @param arguments JSON as the model wrote it, which may be broken off; <code>{}</code> if it
   *     wrote nothing
   * @param signature Gemini's thought signature of the call; null if it has none
   */
  record ToolCall(
      String id,
      String name,
      String arguments,
      @Nullable String signature,
      @Nullable CacheMark cache)
      implements Part {
    public ToolCall(String id, String name, String arguments) {
      this(id, name, arguments, null, null);
    }
  }

  /**
   * What came of a call.
   *
   * @param callId the {@link ToolCall#id()} it belongs to
   * @param name the tool's; null where the format names it only at the call
   * @param parts texts, images or documents
   * @param error whether the tool failed
   */
  record ToolResult(
      String callId,
      @Nullable String name,
      List<Part> parts,
      boolean error,
      @Nullable CacheMark cache)
      implements Part {
    public ToolResult {
      parts = List.copyOf(parts);
    }
  }

  /**
   * What the model thought before it answered.
   *
   * @param text what it shows of it; may be empty
   * @param signature by which its maker knows it again; null if it has none
   * @param redacted encrypted thoughts in place of the text; null if there are none
   * @param maker whose signature it is: nobody else accepts it
   */
  record Thinking(String text, @Nullable String signature, @Nullable String redacted, Maker maker)
      implements Part {}

  /** The model declines, in so many words. */
  record Refusal(String text) implements Part {}

  /**
   * What has no counterpart in other formats: a call of a hosted tool, a result of one, …
   *
   * @param type its name in the format it comes from
   */
  record Foreign(String type) implements Part {}
}
