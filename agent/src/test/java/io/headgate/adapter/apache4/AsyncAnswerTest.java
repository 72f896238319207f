// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.http.HttpVersion;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.junit.jupiter.api.Test;

class AsyncAnswerTest {

  @Test
  void aSmallChunkKeepsNoMoreThanItsBytes() throws Exception {
    AsyncAnswer answer = new AsyncAnswer(null, null);
    answer.responseReceived(new BasicHttpResponse(HttpVersion.HTTP_1_1, 200, "OK"));
    String large = "x".repeat(8192);
    answer.consumeContent(new Pieces("one", large, "two"), new NoControl());
    answer.responseCompleted(null);
    List<ByteBuffer> chunks = new ArrayList<>();
    ByteBuffer chunk;
    while ((chunk = answer.head().join().body().next().toCompletableFuture().join()) != null) {
      chunks.add(chunk);
    }
    assertThat(chunks)
        .extracting(kept -> StandardCharsets.UTF_8.decode(kept.duplicate()).toString())
        .containsExactly("one", large, "two");
    assertThat(chunks).allSatisfy(kept -> assertThat(kept.capacity()).isEqualTo(kept.limit()));
  }

  /** Brings one piece at a time. */
  private static final class Pieces implements ContentDecoder {
    private final Queue<byte[]> pieces = new ArrayDeque<>();

    Pieces(String... texts) {
      for (String text : texts) {
        pieces.add(text.getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public int read(ByteBuffer target) {
      byte[] piece = pieces.poll();
      if (piece == null) {
        return -1;
      }
      target.put(piece);
      return piece.length;
    }

    @Override
    public boolean isCompleted() {
      return pieces.isEmpty();
    }
  }

  private static final class NoControl implements IOControl {
    @Override
    public void requestInput() {}

    @Override
    public void suspendInput() {}

    @Override
    public void requestOutput() {}

    @Override
    public void suspendOutput() {}

    @Override
    public void shutdown() {}
  }
}
