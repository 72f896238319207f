// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import io.headgate.client.Unsent;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** The app's request as we have it, and requests of ours as the SDK has them. */
final class Outgoing {

  private final SdkHttpRequest app;
  private final GatewayRequest asked;
  private final Signature signature;

  private Outgoing(
      SdkHttpRequest app, GatewayRequest asked, @Nullable Renewal renewal, LongSupplier nanos) {
    this.app = app;
    this.asked = asked;
    this.signature = new Signature(asked, renewal, nanos);
  }

  static Outgoing of(SdkHttpRequest app, RequestBody body) {
    return of(app, body, System::nanoTime);
  }

  /**
   * @param nanos as {@link System#nanoTime}
   */
  static Outgoing of(SdkHttpRequest app, RequestBody body, LongSupplier nanos) {
    Renewal renewal = body.opaque() || Signature.isChunked(app) ? null : renewal(app);
    Headers headers = Headers.of(app.headers());
    GatewayRequest asked =
        new GatewayRequest(app.method().name(), app.getUri(), headers, body, renewal != null);
    return new Outgoing(app, asked, renewal, nanos);
  }

  private static @Nullable Renewal renewal(SdkHttpRequest app) {
    Object run = Signatures.take(app);
    return run == null ? null : SdkRenewal.of(run);
  }

  /** The app's request. */
  GatewayRequest asked() {
    return asked;
  }

  /**
   * A request for the SDK's client, signed if the app's was; the app's own one if that is wanted
   * and not too old.
   *
   * @throws Unsent if it would have to be signed and cannot be
   */
  SdkHttpRequest request(GatewayRequest wanted) {
    boolean own = wanted == asked;
    if (own && !signature.aged()) {
      return app;
    }
    try {
      return signature.renewed(wanted, own ? app : built(wanted));
    } catch (Unsigned | RuntimeException e) {
      if (own) {
        return app; // It may still be taken.
      }
      throw new Unsent(e);
    }
  }

  private SdkHttpRequest built(GatewayRequest wanted) {
    SdkHttpRequest.Builder builder = app.toBuilder();
    if (!wanted.method().equals(asked.method())) {
      builder.method(SdkHttpMethod.fromValue(wanted.method()));
    }
    builder.clearHeaders();
    wanted.headers().toMap().forEach(builder::putHeader);
    if (!wanted.uri().equals(asked.uri())) {
      lead(builder, wanted.uri());
    }
    if (wanted.body() != asked.body() && !wanted.body().opaque()) {
      // What sums up the app's body is not ours; a signer that adds such a field adds it again.
      Headers changed = wanted.headers();
      changed.forEach(
          (name, value) -> {
            if (isChecksum(name.toLowerCase(Locale.ROOT))) {
              builder.removeHeader(name);
            }
          });
    }
    int length = wanted.body().bytes().length;
    if (!wanted.body().opaque() && (length > 0 || asked.headers().contains("content-length"))) {
      builder.removeHeader("Transfer-Encoding");
      builder.putHeader("Content-Length", Integer.toString(length));
    }
    return builder.build();
  }

  private static boolean isChecksum(String lowerCaseName) {
    return lowerCaseName.equals("content-md5") || lowerCaseName.startsWith("x-amz-checksum-");
  }

  private void lead(SdkHttpRequest.Builder builder, URI uri) {
    builder.protocol(uri.getScheme());
    builder.host(uri.getHost());
    builder.port(uri.getPort() < 0 ? null : uri.getPort());
    builder.encodedPath(uri.getRawPath());
    builder.clearQueryParameters();
    String query = uri.getRawQuery();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (!name.isEmpty()) {
        builder.appendRawQueryParameter(
            decoded(name), equals < 0 ? null : decoded(parameter.substring(equals + 1)));
      }
    }
    if (asked.headers().contains("host")) {
      builder.putHeader("Host", uri.getPort() < 0 ? uri.getHost() : uri.getRawAuthority());
    } // Without a signature there is none: each client then writes it in its own way.
  }

  private static String decoded(String text) {
    // A plus sign is one in the queries of URIs, but not in forms, which this decoder is for.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
