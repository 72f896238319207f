// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.Citation;
import io.headgate.chat.Usage;
import io.headgate.dialect.StreamEvent;
import io.headgate.json.Nodes;
import io.headgate.translate.EventReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads a stream: chunks, then mostly {@code [DONE]}. */
final class ChatEventReader implements EventReader {

  private static final int MOST_CHOICES = 1000;

  private final Map<Integer, ChoiceDeltas> choices = new TreeMap<>();
  private boolean begun;
  private boolean over;
  private boolean cited;

  ChatEventReader() {}

  @Override
  public void event(StreamEvent event, Consumer<ChatEvent> out) {
    if (over) {
      return;
    }
    Map<String, @Nullable Object> chunk = event.data();
    if (chunk == null) {
      done(out);
      return;
    }
    ApiFailure failure = ChatFailureReader.within(chunk);
    if (failure == null && event.name().equals("error")) {
      failure = ChatFailureReader.read(0, chunk, "");
    }
    if (failure != null) {
      fail(failure, out);
    } else {
      chunk(chunk, out);
    }
  }

  private void fail(ApiFailure failure, Consumer<ChatEvent> out) {
    over = true;
    out.accept(new ChatEvent.Failed(failure));
  }

  private void chunk(Map<String, @Nullable Object> chunk, Consumer<ChatEvent> out) {
    List<@Nullable Object> said = Nodes.list(chunk.get("choices"));
    begin(chunk, said.isEmpty(), out);
    List<Citation> beside = cited ? List.of() : Annotations.beside(chunk);
    for (int i = 0; i < said.size() && !over; i++) {
      Map<String, @Nullable Object> choice = Nodes.map(said.get(i));
      if (choice != null) {
        choice(choice, i, beside, out);
      }
    }
    Usage usage = ChatUsage.of(chunk);
    if (usage != null && !over) {
      out.accept(new ChatEvent.UsageTold(usage));
    } else if (said.isEmpty() && begun && !over) {
      out.accept(new ChatEvent.Ping());
    }
  }

  /** Azure's first chunk tells of the prompt's filters only, and of neither id nor model. */
  private void begin(Map<String, @Nullable Object> chunk, boolean bare, Consumer<ChatEvent> out) {
    String id = ChatAnswerReader.name(chunk.get("id"));
    String model = ChatAnswerReader.name(chunk.get("model"));
    if (!begun && !(bare && id == null && model == null)) {
      begun = true;
      out.accept(new ChatEvent.Begin(id, model));
    }
  }

  private void choice(
      Map<String, @Nullable Object> choice,
      int place,
      List<Citation> beside,
      Consumer<ChatEvent> out) {
    ApiFailure failure = ChatFailureReader.within(choice);
    if (failure != null) {
      fail(failure, out);
      return;
    }
    long told = Nodes.number(choice.get("index"), place);
    if (told < 0 || told > MOST_CHOICES) {
      return;
    }
    ChoiceDeltas deltas = choices.computeIfAbsent((int) told, ChoiceDeltas::new);
    if (deltas.stopped()) {
      return;
    }
    Map<String, @Nullable Object> delta = Nodes.map(choice.get("delta"));
    deltas.delta(delta == null ? Nodes.map(choice, "message") : delta, out);
    String text = Nodes.text(choice.get("text"));
    if (!text.isEmpty() && delta == null) {
      out.accept(new ChatEvent.Text((int) told, text));
    }
    deltas.logprobs(choice, out);
    if (deltas.failing(choice)) {
      String why = "the provider ended its answer with an error";
      fail(new ApiFailure(ApiFailure.Kind.SERVER, 0, why, null, null), out);
    } else if (deltas.ending(choice)) {
      // They come with every chunk; once, after the text, is enough.
      cited = true;
      beside.forEach(page -> out.accept(new ChatEvent.Cited((int) told, page)));
      deltas.stop(choice, out);
    }
  }

  /** The provider says that it is complete, even if it did not say why its choices ended. */
  private void done(Consumer<ChatEvent> out) {
    if (!choices.isEmpty()) {
      choices.values().forEach(choice -> choice.stop(Nodes.object(), out));
      over = true;
      out.accept(new ChatEvent.End());
    }
  }

  @Override
  public void end(Consumer<ChatEvent> out) {
    boolean all = choices.values().stream().allMatch(ChoiceDeltas::stopped);
    if (!over && all && !choices.isEmpty()) {
      over = true;
      out.accept(new ChatEvent.End());
    }
  }
}
