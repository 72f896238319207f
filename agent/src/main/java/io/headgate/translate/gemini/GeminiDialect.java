// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

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

/** Gemini generateContent and streamGenerateContent, on the Gemini API and on Vertex AI. */
public final class GeminiDialect implements CallerDialect, TargetDialect {

  public GeminiDialect() {}

  @Override
  public ChatRequest request(AppRequest request, Notes notes) {
    return RequestReader.read(request, notes);
  }

  @Override
  public AnswerWriter answer(Asked asked) {
    return new GeminiAnswerWriter(asked);
  }

  @Override
  public ErrorAnswer error(ApiFailure failure) {
    return ErrorWriter.write(failure);
  }

  @Override
  public Map<String, @Nullable Object> request(ChatRequest request, Traits traits, Notes notes) {
    return RequestWriter.write(request, traits, notes);
  }

  @Override
  public ChatAnswer answer(Map<String, @Nullable Object> body) {
    return GeminiAnswerReader.read(body);
  }

  @Override
  public EventReader events() {
    return new GeminiEventReader();
  }

  @Override
  public ApiFailure error(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    return ErrorReader.read(status, body, text);
  }
}
