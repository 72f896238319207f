// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * Writes an answer part by part, at the pace and with the accidents its script asks for. The way to
 * break a connection in mid-answer is to throw: the server then closes it without the end marker.
 */
final class ReplyWriter {

  private final CountDownLatch closed;

  /**
   * @param closed released when the stand-in closes, which ends every wait here
   */
  ReplyWriter(CountDownLatch closed) {
    this.closed = closed;
  }

  void write(HttpExchange exchange, Reply reply, Script script) throws IOException {
    pause(script.number("delay-ms", 0));
    if (script.has("hang")) {
      hang();
    }
    boolean gzip = script.has("gzip");
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("content-type", reply.contentType());
    if (gzip) {
      exchange.getResponseHeaders().set("content-encoding", "gzip");
    }
    if (reply.streamed()) {
      exchange.getResponseHeaders().set("cache-control", "no-cache");
      exchange.sendResponseHeaders(reply.status(), 0);
      OutputStream body = exchange.getResponseBody();
      // Every flush of the inner stream ends a deflate block: events can be read one by one.
      stream(gzip ? new GZIPOutputStream(body, 8192, true) : body, reply.parts(), script);
    } else {
      whole(exchange, reply, script, gzip);
    }
    exchange.close();
  }

  private void stream(OutputStream out, List<byte[]> parts, Script script) throws IOException {
    int cut = script.number("cut-after", Integer.MAX_VALUE);
    int hang = script.number("hang-after", Integer.MAX_VALUE);
    int pause = script.number("chunk-delay-ms", 0);
    int sent = 0;
    // So that the client has the status and the headers even if no part follows.
    out.flush();
    for (byte[] part : split(parts, script)) {
      if (sent == cut) {
        throw new IOException("cut as scripted");
      }
      if (sent == hang) {
        hang();
      }
      if (sent > 0) {
        pause(pause);
      }
      out.write(part);
      out.flush();
      sent++;
    }
    out.close();
  }

  private void whole(HttpExchange exchange, Reply reply, Script script, boolean gzip)
      throws IOException {
    byte[] body = reply.parts().get(0);
    if (gzip) {
      body = gzip(body);
    }
    // Zero would mean chunked to this server, and -1 means no body.
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length == 0) {
      return;
    }
    OutputStream out = exchange.getResponseBody();
    int cut = script.number("cut-after", Integer.MAX_VALUE);
    if (cut < body.length) {
      out.write(body, 0, cut);
      out.flush();
      throw new IOException("cut as scripted");
    }
    for (byte[] part : split(List.of(body), script)) {
      out.write(part);
      out.flush();
    }
  }

  private static List<byte[]> split(List<byte[]> parts, Script script) {
    int size = script.number("split", 0);
    if (size <= 0) {
      return parts;
    }
    List<byte[]> split = new ArrayList<>();
    for (byte[] part : parts) {
      for (int start = 0; start < part.length; start += size) {
        split.add(Arrays.copyOfRange(part, start, Math.min(part.length, start + size)));
      }
    }
    return split;
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(body);
    }
    return bytes.toByteArray();
  }

  private void hang() throws IOException {
    pause(Integer.MAX_VALUE);
    throw new IOException("hung as scripted");
  }

  private void pause(int millis) throws IOException {
    try {
      if (millis > 0 && closed.await(millis, TimeUnit.MILLISECONDS)) {
        throw new IOException("the stand-in was closed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
