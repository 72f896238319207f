// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.gateway.Headers;
import io.headgate.translate.AnswerWriter;
import io.headgate.translate.AppRequest;
import io.headgate.translate.Asked;
import io.headgate.translate.CallerDialect;
import io.headgate.translate.ErrorAnswer;
import io.headgate.translate.EventReader;
import io.headgate.translate.Notes;
import io.headgate.translate.TargetDialect;
import io.headgate.translate.Traits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Converse and ConverseStream. Facts are from the Amazon Bedrock API reference, Amazon Bedrock
 * Runtime. InvokeModel is not spoken: its bodies are each model's own.
 *
 * <p>The model is in the path, so a request that is written does not name it. A failure within a
 * stream is an event named {@link #EXCEPTION} and the type of the exception: its frame is of
 * another kind than an event's.
 */
public final class ConverseDialect implements CallerDialect, TargetDialect {

  /** What the name of an event begins with that goes out as an exception. */
  public static final String EXCEPTION = "exception:";

  private final Maker maker;

  public ConverseDialect() {
    this(Maker.OTHER);
  }

  private ConverseDialect(Maker maker) {
    this.maker = maker;
  }

  /** Whose the thoughts are that come without a signature is not told in them. */
  @Override
  public TargetDialect by(Maker maker) {
    return new ConverseDialect(maker);
  }

  @Override
  public ChatRequest request(AppRequest request, Notes notes) {
    return new ConverseRequestReader(notes).read(request);
  }

  @Override
  public AnswerWriter answer(Asked asked) {
    return new ConverseAnswerWriter(asked);
  }

  @Override
  public ErrorAnswer error(ApiFailure failure) {
    return ConverseErrorWriter.answer(failure);
  }

  @Override
  public Map<String, @Nullable Object> request(ChatRequest request, Traits traits, Notes notes) {
    return new ConverseRequestWriter(traits, notes).write(request);
  }

  @Override
  public ChatAnswer answer(Map<String, @Nullable Object> body) {
    return ConverseAnswerReader.read(body, maker);
  }

  @Override
  public EventReader events() {
    return new ConverseEventReader(maker);
  }

  @Override
  public ApiFailure error(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    return ConverseErrorReader.failure(status, Headers.EMPTY, body, text);
  }

  @Override
  public ApiFailure error(
      int status, Headers headers, @Nullable Map<String, @Nullable Object> body, String text) {
    return ConverseErrorReader.failure(status, headers, body, text);
  }
}
