// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import java.net.URI;
import java.util.Locale;

/** Of a URI, what says which answer is wanted: neither how it is framed nor who asks for it. */
final class KeyUri {

  /** How paths that ask for a stream end, and those that ask for the same as a whole. */
  private static final String[][] STREAMS = {
    {":streamGenerateContent", ":generateContent"},
    {":streamRawPredict", ":rawPredict"},
    {"/converse-stream", "/converse"},
    {"/invoke-with-response-stream", "/invoke"},
    {"/invocations-response-stream", "/invocations"},
    {"/chat_stream", "/chat"}
  };

  private KeyUri() {}

  /** Scheme, host and port; what stands before the host may be a credential. */
  static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() != -1 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + host + ":" + port;
  }

  /** The path; one that asks for a stream is the one that asks for the whole answer. */
  static String path(Endpoint endpoint, URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (endpoint.streaming() && endpoint.format() != WireFormat.OTHER) {
      for (String[] ends : STREAMS) {
        if (path.endsWith(ends[0])) {
          return path.substring(0, path.length() - ends[0].length()) + ends[1];
        }
      }
    }
    return path;
  }

  /** The query, byte for byte but for Google's {@code key} and {@code alt}. */
  static String query(Endpoint endpoint, URI uri) {
    String query = uri.getRawQuery();
    if (query == null || !googles(endpoint)) {
      return query == null ? "" : query;
    }
    StringBuilder kept = new StringBuilder(query.length());
    for (int from = 0; from <= query.length(); ) {
      int ampersand = query.indexOf('&', from);
      int end = ampersand < 0 ? query.length() : ampersand;
      String parameter = query.substring(from, end);
      if (!parameter.startsWith("key=")
          && !parameter.equals("alt=sse")
          && !parameter.equals("alt=json")) {
        kept.append(kept.isEmpty() ? "" : "&").append(parameter);
      }
      from = end + 1;
    }
    return kept.toString();
  }

  private static boolean googles(Endpoint endpoint) {
    return endpoint.format() == WireFormat.GEMINI
        || endpoint.provider().equals("gemini")
        || endpoint.provider().equals("vertex");
  }
}
