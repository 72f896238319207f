// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.client.BlockingCall;
import io.headgate.client.ContentStream;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;
import org.apache.http.HttpVersion;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.impl.EnglishReasonPhraseCatalog;
import org.apache.http.message.BasicHttpResponse;
import org.apache.http.message.BasicStatusLine;
import org.jspecify.annotations.Nullable;

/** What a call has come to, in the client's types. */
final class ClassicDelivery {

  private final BlockingCall<ClassicAnswer> call;
  private final String method;
  private final BooleanSupplier left;
  private @Nullable ClassicBody body;
  private boolean told;

  /**
   * @param method of the app's request
   * @param left whether the app has aborted it
   */
  ClassicDelivery(BlockingCall<ClassicAnswer> call, String method, BooleanSupplier left) {
    this.call = call;
    this.method = method;
    this.left = left;
  }

  /** The body of what was delivered; null if it has none. */
  @Nullable ClassicBody body() {
    return body;
  }

  /** Whether the client has told the app's context of what was delivered. */
  boolean told() {
    return told;
  }

  CloseableHttpResponse of(Outcome<ClassicAnswer> outcome) {
    Received<ClassicAnswer> received = outcome.received();
    int status = outcome.answer().status();
    if (received == null || received.status() != status) {
      return made(outcome);
    }
    ClassicAnswer answer = received.own();
    CloseableHttpResponse own = answer.response();
    told = answer.publish();
    Fields.change(own, received.headers(), outcome.answer().headers());
    HttpEntity entity = own.getEntity();
    if (entity == null) {
      return empty(outcome, own);
    }
    long length = outcome.sameBody() ? entity.getContentLength() : -1;
    ContentStream stream = new ContentStream(call, outcome.content(), length);
    boolean delimited = entity.isChunked() || entity.getContentLength() >= 0;
    ClassicBody delivered = new ClassicBody(stream, outcome.content(), answer, delimited, left);
    body = delivered;
    AnswerEntity shown = new AnswerEntity(delivered, length, entity.isChunked());
    shown.setContentType(entity.getContentType());
    shown.setContentEncoding(entity.getContentEncoding());
    return new DeliveredResponse(own, shown, delivered);
  }

  private CloseableHttpResponse made(Outcome<ClassicAnswer> outcome) {
    HttpResponse response = madeHead(outcome.answer());
    if (bodiless(method, outcome.answer().status())) {
      return empty(outcome, response);
    }
    Headers headers = outcome.answer().headers();
    long length = Fields.length(headers);
    ContentStream stream = new ContentStream(call, outcome.content(), length);
    ClassicBody delivered = new ClassicBody(stream, outcome.content(), null, false, left);
    body = delivered;
    AnswerEntity shown = new AnswerEntity(delivered, length, length < 0);
    shown.setContentType(headers.first(Fields.TYPE));
    return new DeliveredResponse(response, shown, delivered);
  }

  /** The end of a body that the app does not know of is heard of here. */
  private CloseableHttpResponse empty(Outcome<ClassicAnswer> outcome, HttpResponse head) {
    ContentStream end = new ContentStream(call, outcome.content(), 0);
    return new DeliveredResponse(head, null, end);
  }

  static HttpResponse madeHead(GatewayResponse answer) {
    int status = answer.status();
    String reason =
        status >= 100 && status < 600
            ? EnglishReasonPhraseCatalog.INSTANCE.getReason(status, Locale.ENGLISH)
            : null;
    HttpResponse response =
        new BasicHttpResponse(new BasicStatusLine(HttpVersion.HTTP_1_1, status, reason));
    answer.headers().forEach(response::addHeader);
    return response;
  }

  /** As in the client's HttpRequestExecutor. */
  static boolean bodiless(String method, int status) {
    return method.equalsIgnoreCase("HEAD") || status == 204 || status == 304 || status == 205;
  }
}
