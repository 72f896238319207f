// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.dialect.StreamEvent;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.ContentTransform;
import io.headgate.json.Nodes;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions of providers that do not know {@code stream_options}: they tell the usage
 * unasked, beside the last piece or beside every one. OpenAI tells it if it is asked to, after all
 * pieces and in a chunk without any (API reference, {@code stream_options.include_usage}), and
 * there are SDKs that take whatever has a usage for the end.
 */
final class UsageAsAsked implements ContentTransform {

  private static final String USAGE = "usage";
  private static final String CHOICES = "choices";

  private final boolean asked;
  private final EventInput input = new EventInput(AnswerForm.SSE, this::event);
  private final EventOutput output = new EventOutput(AnswerForm.SSE, false);
  private @Nullable Map<String, @Nullable Object> last;

  /**
   * @param asked whether the app asked for the usage
   */
  UsageAsAsked(boolean asked) {
    this.asked = asked;
  }

  private void event(StreamEvent event) {
    Map<String, @Nullable Object> chunk = event.data();
    if (chunk == null) {
      tell();
      output.event(event);
    } else if (chunk.get(USAGE) == null || event.failed()) {
      output.event(event);
    } else {
      last = chunk;
      if (!Nodes.list(chunk.get(CHOICES)).isEmpty()) {
        Map<String, @Nullable Object> pieces = new LinkedHashMap<>(chunk);
        pieces.remove(USAGE);
        output.event(new StreamEvent(event.name(), pieces));
      }
    }
  }

  private void tell() {
    Map<String, @Nullable Object> chunk = last;
    last = null;
    if (asked && chunk != null) {
      Map<String, @Nullable Object> usage = new LinkedHashMap<>(chunk);
      usage.put(CHOICES, Nodes.array());
      output.event(StreamEvent.of(usage));
    }
  }

  @Override
  public ByteBuffer apply(ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    input.read(bytes, 0, bytes.length);
    return ByteBuffer.wrap(output.take());
  }

  @Override
  public ByteBuffer finish() {
    input.end();
    tell();
    return ByteBuffer.wrap(output.take());
  }
}
