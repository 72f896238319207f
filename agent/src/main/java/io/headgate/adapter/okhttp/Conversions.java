// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** OkHttp's types from and to the gateway's. */
final class Conversions {

  static final String CONTENT_TYPE = "Content-Type";

  private Conversions() {}

  /** The request without its body. */
  static GatewayRequest head(Request request) {
    return new GatewayRequest(
        request.method(), uri(request.url()), requestHeaders(request), RequestBody.NONE);
  }

  /**
   * The URL as it goes over the wire. {@link HttpUrl#uri} would encode anew; it is for the few URLs
   * that {@link URI} does not take as they are, such as those with a bare {@code |}.
   */
  private static URI uri(HttpUrl url) {
    try {
      return new URI(url.toString());
    } catch (URISyntaxException e) {
      return url.uri();
    }
  }

  /** The body's own type goes over a header's, as in OkHttp's BridgeInterceptor. */
  static @Nullable MediaType contentType(Request request) {
    okhttp3.RequestBody body = request.body();
    MediaType own = body == null ? null : body.contentType();
    if (own != null) {
      return own;
    }
    String header = request.header(CONTENT_TYPE);
    return header == null ? null : MediaType.parse(header);
  }

  /** The app's fields and its body's type, which OkHttp writes as a field further down. */
  private static Headers requestHeaders(Request request) {
    Headers headers = headers(request.headers());
    okhttp3.RequestBody body = request.body();
    MediaType own = body == null ? null : body.contentType();
    return own == null ? headers : headers.with(CONTENT_TYPE, own.toString());
  }

  static Headers headers(okhttp3.Headers headers) {
    int size = headers.size();
    String[] flat = new String[2 * size];
    for (int i = 0; i < size; i++) {
      flat[2 * i] = headers.name(i);
      flat[2 * i + 1] = headers.value(i);
    }
    return Headers.ofFlat(flat);
  }

  static okhttp3.Headers headers(Headers headers) {
    okhttp3.Headers.Builder builder = new okhttp3.Headers.Builder();
    // A value with characters beyond ASCII may have come from the app; it was good enough there.
    headers.forEach(builder::addUnsafeNonAscii);
    return builder.build();
  }

  /**
   * A client's own fields with what the gateway changed of them. The others stay as they came, even
   * if a builder would refuse them.
   *
   * @param before as they were shown to the gateway
   */
  static okhttp3.Headers changed(okhttp3.Headers own, Headers before, Headers now) {
    if (before == now) {
      return own;
    }
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    now.forEach((name, value) -> names.add(name));
    before.forEach((name, value) -> names.add(name));
    okhttp3.Headers.Builder builder = own.newBuilder();
    for (String name : names) {
      List<String> values = now.all(name);
      if (!values.equals(before.all(name))) {
        builder.removeAll(name);
        values.forEach(value -> builder.addUnsafeNonAscii(name, value));
      }
    }
    return builder.build();
  }

  /** What the gateway made of a request; what it left alone stays the app's own instance. */
  static Request toOkHttp(GatewayRequest next, GatewayRequest asked, Request unchanged) {
    Request.Builder builder = unchanged.newBuilder();
    HttpUrl url = unchanged.url();
    if (!next.uri().equals(asked.uri())) {
      url = HttpUrl.get(next.uri().toString());
      builder.url(url);
    }
    if (next.headers() != asked.headers()) {
      builder.headers(headers(next.headers()));
    }
    if (url != unchanged.url() || next.headers() != asked.headers()) {
      builder.tag(OriginGuard.Changed.class, OriginGuard.Changed.of(url, next, asked));
    }
    if (!Hosts.sameOrigin(url, unchanged.url())) {
      builder.removeHeader("Host");
    }
    if (next.body() != asked.body() || !next.method().equals(asked.method())) {
      builder.method(next.method(), body(next, asked, unchanged.body()));
    }
    return builder.build();
  }

  private static okhttp3.@Nullable RequestBody body(
      GatewayRequest next, GatewayRequest asked, okhttp3.@Nullable RequestBody original) {
    RequestBody body = next.body();
    if (body == asked.body() || body.opaque()) {
      return original;
    }
    if (body == RequestBody.NONE && original == null) {
      return null;
    }
    String type = next.headers().first(CONTENT_TYPE);
    return CapturedBody.instead(
        body.bytes(),
        type == null ? null : MediaType.parse(type),
        original != null && original.isOneShot());
  }

  static boolean eventStream(Headers headers) {
    String type = headers.first(CONTENT_TYPE);
    return type != null && type.regionMatches(true, 0, "text/event-stream", 0, 17);
  }

  /** As {@code network.protocol.version} wants it. */
  static String protocol(okhttp3.Protocol protocol) {
    return switch (protocol.toString()) {
      case "http/1.0" -> "1.0";
      case "http/1.1" -> "1.1";
      case "h2", "h2_prior_knowledge" -> "2";
      case "h3" -> "3";
      default -> "";
    };
  }
}
