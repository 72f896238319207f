// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

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

/**
 * Anthropic's Messages API: of Anthropic itself, and with another envelope of Claude on Vertex AI.
 */
public final class MessagesDialect implements CallerDialect, TargetDialect {

  public MessagesDialect() {}

  @Override
  public ChatRequest request(AppRequest request, Notes notes) {
    return new MessagesRequestReader(request, notes).read();
  }

  @Override
  public AnswerWriter answer(Asked asked) {
    return new MessagesAnswerWriter(asked);
  }

  @Override
  public ErrorAnswer error(ApiFailure failure) {
    return MessagesErrorWriter.answer(failure);
  }

  @Override
  public Map<String, @Nullable Object> request(ChatRequest request, Traits traits, Notes notes) {
    return new MessagesRequestWriter(request, traits, notes).write();
  }

  @Override
  public ChatAnswer answer(Map<String, @Nullable Object> body) {
    return MessagesAnswerReader.read(body);
  }

  @Override
  public EventReader events() {
    return new MessagesEventReader();
  }

  @Override
  public ApiFailure error(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    return MessagesErrorReader.read(status, body, text);
  }
}
