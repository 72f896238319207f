// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.client.BlockingCall;
import io.headgate.client.ContentStream;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** The answer as {@code RestClient} gets it: the client's own in all that was not changed. */
final class BlockingAnswer implements ClientHttpResponse {

  /** In bytes: what a parser may leave of an answer is much less. */
  private static final int REST = 8192;

  private final Outcome<ClientHttpResponse> outcome;
  private final @Nullable ClientHttpResponse own;
  private final HttpHeaders headers;
  private final ContentStream body;

  BlockingAnswer(Outcome<ClientHttpResponse> outcome, BlockingCall<ClientHttpResponse> call) {
    this.outcome = outcome;
    Received<ClientHttpResponse> received = outcome.received();
    this.own = received == null || !outcome.sameHead() ? null : received.own();
    this.headers = own == null ? Fields.answer(outcome.answer().headers()) : own.getHeaders();
    this.body =
        new ContentStream(
            call,
            outcome.content(),
            outcome.sameBody() ? Fields.length(outcome.answer().headers()) : -1,
            Fields.eventStream(outcome.answer().headers()) ? 0 : REST);
  }

  @Override
  public HttpStatusCode getStatusCode() throws IOException {
    return own == null ? HttpStatusCode.valueOf(outcome.answer().status()) : own.getStatusCode();
  }

  @Override
  public String getStatusText() throws IOException {
    if (own != null) {
      return own.getStatusText();
    }
    HttpStatus known = HttpStatus.resolve(outcome.answer().status());
    return known == null ? "" : known.getReasonPhrase();
  }

  @Override
  public HttpHeaders getHeaders() {
    return headers;
  }

  @Override
  public InputStream getBody() {
    return body;
  }

  @Override
  public void close() {
    body.close();
  }
}
