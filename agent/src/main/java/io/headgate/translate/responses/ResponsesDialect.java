// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatRequest;
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

/** OpenAI's Responses API ("OpenAI API reference, Responses"). */
public final class ResponsesDialect implements CallerDialect, TargetDialect {

  public ResponsesDialect() {}

  @Override
  public ChatRequest request(AppRequest request, Notes notes) {
    return new ResponsesRequestReader(request, notes).read();
  }

  @Override
  public AnswerWriter answer(Asked asked) {
    return new ResponsesAnswerWriter(asked);
  }

  @Override
  public ErrorAnswer error(ApiFailure failure) {
    return ResponsesErrors.answer(failure);
  }

  @Override
  public Map<String, @Nullable Object> request(ChatRequest request, Traits traits, Notes notes) {
    return new ResponsesRequestWriter(request, traits, notes).write();
  }

  @Override
  public ChatAnswer answer(Map<String, @Nullable Object> body) {
    return ResponsesAnswerReader.read(body);
  }

  @Override
  public EventReader events() {
    return new ResponsesEventReader();
  }

  @Override
  public ApiFailure error(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    return ResponsesFailures.failure(status, body, text);
  }
}
