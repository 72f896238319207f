// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatRequest;
import io.headgate.translate.EventReader;
import io.headgate.translate.Notes;
import io.headgate.translate.TargetDialect;
import io.headgate.translate.Traits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cohere's {@code /v2/chat}. Facts are from the Cohere API reference, Chat (V2). */
public final class CohereDialect implements TargetDialect {

  public CohereDialect() {}

  @Override
  public Map<String, @Nullable Object> request(ChatRequest request, Traits traits, Notes notes) {
    return new CohereRequestWriter(traits, notes).write(request);
  }

  @Override
  public ChatAnswer answer(Map<String, @Nullable Object> body) {
    return CohereAnswerReader.read(body);
  }

  @Override
  public EventReader events() {
    return new CohereEventReader();
  }

  @Override
  public ApiFailure error(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    return CohereErrors.failure(status, body, text);
  }
}
