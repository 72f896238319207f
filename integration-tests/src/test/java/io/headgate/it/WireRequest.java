// SPDX-License-Identifier: Apache-2.0
package io.headgate.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP/1.1 request as it came over the wire.
 *
 * @param line the request line
 * @param headers by name in lower case, values of the same name with commas between
 * @param framing how the body was framed: {@code length}, {@code chunked} or {@code none}
 */
public record WireRequest(String line, Map<String, String> headers, byte[] body, String framing) {

  /** Reads the next request of a connection; null if the client has gone. */
  public static WireRequest read(InputStream in, OutputStream out) throws IOException {
    String line = line(in);
    if (line == null) {
      return null;
    }
    Map<String, String> headers = new TreeMap<>();
    for (String field = line(in); field != null && !field.isEmpty(); field = line(in)) {
      int colon = field.indexOf(':');
      headers.merge(
          field.substring(0, colon).toLowerCase(Locale.ROOT),
          field.substring(colon + 1).trim(),
          (a, b) -> a + ", " + b);
    }
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (true) {
        String head = line(in);
        if (head == null) {
          return null; // The client gave up in the middle of its request.
        }
        int size = Integer.parseInt(head.trim(), 16);
        body.write(in.readNBytes(size));
        line(in);
        if (size == 0) {
          return new WireRequest(line, headers, body.toByteArray(), "chunked");
        }
      }
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new WireRequest(
        line,
        headers,
        in.readNBytes(length),
        headers.containsKey("content-length") ? "length" : "none");
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        return null;
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
