// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer;
import io.headgate.chat.ChatRequest;
import io.headgate.translate.EventReader;
import io.headgate.translate.Notes;
import io.headgate.translate.TargetDialect;
import io.headgate.translate.Traits;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ollama's {@code /api/chat}. Facts are from the Ollama API documentation. */
public final class OllamaDialect implements TargetDialect {

  public OllamaDialect() {}

  @Override
  public Map<String, @Nullable Object> request(ChatRequest request, Traits traits, Notes notes) {
    return new OllamaRequestWriter(traits, notes).write(request);
  }

  @Override
  public ChatAnswer answer(Map<String, @Nullable Object> body) {
    return OllamaAnswerReader.read(body);
  }

  @Override
  public EventReader events() {
    return new OllamaEventReader();
  }

  @Override
  public ApiFailure error(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    return OllamaErrors.failure(status, body, text);
  }
}
