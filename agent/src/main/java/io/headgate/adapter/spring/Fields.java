// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Origin;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Spring's header fields from and to the gateway's. Only by methods that {@code HttpHeaders} has
 * with one descriptor in Spring 6, where it is a map, and 7, where it is not.
 */
final class Fields {

  private Fields() {}

  static Headers of(HttpHeaders headers) {
    List<String> flat = new ArrayList<>();
    headers.forEach(
        (name, values) -> {
          for (String value : values) {
            if (value != null) {
              flat.add(name);
              flat.add(value);
            }
          }
        });
    return Headers.ofFlat(flat.toArray(new String[0]));
  }

  /** Such as an answer shows: read-only. */
  static HttpHeaders answer(Headers headers) {
    HttpHeaders fields = new HttpHeaders();
    headers.forEach(fields::add);
    return HttpHeaders.readOnlyHttpHeaders(fields);
  }

  /**
   * Writes a request's fields into that of the client, which has none yet. What depends on the host
   * or on the body's length is made anew if that has changed.
   */
  static void write(GatewayRequest request, GatewayRequest asked, HttpHeaders to) {
    boolean foreign = foreign(asked.uri(), request.uri());
    boolean otherBody = request.body() != asked.body();
    request
        .headers()
        .forEach(
            (name, value) -> {
              boolean stale =
                  (foreign && name.equalsIgnoreCase("host"))
                      || (otherBody && name.equalsIgnoreCase("content-length"));
              if (!stale) {
                to.add(name, value);
              }
            });
    if (otherBody && request.body().bytes().length > 0) {
      to.add("Content-Length", String.valueOf(request.body().bytes().length));
    }
  }

  /** Changes a request's fields as far as the gateway has changed those it was shown. */
  static void change(GatewayRequest request, GatewayRequest asked, HttpHeaders to) {
    Headers before = asked.headers();
    Headers now = request.headers();
    boolean foreign = foreign(asked.uri(), request.uri());
    Headers kept =
        of(to)
            .without(
                name ->
                    (foreign && name.equals("host")) || !before.all(name).equals(now.all(name)));
    to.clear();
    kept.forEach(to::add);
    now.forEach(
        (name, value) -> {
          if (!before.all(name).equals(now.all(name))
              && !(foreign && name.equalsIgnoreCase("host"))) {
            to.add(name, value);
          }
        });
  }

  static boolean foreign(URI asked, URI wanted) {
    return !wanted.equals(asked) && Origin.within(asked, wanted.toString()) == null;
  }

  /** In bytes; -1 if it is not told, or told of the body before it was decoded. */
  static long length(Headers headers) {
    String length = headers.first("Content-Length");
    if (length == null || headers.contains("Content-Encoding")) {
      return -1;
    }
    try {
      return Long.parseLong(length.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  static boolean eventStream(Headers headers) {
    @Nullable String type = headers.first("Content-Type");
    return type != null && type.regionMatches(true, 0, "text/event-stream", 0, 17);
  }
}
