// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.http.StreamingHttpOutputMessage.Body;

class WrittenBodyTest {

  private static final int LIMIT = (int) RequestBody.CAPTURE_LIMIT;

  private final byte[] large = new byte[2 * LIMIT + 1234];

  {
    new Random(1).nextBytes(large);
  }

  @Test
  void aBodyWithinTheLimitIsCapturedAndCanBeSentAtAnyTime() throws Exception {
    byte[] most = Arrays.copyOf(large, LIMIT);
    WrittenBody body = WrittenBody.of(once(most));
    body.close();

    assertThat(body.captured().opaque()).isFalse();
    assertThat(body.captured().bytes()).isEqualTo(most);
    assertThat(sent(body)).isEqualTo(most);
  }

  @Test
  void aLargeBodyThatTheAppCanWriteAgainIsNotWrittenToItsEnd() throws Exception {
    Body endless =
        repeatable(
            out -> {
              while (true) {
                out.write(large, 0, 4096);
              }
            });

    try (WrittenBody body = WrittenBody.of(endless)) {
      assertThat(body.captured().opaque()).isTrue();
      assertThat(body.whole()).isSameAs(endless);
      assertThat(body.held()).isZero();
    }
  }

  @Test
  void howTheAppWrapsWhatItIsStoppedWithDoesNotMatter() throws Exception {
    Body wrapping =
        repeatable(
            out -> {
              try {
                out.write(large);
              } catch (IOException e) {
                throw new IllegalStateException("cannot be written", e);
              }
            });

    try (WrittenBody body = WrittenBody.of(wrapping)) {
      assertThat(body.captured().opaque()).isTrue();
    }
  }

  @Test
  void aLargeBodyThatIsWrittenOnceIsNotHeldInMemory() throws Exception {
    try (WrittenBody body = WrittenBody.of(once(large))) {
      assertThat(body.captured().opaque()).isTrue();
      assertThat(body.held()).isLessThanOrEqualTo(LIMIT);
      assertThat(sent(body)).isEqualTo(large);
      assertThat(sent(body)).isEqualTo(large);
    }
  }

  @Test
  void whoHasBegunToSendALargeBodyEndsThat() throws Exception {
    WrittenBody body = WrittenBody.of(once(large));
    ByteArrayOutputStream sent = new ByteArrayOutputStream();

    body.whole()
        .writeTo(
            new OutputStream() {
              @Override
              public void write(int b) {
                sent.write(b);
              }

              @Override
              public void write(byte[] bytes, int from, int length) {
                body.close();
                sent.write(bytes, from, length);
              }
            });

    assertThat(sent.toByteArray()).isEqualTo(large);
    assertThatThrownBy(() -> sent(body)).isInstanceOf(IOException.class);
  }

  @Test
  void theAppsOwnFailureIsNotOurs() {
    IOException own = new IOException("cannot be written");

    assertThatThrownBy(
            () ->
                WrittenBody.of(
                    repeatable(
                        out -> {
                          throw own;
                        })))
        .isSameAs(own);
    assertThatThrownBy(
            () ->
                WrittenBody.of(
                    out -> {
                      out.write(large);
                      throw own;
                    }))
        .isSameAs(own);
  }

  private static byte[] sent(WrittenBody body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    body.whole().writeTo(out);
    return out.toByteArray();
  }

  /** In parts of an odd length, and byte by byte in the end. */
  private static Body once(byte[] bytes) {
    return out -> {
      int at = 0;
      for (; at + 9999 < bytes.length; at += 9999) {
        out.write(bytes, at, 9999);
      }
      for (; at < bytes.length; at++) {
        out.write(bytes[at]);
      }
    };
  }

  private static Body repeatable(Body body) {
    return new Body() {
      @Override
      public void writeTo(OutputStream out) throws IOException {
        body.writeTo(out);
      }

      @Override
      public boolean repeatable() {
        return true;
      }
    };
  }
}
