// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

class LazyBodyTest {

  private int failures;

  @Test
  void aLineIsHandedOnBeforeTheNextOneIsThere() throws Exception {
    InputStream sent = bytes("data: 1\n\ndata: 2");
    LazyBody body = new LazyBody(new Answer(sent), true);
    byte[] read = new byte[100];

    assertThat(body.read(read)).isEqualTo(8);

    assertThat(new String(read, 0, 8, StandardCharsets.UTF_8)).isEqualTo("data: 1\n");
    assertThat(sent.available()).isEqualTo(8);
  }

  @Test
  void linesAddUpToTheWhole() throws Exception {
    LazyBody body = new LazyBody(new Answer(bytes("data: 1\n\ndata: 2\r\n\r\nend")), true);

    assertThat(new String(body.readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("data: 1\n\ndata: 2\r\n\r\nend");
    assertThat(body.read(new byte[10])).isEqualTo(-1);
  }

  @Test
  void aLineThatIsTooLongComesInPieces() throws Exception {
    LazyBody body = new LazyBody(new Answer(bytes("data: 1\n")), true);

    assertThat(body.read(new byte[10], 2, 5)).isEqualTo(5);
    assertThat(body.read(new byte[10], 2, 5)).isEqualTo(3);
    assertThat(body.read(new byte[0])).isZero();
  }

  @Test
  void whatCameBeforeAFailureIsReadFirst() throws Exception {
    IOException cut = new IOException("cut");
    LazyBody body = new LazyBody(new Answer(failing("da", cut)), true);

    assertThat(body.read(new byte[10])).isEqualTo(2);
    assertThatThrownBy(() -> body.read(new byte[10])).isSameAs(cut);
    assertThatThrownBy(() -> body.read(new byte[10])).isSameAs(cut);
    assertThat(failures).isEqualTo(1);
  }

  @Test
  void aBodyThatIsNotReadByLinesFillsTheArray() throws Exception {
    LazyBody body = new LazyBody(new Answer(bytes("data: 1\n\n")), false);

    assertThat(body.read(new byte[100])).isEqualTo(9);
  }

  @Test
  void theEndOfABodyThatWasCutIsAFailure() {
    LazyBody body = new LazyBody(new Answer(bytes("")), true);
    body.cut();

    assertThatThrownBy(() -> body.read(new byte[10])).isInstanceOf(IOException.class);
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private InputStream failing(String before, IOException failure) {
    InputStream sent = bytes(before);
    return new InputStream() {
      @Override
      public int read() throws IOException {
        int next = sent.read();
        if (next < 0) {
          failures++;
          throw failure;
        }
        return next;
      }
    };
  }

  private record Answer(InputStream body) implements ClientHttpResponse {

    @Override
    public HttpStatusCode getStatusCode() {
      return HttpStatus.OK;
    }

    @Override
    public String getStatusText() {
      return "OK";
    }

    @Override
    public HttpHeaders getHeaders() {
      return new HttpHeaders();
    }

    @Override
    public InputStream getBody() {
      return body;
    }

    @Override
    public void close() {}
  }
}
