// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.gateway.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.message.BasicHeader;
import org.jspecify.annotations.Nullable;

/** The client's header fields from and to the gateway's. */
final class Fields {

  static final String CONTENT_TYPE = "Content-Type";
  static final String CONTENT_ENCODING = "Content-Encoding";

  private Fields() {}

  static Headers of(HttpMessage message) {
    Header[] own = message.getHeaders();
    String[] flat = new String[2 * own.length];
    for (int i = 0; i < own.length; i++) {
      flat[2 * i] = own[i].getName();
      flat[2 * i + 1] = own[i].getValue() == null ? "" : own[i].getValue();
    }
    return Headers.ofFlat(flat);
  }

  /** A request's fields and those of its body, which the client writes further down. */
  static Headers of(HttpMessage request, @Nullable EntityDetails body) {
    Headers headers = of(request);
    if (body != null && body.getContentType() != null && !headers.contains(CONTENT_TYPE)) {
      headers = headers.with(CONTENT_TYPE, body.getContentType());
    }
    if (body != null && body.getContentEncoding() != null && !headers.contains(CONTENT_ENCODING)) {
      headers = headers.with(CONTENT_ENCODING, body.getContentEncoding());
    }
    return headers;
  }

  static Header[] of(Headers headers) {
    List<Header> all = new ArrayList<>();
    headers.forEach((name, value) -> all.add(new BasicHeader(name, value)));
    return all.toArray(new Header[0]);
  }

  /** Of a request that the gateway changed: without what the client frames it by itself. */
  static Header[] outgoing(Headers headers, boolean foreign) {
    return of(
        headers.without(
            name ->
                name.equals("content-length")
                    || name.equals("transfer-encoding")
                    || (foreign && name.equals("host"))));
  }

  /** As {@code network.protocol.version} wants it. */
  static String protocol(@Nullable ProtocolVersion version) {
    if (version == null) {
      return "";
    }
    return version.getMajor() >= 2
        ? Integer.toString(version.getMajor())
        : version.getMajor() + "." + version.getMinor();
  }

  /** In bytes; -1 if it is not told. */
  static long length(Headers headers) {
    String length = headers.first("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  static boolean eventStream(Headers headers) {
    String type = headers.first(CONTENT_TYPE);
    return type != null && type.regionMatches(true, 0, "text/event-stream", 0, 17);
  }

  /** Whether a body is of a kind that somebody reads. */
  static boolean readable(Headers headers) {
    String type = headers.first(CONTENT_TYPE);
    if (type == null) {
      return false;
    }
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    return media.startsWith("multipart/") || media.endsWith("/json") || media.endsWith("+json");
  }

  /** Whether this is a call in which there is no one answer that ends. */
  static boolean special(String method, HttpMessage request) {
    return method.equalsIgnoreCase("CONNECT")
        || method.equalsIgnoreCase("TRACE")
        || request.containsHeader("Upgrade");
  }
}
