// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.Citation;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import io.headgate.translate.Unreadable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a whole answer. */
final class ChatAnswerReader {

  private ChatAnswerReader() {}

  static ChatAnswer read(Map<String, @Nullable Object> body) {
    ApiFailure failure = ChatFailureReader.within(body);
    if (failure != null) {
      throw new Unreadable(failure);
    }
    List<@Nullable Object> said = Nodes.list(body.get("choices"));
    List<Indexed> choices = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      Map<String, @Nullable Object> choice = Nodes.map(said.get(i));
      if (choice != null) {
        long index = Nodes.number(choice.get("index"), i);
        choices.add(new Indexed(index, choice(choice, Annotations.beside(body))));
      }
    }
    if (choices.isEmpty()) {
      throw Unreadable.because("an answer without choices");
    }
    choices.sort(Comparator.comparingLong(Indexed::index));
    Usage usage = ChatUsage.of(body);
    return new ChatAnswer(
        name(body.get("id")),
        name(body.get("model")),
        choices.stream().map(Indexed::choice).toList(),
        usage == null ? Usage.builder().build() : usage);
  }

  private record Indexed(long index, ChatAnswer.Choice choice) {}

  /** Null rather than empty. */
  static @Nullable String name(@Nullable Object value) {
    String text = Nodes.text(value);
    return text.isEmpty() ? null : text;
  }

  private static ChatAnswer.Choice choice(
      Map<String, @Nullable Object> choice, List<Citation> beside) {
    ApiFailure failure = ChatFailureReader.within(choice);
    if (failure != null) {
      throw new Unreadable(failure);
    }
    Map<String, @Nullable Object> message = Nodes.map(choice.get("message"));
    if (message == null) {
      // Some servers answer as if it was a stream, or in the form of the older completions.
      message = Nodes.map(choice, "delta");
      message.putIfAbsent("content", choice.get("text"));
    }
    List<Part> parts = parts(message, beside);
    boolean calls = parts.stream().anyMatch(Part.ToolCall.class::isInstance);
    boolean refusal = parts.stream().anyMatch(Part.Refusal.class::isInstance);
    StopReason stop = Finish.seen(Finish.read(choice.get("finish_reason")), calls, refusal);
    if (stop == StopReason.ERROR) {
      // Half an answer must not pass for a whole one.
      throw Unreadable.because("the provider ended its answer with an error");
    }
    String sequence = stop == StopReason.END ? Finish.sequence(choice) : null;
    return new ChatAnswer.Choice(
        parts,
        sequence == null ? stop : StopReason.STOP_SEQUENCE,
        sequence,
        Logprobs.read(choice.get("logprobs")));
  }

  private static List<Part> parts(Map<String, @Nullable Object> message, List<Citation> beside) {
    List<Part> parts = new ArrayList<>(Thoughts.of(message));
    List<Citation> citations = Annotations.read(message);
    // Parts of an answer are not the app's: there is nobody to bind them to.
    for (Part part :
        new ChatPartReader(new ArrayList<>()).content("content", message.get("content"))) {
      if (part instanceof Part.Text text) {
        if (!text.text().isEmpty()) {
          List<Citation> own = citations.isEmpty() ? beside : citations;
          parts.add(new Part.Text(text.text(), null, own));
          citations = List.of();
          beside = List.of();
        }
      } else {
        parts.add(part);
      }
    }
    String refusal = Nodes.text(message.get("refusal"));
    if (!refusal.isEmpty()) {
      parts.add(new Part.Refusal(refusal));
    }
    parts.addAll(images(message));
    calls(parts, message);
    return parts;
  }

  /** OpenRouter's place for pictures that a model makes. */
  static List<Part> images(Map<String, @Nullable Object> message) {
    List<Part> images = new ArrayList<>();
    for (Object item : Nodes.list(message.get("images"))) {
      Map<String, @Nullable Object> image = Nodes.map(item);
      Media media =
          image == null
              ? null
              : MediaText.read(Nodes.text(Nodes.map(image, "image_url").get("url")));
      if (media != null) {
        images.add(new Part.Image(media, null, null));
      }
    }
    return images;
  }

  private static void calls(List<Part> parts, Map<String, @Nullable Object> message) {
    Object said = message.get("tool_calls");
    List<@Nullable Object> calls = said instanceof Map<?, ?> ? Nodes.array(said) : Nodes.list(said);
    for (Object item : calls) {
      Map<String, @Nullable Object> call = Nodes.map(item);
      Map<String, @Nullable Object> function =
          call == null ? null : Nodes.map(call.get("function"));
      if (call != null && function != null) {
        call(parts, function, call.get("id"), Calls.signature(call));
      } else if (call != null) {
        parts.add(new Part.Foreign(Nodes.text(call.get("type"))));
      }
    }
    Map<String, @Nullable Object> legacy = Nodes.map(message.get("function_call"));
    if (legacy != null && calls.isEmpty()) {
      call(parts, legacy, null, null);
    }
  }

  /** A call of nothing is none. */
  private static void call(
      List<Part> parts,
      Map<String, @Nullable Object> function,
      @Nullable Object id,
      @Nullable String signature) {
    String name = Nodes.text(function.get("name"));
    if (!name.isEmpty()) {
      String own = Nodes.text(id);
      parts.add(
          new Part.ToolCall(
              own.isEmpty() ? Calls.newId() : own,
              name,
              Calls.arguments(function.get("arguments")),
              signature,
              null));
    }
  }
}
