// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.gateway.BodyTap;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TappedInputStreamTest {

  private final List<Integer> chunks = new ArrayList<>();
  private final List<String> endings = new ArrayList<>();
  private final LiveBody body = new LiveBody(fault -> endings.add("fault " + fault));

  TappedInputStreamTest() {
    body.tap(
        new BodyTap() {
          @Override
          public void onBytes(ByteBuffer chunk) {
            chunks.add(chunk.remaining());
          }

          @Override
          public void onEnd() {
            endings.add("end");
          }

          @Override
          public void onError(@Nullable Throwable cause) {
            endings.add("error " + (cause == null ? "none" : cause.getMessage()));
          }
        });
  }

  private TappedInputStream over(InputStream source, long length) {
    return new TappedInputStream(source, body, length, new AnswerBody(new LostBodies()));
  }

  private static final class Source extends FilterInputStream {
    private int ready;
    private @Nullable IOException failure;

    Source(int length) {
      super(new ByteArrayInputStream(new byte[length]));
    }

    @Override
    public int read() throws IOException {
      ready--;
      return super.read();
    }

    @Override
    public int available() throws IOException {
      IOException broken = failure;
      if (broken != null) {
        failure = null;
        throw broken;
      }
      return Math.max(ready, 0);
    }
  }

  @Test
  void bytesReadOneByOneAreShownTogether() throws IOException {
    InputStream in = over(new ByteArrayInputStream(new byte[1000]), -1);
    while (in.read() >= 0) {
      assertThat(endings).isEmpty();
    }
    assertThat(chunks).containsExactly(512, 488);
    assertThat(endings).containsExactly("end");
  }

  @Test
  void theyAreShownBeforeTheNextOneIsWaitedFor() throws IOException {
    Source source = new Source(100);
    InputStream in = over(source, -1);
    source.ready = 3;
    in.read();
    in.read();
    assertThat(chunks).isEmpty();
    in.read();
    assertThat(chunks).containsExactly(3);
    in.read();
    assertThat(chunks).containsExactly(3, 1);
  }

  @Test
  void theyComeBeforeALargerPartAndBeforeTheEnd() throws IOException {
    InputStream in = over(new ByteArrayInputStream(new byte[10]), 10);
    in.read();
    in.read();
    assertThat(in.read(new byte[3])).isEqualTo(3);
    in.read();
    in.close();
    assertThat(chunks).containsExactly(2, 3, 1);
    assertThat(endings).containsExactly("error none");
  }

  @Test
  void bytesReadAgainAreShownOnce() throws IOException {
    InputStream in = over(new ByteArrayInputStream(new byte[4]), 4);
    in.mark(4);
    in.read();
    in.read();
    in.reset();
    for (int i = 0; i < 4; i++) {
      in.read();
    }
    assertThat(chunks.stream().mapToInt(Integer::intValue).sum()).isEqualTo(4);
    assertThat(endings).containsExactly("end");
  }

  @Test
  void aFailureMetWhileLookingAheadIsTheAppsAtItsNextRead() throws IOException {
    Source source = new Source(5);
    InputStream in = over(source, -1);
    IOException broken = new IOException("broken");
    source.failure = broken;
    assertThat(in.read()).isZero();
    assertThat(chunks).containsExactly(1);
    assertThatThrownBy(in::read).isSameAs(broken);
    assertThat(endings).containsExactly("error broken");
  }

  @AfterEach
  void close() {
    Ingress.install(null);
  }

  @Test
  void whatWasReadByteByByteIsSeenWhenTheAppDisconnects() throws IOException {
    try (RawServer server = SideBySide.answering()) {
      Doors door = Doors.watching().open();
      HttpURLConnection connection = SideBySide.ours(URI.create(server.base() + "/ok").toURL());
      InputStream in = connection.getInputStream();
      assertThat(in.read()).isEqualTo('f');
      assertThat(in.read()).isEqualTo('i');
      connection.disconnect();
      assertThat(door.taps.get(0).text()).isEqualTo("fi");
      assertThat(door.taps.get(0).ending).isEqualTo("left");
    }
  }
}
