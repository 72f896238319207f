// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatEvent;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.AnswerText;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Headers;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call in the format of one target, and the way back for its answer. An answer may be read once;
 * several attempts at the target may be made with the same request.
 */
public final class Translation {

  private final Translator translator;
  private final Traits.IdRule ids;
  private final Endpoint from;
  private final Endpoint to;
  private final AnswerForm form;
  private final CallerDialect caller;
  private final TargetDialect target;
  private final Asked asked;
  private final Fitted fitted;
  private final byte[] body;
  private final Notes notes;

  Translation(
      Translator translator,
      Traits.IdRule ids,
      Endpoint from,
      Endpoint to,
      AnswerForm form,
      CallerDialect caller,
      TargetDialect target,
      Asked asked,
      Fitted fitted,
      Map<String, @Nullable Object> body,
      Notes notes) {
    this.translator = translator;
    this.ids = ids;
    this.from = from;
    this.to = to;
    this.form = form;
    this.caller = caller;
    this.target = target;
    this.asked = asked;
    this.fitted = fitted;
    this.body = JsonWriter.write(body);
    this.notes = notes;
  }

  /** What an answer is to the app: its status, its fields and its body. */
  public record Answer(int status, Headers headers, byte[] body) {}

  /** The body for the target: JSON, in UTF-8. Not to be changed. */
  public byte[] body() {
    return body;
  }

  /** The format that the app speaks. */
  public WireFormat from() {
    return from.format();
  }

  /** The format that the target speaks. */
  public WireFormat to() {
    return to.format();
  }

  /** Whether the app wants a stream. */
  public boolean streaming() {
    return asked.request().stream();
  }

  /** What was left out on the way to the target. */
  public List<String> dropped() {
    return notes.dropped();
  }

  /** What was changed on the way to the target. */
  public List<String> changed() {
    return notes.changed();
  }

  /** What turns one streamed answer into the app's format. */
  public StreamTranslation stream() {
    Unfitting back = new Unfitting(fitted, ids);
    return new StreamTranslation(
        targetForm(),
        target.events(),
        caller.answer(asked),
        output(),
        out -> Endings.events(back.events(ForeignThoughts.of(from.format()).events(out))));
  }

  /** The fields of a streamed answer. */
  public Headers streamHeaders(Headers answer) {
    String type =
        switch (form) {
          case EVENT_STREAM -> "application/vnd.amazon.eventstream";
          case JSON_ARRAY -> "application/json; charset=UTF-8";
          default -> "text/event-stream; charset=utf-8";
        };
    return headers(answer, type);
  }

  /** A whole answer of the target in the app's format: as a stream, if the app wants one. */
  public Answer whole(int status, Headers headers, byte[] answer) {
    try {
      ChatAnswer read = ForeignThoughts.of(from.format()).answer(read(answer));
      return streaming()
          ? new Answer(status, streamHeaders(headers), asStream(read))
          : new Answer(
              status,
              headers(headers, "application/json"),
              JsonWriter.write(caller.answer(asked).whole(read)));
    } catch (Unreadable e) {
      return failure(headers, e.failure());
    } catch (RuntimeException e) {
      return failure(headers, untranslated(e));
    }
  }

  /** A fault of ours is a failure of the answer: bytes in a foreign format would be worse. */
  static ApiFailure untranslated(Throwable fault) {
    String what = "the answer could not be translated: " + fault.getClass().getSimpleName();
    return new ApiFailure(ApiFailure.Kind.SERVER, 0, what, null, null);
  }

  private ChatAnswer read(byte[] answer) {
    Map<String, @Nullable Object> document = Nodes.map(JsonTree.exact(answer));
    if (document == null) {
      throw Unreadable.because("the provider's answer is not JSON");
    }
    return new Unfitting(fitted, ids).answer(Endings.checked(target.answer(document)));
  }

  /**
   * What conditions see of an answer: what the app will.
   *
   * @param streamed whether the answer is a stream
   * @throws Unreadable if it is none
   */
  public AnswerText.Seen seen(boolean streamed, byte[] answer) {
    SeenAnswer seen = new SeenAnswer();
    if (streamed) {
      EventReader reader = target.events();
      Consumer<ChatEvent> sink = Endings.events(new Unfitting(fitted, ids).events(seen));
      EventInput input = new EventInput(targetForm(), event -> reader.event(event, sink));
      input.read(answer, 0, answer.length);
      input.end();
      reader.end(sink);
    } else {
      AnswerEvents.of(read(answer), seen);
    }
    return seen.as(from.format(), caller.answer(asked));
  }

  /** For an app that wants a stream of a target that has not made one. */
  private byte[] asStream(ChatAnswer answer) {
    AnswerWriter writer = caller.answer(asked);
    EventOutput output = output();
    AnswerEvents.of(answer, event -> writer.event(event, output::event));
    output.end();
    return output.take();
  }

  private EventOutput output() {
    return new EventOutput(form, from.format() == WireFormat.GEMINI);
  }

  /** An error of the target in the app's format. */
  public Answer error(int status, Headers headers, byte[] answer) {
    ApiFailure failure;
    try {
      failure = translator.failure(to.format(), status, headers, answer);
    } catch (RuntimeException e) {
      failure = untranslated(e);
    }
    return failure(RetryDelay.told(headers, answer), failure);
  }

  private Answer failure(Headers headers, ApiFailure failure) {
    ErrorAnswer error = caller.error(failure);
    Headers fields = headers(headers, "application/json");
    for (Map.Entry<String, List<String>> field : error.headers().toMap().entrySet()) {
      fields = fields.with(field.getKey(), field.getValue().get(0));
    }
    return new Answer(error.status(), fields, JsonWriter.write(error.body()));
  }

  /** Of the target's fields those that mean the same to everybody. */
  private Headers headers(Headers answer, String type) {
    Headers kept =
        answer.without(
            name ->
                !name.equals("date")
                    && !name.equals("retry-after")
                    && !name.equals("retry-after-ms")
                    && !name.equals("x-should-retry"));
    String id = requestId(answer);
    Headers named = id == null ? kept : kept.with(idField(), id);
    return named.with("content-type", type);
  }

  private static @Nullable String requestId(Headers answer) {
    for (String name : List.of("x-request-id", "request-id", "x-amzn-requestid")) {
      String id = answer.first(name);
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  private String idField() {
    return switch (from.format()) {
      case ANTHROPIC -> "request-id";
      case BEDROCK -> "x-amzn-RequestId";
      default -> "x-request-id";
    };
  }

  private AnswerForm targetForm() {
    return switch (to.format()) {
      case BEDROCK -> AnswerForm.EVENT_STREAM;
      case OLLAMA -> AnswerForm.NDJSON;
      default -> AnswerForm.SSE;
    };
  }
}
