// SPDX-License-Identifier: Apache-2.0
package io.headgate.meter;

import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.gateway.ResponseReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what it is given and answers with the facts it was made with. */
final class RecordingReader implements ResponseReader {

  final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  final List<Boolean> finishes = new ArrayList<>();
  boolean keep = true;
  long count;
  @Nullable RuntimeException failure;
  ResponseFacts facts = facts("gpt-4o-mini", Usage.builder().input(1000).output(500).build(), true);

  static ResponseFacts facts(@Nullable String model, Usage usage, boolean parsed) {
    return new ResponseFacts(
        null, model, List.of(), usage, null, null, null, Usage.UNKNOWN, parsed);
  }

  @Override
  public void read(ByteBuffer chunk) {
    if (failure != null) {
      throw failure;
    }
    count += chunk.remaining();
    byte[] copy = new byte[chunk.remaining()];
    chunk.get(copy);
    if (keep) {
      bytes.writeBytes(copy);
    }
  }

  @Override
  public ResponseFacts finish(boolean complete) {
    finishes.add(complete);
    return facts;
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
