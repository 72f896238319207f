// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.CacheMark;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said in the conversation of one request, as far as a format has a place for it. */
final class RandomParts {

  private final RoundTripForm form;
  private final RandomWords words;
  private int documents;
  private int calls;

  RandomParts(RoundTripForm form, RandomWords words) {
    this.form = form;
    this.words = words;
  }

  private String text() {
    return words.text(form.has(RoundTripLack.BLANK_TEXTS));
  }

  @Nullable CacheMark mark() {
    return form.has(RoundTripLack.CACHE_MARKS) && words.once(4)
        ? new CacheMark(form.has(RoundTripLack.HOUR_MARKS) && words.flip())
        : null;
  }

  private @Nullable CacheMark answerMark() {
    return form.has(RoundTripLack.ANSWER_MARKS) ? mark() : null;
  }

  private Part.Text marked() {
    return new Part.Text(text(), mark(), List.of());
  }

  List<Part> system() {
    List<Part> parts = new ArrayList<>();
    parts.add(form == RoundTripForm.RESPONSES ? new Part.Text(text()) : marked());
    if (form.has(RoundTripLack.SYSTEM_TEXTS) && words.flip()) {
      parts.add(marked());
    }
    return parts;
  }

  /** What the user says; some text is among it. */
  List<Part> said() {
    List<Part> parts = new ArrayList<>();
    parts.add(marked());
    for (int i = words.between(0, 3); i > 0; i--) {
      parts.add(
          switch (words.between(0, 3)) {
            case 0 -> marked();
            case 1 -> image(mark());
            case 2 -> document();
            default -> form.has(RoundTripLack.SOUND_AND_FILM) ? heardOrSeen() : marked();
          });
    }
    return parts;
  }

  private Part.Image image(@Nullable CacheMark mark) {
    String type = words.any("image/png", "image/jpeg", "image/webp");
    String detail = form.has(RoundTripLack.DETAIL) ? words.any("low", "high", "auto") : null;
    if (detail != null && form.has(RoundTripLack.NO_DETAIL)) {
      detail = words.maybe(detail);
    }
    return new Part.Image(words.flip() ? bytes(type) : elsewhere(type), detail, mark);
  }

  private Media bytes(String type) {
    return new Media(Media.Kind.BASE64, words.base64(), type);
  }

  private Media elsewhere(String type) {
    if (form.lacks(RoundTripLack.URLS)) {
      return new Media(Media.Kind.STORED, "s3://bucket/" + words.word("f"), type);
    }
    String url = "https://host.test/" + words.word("f") + "?a=b&c=%20#d";
    return new Media(Media.Kind.URL, url, form.lacks(RoundTripLack.UNTYPED_URLS) ? type : null);
  }

  private Part document() {
    Media media = bytes("application/pdf");
    if (form == RoundTripForm.MESSAGES && words.flip()) {
      media = new Media(Media.Kind.TEXT, text(), "text/plain");
    }
    String name = null;
    if (form.has(RoundTripLack.DOCUMENT_NAMES)) {
      name = "Paper (" + ++documents + ")";
      name += form.has(RoundTripLack.DOTTED_NAMES) ? ", größer.pdf" : "";
    }
    return new Part.Document(media, name, mark());
  }

  private Part heardOrSeen() {
    return words.flip()
        ? new Part.Audio(bytes(words.any("audio/wav", "audio/mpeg")))
        : new Part.Video(bytes("video/mp4"));
  }

  /**
   * What the assistant says: thoughts, texts and calls of these tools.
   *
   * @param thinks whether it begins with a thought
   */
  List<Part> answered(List<Tool> tools, boolean thinks) {
    List<Part> parts = new ArrayList<>();
    if (form.has(RoundTripLack.THOUGHTS) && (thinks || words.once(3))) {
      parts.add(thought());
    }
    boolean several = form.has(RoundTripLack.SAID_TEXTS);
    for (int i = words.between(1, several ? 3 : 1); i > 0; i--) {
      parts.add(new Part.Text(text(), answerMark(), List.of()));
    }
    if (form.has(RoundTripLack.REFUSALS) && words.once(4)) {
      parts.add(new Part.Refusal(text()));
    }
    for (int i = tools.isEmpty() ? 0 : words.between(0, 3); i > 0; i--) {
      String arguments = form.has(RoundTripLack.SPELLING) ? words.spelt() : words.object();
      String signature = form == RoundTripForm.GEMINI ? words.maybe(words.word("s")) : null;
      parts.add(
          new Part.ToolCall(
              "call_" + ++calls, words.any(tools).name(), arguments, signature, answerMark()));
    }
    return parts;
  }

  private Part.Thinking thought() {
    String sign = words.word("s");
    return switch (form) {
      case RESPONSES -> new Part.Thinking(words.flip() ? "" : text(), null, sign, Maker.OPENAI);
      case GEMINI -> new Part.Thinking(text(), sign, null, Maker.GOOGLE);
      case CHAT, MESSAGES, CONVERSE ->
          words.flip()
              ? new Part.Thinking(text(), sign, null, Maker.ANTHROPIC)
              : new Part.Thinking("", null, sign, Maker.ANTHROPIC);
    };
  }

  /** What came of the calls. */
  List<Part> results(List<Part> answered) {
    List<Part> results = new ArrayList<>();
    for (Part part : answered) {
      if (part instanceof Part.ToolCall call) {
        boolean named = form.has(RoundTripLack.RESULT_NAMES);
        boolean failed = form.has(RoundTripLack.FAILED_RESULTS) && words.once(3);
        results.add(
            new Part.ToolResult(
                call.id(), named ? call.name() : null, result(), failed, answerMark()));
      }
    }
    return results;
  }

  private List<Part> result() {
    List<Part> parts = new ArrayList<>();
    String text = text();
    if (form.lacks(RoundTripLack.RESULT_SPELLING) && text.strip().startsWith("{")) {
      text = words.object();
    }
    parts.add(new Part.Text(text));
    if (form.has(RoundTripLack.RESULT_TEXTS) && words.flip()) {
      parts.add(new Part.Text(text()));
    }
    if (form.has(RoundTripLack.RESULT_IMAGES) && words.once(3)) {
      parts.add(image(null));
    }
    return parts;
  }
}
