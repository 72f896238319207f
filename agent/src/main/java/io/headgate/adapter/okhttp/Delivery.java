// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Makes OkHttp's answer of one whose content is pulled, be it an attempt's or of our own making.
 */
final class Delivery {

  private final Interceptor.Chain chain;
  private final Patience patience;
  private final @Nullable OkHttpAttempts attempts;

  /**
   * @param attempts what was sent for this call; null if that cannot be
   */
  Delivery(Interceptor.Chain chain, Patience patience, @Nullable OkHttpAttempts attempts) {
    this.chain = chain;
    this.patience = patience;
    this.attempts = attempts;
  }

  /**
   * The answer for the app. Its request is the one the app made. All that OkHttp knows of an
   * attempt's answer stays with it, even if its status, fields or content were changed.
   */
  Response of(GatewayResponse decided, Content content) throws IOException {
    try {
      AttemptSource from = behind(decided, content);
      Request asked = chain.request();
      Response.Builder builder = from == null ? made(decided) : changed(from, decided);
      String type = decided.headers().first(Conversions.CONTENT_TYPE);
      long length = length(from, decided, content);
      PulledBody body =
          new PulledBody(
              content,
              type == null ? null : MediaType.parse(type),
              length,
              patience,
              attempts,
              from == null ? Timeout.NONE : from.timeout());
      Response response = builder.request(asked).body(body).build();
      if (attempts != null) {
        attempts.delivering(content, Conversions.eventStream(decided.headers()));
      }
      if (from != null) {
        from.deliver(patience.deadlineNanos());
      }
      if (length == 0 || bodiless(asked, decided.status())) {
        // Nobody needs to read or close it: the end is known, and is to be heard of.
        body.source().exhausted();
      }
      return response;
    } catch (IOException e) {
      close(content);
      throw e;
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
      close(content);
      throw new IOException("the answer cannot be delivered", t);
    }
  }

  /** What attempts have come to that left the app without an answer. */
  Response remaining(@Nullable Throwable ended) throws IOException {
    OkHttpAttempts made = attempts;
    Throwable thrown = ended;
    if (made != null && (ended == null || !made.mayEndWith(ended))) {
      AttemptSource last = made.lastOpen();
      if (last != null && !last.shared()) {
        return of(last.head(), last.content());
      }
      thrown = made.lastThrown();
    }
    if (made != null) {
      made.close();
    }
    throw Unchecked.<IOException>sneak(
        thrown != null ? thrown : new IOException("no answer is left", ended));
  }

  private static boolean bodiless(Request asked, int status) {
    return status == 204 || status == 304 || asked.method().equals("HEAD");
  }

  private void close(Content content) {
    content.close();
    if (attempts != null) {
      attempts.close();
    }
  }

  /** The attempt whose answer this is, changed or not: all others were given up. */
  private @Nullable AttemptSource behind(GatewayResponse decided, Content content) {
    AttemptSource last = attempts == null ? null : attempts.lastOpen();
    return last != null && (content == last.content() || decided.status() == last.response().code())
        ? last
        : null;
  }

  /** Of changed content nobody knows the length. */
  private static long length(
      @Nullable AttemptSource from, GatewayResponse decided, Content content) {
    if (from != null) {
      return content == from.content() ? from.contentLength() : -1;
    }
    String declared = decided.headers().first("Content-Length");
    try {
      return declared == null ? -1 : Long.parseLong(declared.trim());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static Response.Builder changed(AttemptSource from, GatewayResponse decided) {
    Response theirs = from.response();
    Response.Builder builder =
        theirs
            .newBuilder()
            .headers(
                Conversions.changed(theirs.headers(), from.head().headers(), decided.headers()));
    return decided.status() == theirs.code()
        ? builder
        : builder.code(decided.status()).message(ReasonPhrase.of(decided.status()));
  }

  private static Response.Builder made(GatewayResponse decided) {
    long now = System.currentTimeMillis();
    return new Response.Builder()
        .protocol(Protocol.HTTP_1_1)
        .code(decided.status())
        .message(ReasonPhrase.of(decided.status()))
        .headers(Conversions.headers(decided.headers()))
        .sentRequestAtMillis(now)
        .receivedResponseAtMillis(now);
  }
}
