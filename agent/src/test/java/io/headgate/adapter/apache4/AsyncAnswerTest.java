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
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.nio.ContentDecoder;
import org.apache.http.nio.IOControl;
import org.apache.http.protocol.BasicHttpContext;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.junit.jupiter.api.Test;

class AsyncAnswerTest {

  @Test
  void aSmallChunkKeepsNoMoreThanItsBytes() throws Exception {
    AsyncAnswer answer = AsyncAnswer.asBuilt(new BasicHttpContext());
    answer.responseReceived(new BasicHttpResponse(HttpVersion.HTTP_1_1, 200, "OK"));
    String large = "x".repeat(8192);
    answer.consumeContent(new Pieces("one", large, "two"), new Control());
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

  /** In version 4.1.0 a future that is cancelled tells its callback and does no more. */
  @Test
  void aCutEndsTheExchangeThoughItsFutureCannot() throws Exception {
    Control control = new Control();
    AsyncAnswer answer = AsyncAnswer.asBuilt(new BasicHttpContext());
    answer.sent(new BasicFuture<>(answer.callback()));
    answer.responseReceived(new BasicHttpResponse(HttpVersion.HTTP_1_1, 200, "OK"));
    answer.consumeContent(new Pieces("one", "two"), control);
    answer.cut();
    assertThat(control.shut).isTrue();
  }

  @Test
  void aCutBeforeAnyContentEndsTheExchange() throws Exception {
    Control control = new Control();
    HttpContext context = new BasicHttpContext();
    context.setAttribute(HttpCoreContext.HTTP_CONNECTION, control);
    AsyncAnswer answer = AsyncAnswer.asBuilt(context);
    answer.sent(new BasicFuture<>(answer.callback()));
    answer.responseReceived(new BasicHttpResponse(HttpVersion.HTTP_1_1, 200, "OK"));
    answer.cut();
    assertThat(control.shut).isTrue();
  }

  @Test
  void aConnectionThatTheClientHasBackIsNotCut() throws Exception {
    Control control = new Control();
    AsyncAnswer answer = AsyncAnswer.asBuilt(new BasicHttpContext());
    answer.sent(new BasicFuture<>(answer.callback()));
    answer.responseReceived(new BasicHttpResponse(HttpVersion.HTTP_1_1, 200, "OK"));
    answer.consumeContent(new Pieces("one"), control);
    answer.responseCompleted(null);
    answer.cut();
    assertThat(control.shut).isFalse();
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

  private static final class Control implements IOControl {
    private boolean shut;

    @Override
    public void requestInput() {}

    @Override
    public void suspendInput() {}

    @Override
    public void requestOutput() {}

    @Override
    public void suspendOutput() {}

    @Override
    public void shutdown() {
      shut = true;
    }
  }
}
