// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.client.BlockingCall;
import io.headgate.client.ContentStream;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.gateway.Headers;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/** What the app gets, in the client's types. */
final class ClassicDelivery {

  /** In bytes. What parsers leave unread is a few. */
  private static final int REST = 16 << 10;

  private ClassicDelivery() {}

  static ClassicHttpResponse of(Outcome<Answer> outcome, BlockingCall<?> call, String method) {
    Received<Answer> received = outcome.received();
    Answer answer = received == null ? null : received.own();
    HttpEntity theirs = answer == null ? null : answer.entity();
    Headers headers = outcome.answer().headers();
    int rest = Fields.eventStream(headers) ? 0 : REST;
    if ((answer != null && theirs == null && outcome.sameBody()) || bodiless(outcome, method)) {
      new ContentStream(call, outcome.content(), 0).close();
      return head(outcome, answer, headers);
    }
    HttpEntity original = outcome.sameBody() ? theirs : null;
    long length = original == null ? Fields.length(headers) : original.getContentLength();
    ContentStream stream = new ContentStream(call, outcome.content(), length, rest);
    ClassicHttpResponse response = head(outcome, answer, headers);
    response.setEntity(
        new DeliveredEntity(
            stream,
            length,
            original == null ? headers.first(Fields.CONTENT_TYPE) : original.getContentType(),
            original == null
                ? headers.first(Fields.CONTENT_ENCODING)
                : original.getContentEncoding(),
            original));
    return response;
  }

  private static boolean bodiless(Outcome<Answer> outcome, String method) {
    int status = outcome.answer().status();
    return method.equalsIgnoreCase("HEAD") || status == 204 || status == 304;
  }

  /**
   * The client's own answer if it is that, and the app's alone: closing it ends what is under way.
   */
  private static ClassicHttpResponse head(
      Outcome<Answer> outcome, @Nullable Answer answer, Headers headers) {
    if (answer == null) {
      return made(outcome, headers);
    }
    ClassicHttpResponse own = answer.response();
    ClassicHttpResponse response = answer.shareable() ? copy(own) : own;
    if (!outcome.sameHead()) {
      if (outcome.answer().status() != own.getCode()) {
        response.setCode(outcome.answer().status());
      }
      response.setHeaders(Fields.of(headers));
    }
    return response;
  }

  private static ClassicHttpResponse made(Outcome<Answer> outcome, Headers headers) {
    ClassicHttpResponse response = new BasicClassicHttpResponse(outcome.answer().status());
    response.setHeaders(Fields.of(headers));
    return response;
  }

  private static ClassicHttpResponse copy(ClassicHttpResponse own) {
    ClassicHttpResponse copy = new BasicClassicHttpResponse(own.getCode(), own.getReasonPhrase());
    copy.setVersion(own.getVersion());
    Locale locale = own.getLocale();
    if (locale != null) {
      copy.setLocale(locale);
    }
    copy.setHeaders(own.getHeaders());
    return copy;
  }
}
