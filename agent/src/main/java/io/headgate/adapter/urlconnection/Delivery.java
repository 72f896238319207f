// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns the answer a call ended with into the connection the app is to see. */
final class Delivery {

  private final GatewayRequest original;
  private final Likeness likeness;
  private final AnswerBody owner;
  private final @Nullable ManagedAttempts attempts;

  Delivery(
      GatewayRequest original,
      Likeness likeness,
      AnswerBody owner,
      @Nullable ManagedAttempts attempts) {
    this.original = original;
    this.likeness = likeness;
    this.owner = owner;
    this.attempts = attempts;
  }

  /**
   * The connection for an answer.
   *
   * @param response has a content
   */
  DeliveredConnection of(GatewayResponse response) {
    Content content = Objects.requireNonNull(response.content());
    ManagedAttempts all = attempts;
    ManagedAttempt exact = all == null ? null : all.of(response.body());
    ManagedAttempt behind = exact != null || all == null ? exact : all.newestOpen();
    if (all != null && (exact != null || behind == null)) {
      all.closeAllBut(exact);
    }
    int status = response.status();
    // What the connection says and throws holds as long as the status is its own.
    ManagedAttempt same = behind != null && statusOf(behind) == status ? behind : null;
    String line = same == null ? null : same.connection().getHeaderField(0);
    HeadFields fields =
        HeadFields.of(line == null ? StatusLine.of(status) : line, response.headers());
    URL url = behind != null && behind.moved() ? behind.connection().getURL() : likeness.url();
    long length = length(status, fields);
    // An answer that was changed may be longer than it says.
    long trusted = behind == exact || length == 0 ? length : -1;
    ContentInputStream stream = new ContentInputStream(content, trusted, below(behind, exact));
    IOException first = same != null ? same.thrown() : status < 400 ? null : thrown(status, url);
    DeliveredConnection connection =
        new DeliveredConnection(
            likeness.origin(),
            url,
            behind == null ? null : behind.connection(),
            original.method(),
            fields,
            status,
            stream,
            length == 0,
            first);
    owner.begin(content.body());
    stream.endIfEmpty();
    return connection;
  }

  private static int statusOf(ManagedAttempt attempt) {
    try {
      return attempt.connection().getResponseCode();
    } catch (IOException e) {
      return -1;
    }
  }

  /** In bytes; -1 if the head does not tell. */
  private long length(int status, HeadFields fields) {
    if (status == HttpURLConnection.HTTP_NO_CONTENT
        || status == HttpURLConnection.HTTP_NOT_MODIFIED
        || original.method().equals("HEAD")) {
      return 0;
    }
    String length = fields.last("Content-Length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** What the JDK's connection throws at a bad status. */
  private static IOException thrown(int status, URL url) {
    return status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_GONE
        ? new FileNotFoundException(url.toString())
        : new IOException("Server returned HTTP response code: " + status + " for URL: " + url);
  }

  private ContentInputStream.Below below(
      @Nullable ManagedAttempt behind, @Nullable ManagedAttempt exact) {
    AnswerBody body = owner;
    ManagedAttempts all = attempts;
    return new ContentInputStream.Below() {
      @Override
      public int available() throws IOException {
        AnswerSource source = behind == null ? null : behind.source();
        return source == null || source.closed() ? 0 : source.available();
      }

      @Override
      public void over() {
        body.ended();
        if (all != null && exact == null) {
          // Its bytes came from one of them, changed.
          all.closeAllBut(null);
        }
      }

      @Override
      public void left() {
        if (all != null) {
          all.abandon();
        }
      }
    };
  }
}
