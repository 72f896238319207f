// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

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

/** OpenAI Chat Completions. */
public final class ChatDialect implements CallerDialect, TargetDialect {

  public ChatDialect() {}

  @Override
  public ChatRequest request(AppRequest request, Notes notes) {
    return new ChatRequestReader(request, notes).read();
  }

  @Override
  public AnswerWriter answer(Asked asked) {
    return new ChatAnswerWriter(asked);
  }

  @Override
  public ErrorAnswer error(ApiFailure failure) {
    return ChatErrors.answer(failure);
  }

  @Override
  public Map<String, @Nullable Object> request(ChatRequest request, Traits traits, Notes notes) {
    return new ChatRequestWriter(request, traits, notes).write();
  }

  @Override
  public ChatAnswer answer(Map<String, @Nullable Object> body) {
    return ChatAnswerReader.read(body);
  }

  @Override
  public EventReader events() {
    return new ChatEventReader();
  }

  @Override
  public ApiFailure error(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    return ChatFailureReader.read(status, body, text);
  }
}
