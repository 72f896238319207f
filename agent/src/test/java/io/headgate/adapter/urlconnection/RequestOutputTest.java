// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestOutputTest {

  private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
  private RequestOutput output = new RequestOutput(true, -1, this::open);
  private int opened;

  private ByteArrayOutputStream open() throws IOException {
    opened++;
    output.replay(wire);
    return wire;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aBufferedBodyIsHeldOnceWhenItIsLong() throws IOException {
    output = new RequestOutput(false, -1, this::open);
    byte[] most = new byte[(int) RequestBody.CAPTURE_LIMIT];
    output.write(most);
    assertThat(opened).isZero();
    output.write(1);
    output.write(2);
    assertThat(opened).isEqualTo(1);
    assertThat(wire.size()).isEqualTo(most.length + 2);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    output.replay(kept);
    assertThat(kept.size()).isZero();
  }

  @Test
  void aFlushedPartIsNotHeldBack() throws IOException {
    output.write(bytes("part one"));
    assertThat(opened).isZero();
    output.flush();
    assertThat(wire).hasToString("part one");
    output.write(bytes(", two"));
    assertThat(wire).hasToString("part one, two");
    assertThat(opened).isEqualTo(1);
  }

  @Test
  void aWriterThatFlushesAsItClosesLeavesTheBodyToBeSeen() throws IOException {
    try (Writer writer = new OutputStreamWriter(output, StandardCharsets.UTF_8)) {
      writer.write("{\"model\":\"m\"}\n");
    }
    assertThat(opened).isZero();
    assertThat(output.finish().text()).isEqualTo("{\"model\":\"m\"}\n");
  }

  @Test
  void whatFollowsAFlushedObjectSendsItOn() throws IOException {
    output.write(bytes("{}"));
    output.flush();
    assertThat(opened).isZero();
    output.write(bytes("\n{}"));
    assertThat(wire).hasToString("{}\n{}");
  }

  @Test
  void withoutStreamingAFlushSendsNothing() throws IOException {
    output = new RequestOutput(false, -1, this::open);
    output.write(bytes("part"));
    output.flush();
    assertThat(opened).isZero();
    assertThat(output.finish().text()).isEqualTo("part");
    ByteArrayOutputStream again = new ByteArrayOutputStream();
    output.replay(again);
    output.replay(again);
    assertThat(again).hasToString("partpart");
  }

  @AfterEach
  void close() {
    Ingress.install(null);
  }

  @Test
  void aFlushedPartIsSentAndUnseen() throws IOException {
    try (RawServer server = SideBySide.answering()) {
      Doors door = Doors.watching().open();
      HttpURLConnection connection = SideBySide.ours(URI.create(server.base() + "/ok").toURL());
      connection.setDoOutput(true);
      connection.setChunkedStreamingMode(0);
      OutputStream out = connection.getOutputStream();
      out.write("live".getBytes(StandardCharsets.UTF_8));
      out.flush();
      assertThat(door.requests).hasSize(1);
      assertThat(door.requests.get(0).body().opaque()).isTrue();
      out.write(" on".getBytes(StandardCharsets.UTF_8));
      out.close();
      assertThat(connection.getResponseCode()).isEqualTo(200);
      assertThat(server.requests().get(0)).endsWith("4\r\nlive\r\n3\r\n on\r\n0\r\n\r\n");
      assertThat(door.faults).isEmpty();
    }
  }
}
