// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Endpoint;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A call that was read, and can be put to targets in other formats. Used by one thread at a time.
 */
public final class AppCall {

  private static final char[] LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz".toCharArray();

  private final Translator translator;
  private final CallerDialect caller;
  private final AppRequest app;
  private final Notes read = new Notes();
  private final ChatRequest request;
  private final @Nullable String model;

  AppCall(Translator translator, CallerDialect caller, AppRequest app, @Nullable String model) {
    this.translator = translator;
    this.caller = caller;
    this.app = app;
    this.model = model;
    this.request = caller.request(app, read);
  }

  /** Whether the app wants a stream. */
  public boolean streaming() {
    return request.stream();
  }

  /**
   * The call as a target gets it.
   *
   * @param target where it goes
   * @param targetModel its model, by its name there
   * @throws Ineligible if the target cannot serve it, and why
   */
  public Translation to(Endpoint target, String targetModel) {
    return to(target, targetModel, System.currentTimeMillis() / 1000, id());
  }

  /** The same at a time, in seconds of the epoch, and with an id to make the answer's ids of. */
  Translation to(Endpoint target, String targetModel, long seconds, String id) {
    Traits traits = translator.learned().apply(translator.traits(target, targetModel));
    TargetDialect dialect = translator.target(target.format()).by(traits.maker());
    Notes notes = read.copy();
    ChatRequest.Builder asked = request.toBuilder().model(targetModel);
    asked.reasoning =
        ForeignThoughts.of(app.endpoint().format()).wanted(request.reasoning(), traits.maker());
    Fitted fitted = Fitting.fit(asked.build(), traits, notes);
    Map<String, @Nullable Object> body = dialect.request(fitted.request(), traits, notes);
    translator.learned().strip(body, traits.provider(), targetModel);
    Asked answer =
        new Asked(
            request, app.body(), model != null ? model : targetModel, model != null, seconds, id);
    Traits own = translator.traits(app.endpoint(), answer.model());
    return new Translation(
        translator,
        own.ids(),
        app.endpoint(),
        target,
        form(),
        caller,
        dialect,
        answer,
        fitted,
        body,
        notes);
  }

  private AnswerForm form() {
    WireFormat format = app.endpoint().format();
    if (format == WireFormat.BEDROCK) {
      return AnswerForm.EVENT_STREAM;
    }
    boolean array = format == WireFormat.GEMINI && !app.query().contains("alt=sse");
    return array ? AnswerForm.JSON_ARRAY : AnswerForm.SSE;
  }

  private static String id() {
    StringBuilder id = new StringBuilder(24);
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < 24; i++) {
      id.append(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return id.toString();
  }
}
