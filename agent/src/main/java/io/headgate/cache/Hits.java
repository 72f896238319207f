// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Cost;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.CacheResult;
import io.headgate.gateway.CacheResult.Status;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.state.EntryKey;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes of stored answers, and of those to other calls, what one call gets. */
final class Hits {

  private static final long MILLIS_PER_SECOND = 1_000;

  private final CacheTools tools;
  private final CachePolicy policy;
  private final Caller caller;
  private final Question question;
  private final Exchange exchange;
  private final AnswerForm asked;
  private final Supplier<EntryKey> key;

  Hits(
      CacheTools tools,
      CachePolicy policy,
      Caller caller,
      Question question,
      Exchange exchange,
      AnswerForm asked,
      Supplier<EntryKey> key) {
    this.tools = tools;
    this.policy = policy;
    this.caller = caller;
    this.question = question;
    this.exchange = exchange;
    this.asked = asked;
    this.key = key;
  }

  /** A stored answer, in the form that is asked for; null if it cannot be given in that form. */
  @Nullable Looked of(StoredAnswer answer, Status status) {
    return of(answer, status, -1);
  }

  /**
   * A stored answer, in the form that is asked for; null if it cannot be given in that form.
   *
   * @param similarity of its question to this one; -1 if they are the same
   */
  @Nullable Looked of(StoredAnswer answer, Status status, double similarity) {
    boolean usage = question.facts().streamUsage();
    // What the server sent when it was asked the same is what it would send.
    boolean same = asked == answer.form() && usage == answer.streamUsage();
    byte[] body = same ? answer.body() : converted(answer, usage);
    if (body == null) {
      return null;
    }
    Headers headers = answer.headers();
    if (asked != answer.form()) {
      String type = tools.forms().contentType(asked);
      headers = headers.with("content-type", type == null ? "application/json" : type);
    }
    if (asked == AnswerForm.WHOLE) {
      headers = headers.with("content-length", Integer.toString(body.length));
    }
    Attempt attempt = new Attempt(question.endpoint(), question.facts(), null, null);
    attempt.responseFacts(facts(answer));
    ContentSource source = Replay.of(answer, body, asked, policy.replay(), tools.forms(), caller);
    long age = Math.max(0, tools.home().nowMillis() - answer.createdMillis());
    exchange.cache(
        new CacheResult(
            status,
            key.get().toString(),
            age / MILLIS_PER_SECOND,
            similarity,
            answer.cost(),
            null,
            null));
    return Looked.answered(
        GatewayResponse.of(answer.status(), headers, "", content(source)), attempt);
  }

  private byte @Nullable [] converted(StoredAnswer answer, boolean usage) {
    return tools.forms().converted(question.endpoint(), answer.form(), answer.body(), asked, usage);
  }

  /** The answer to another call, while it comes. */
  Looked live(Flight.Begun begun, ContentSource source, Flight flight) {
    GatewayResponse head = begun.head();
    Attempt attempt = new Attempt(question.endpoint(), question.facts(), null, null);
    coalesced(null);
    ContentSource told =
        new ContentSource() {
          @Override
          public CompletionStage<@Nullable ByteBuffer> next() {
            return source
                .next()
                .thenApply(
                    chunk -> {
                      if (chunk == null) {
                        // Whether it was kept or not: what it says of itself, its end above all.
                        attempt.responseFacts(unused(begun.attempt().responseFacts()));
                        StoredAnswer whole = flight.landed();
                        coalesced(whole == null ? begun.attempt().cost() : whole.cost());
                      }
                      return chunk;
                    });
          }

          @Override
          public void close() {
            source.close();
          }
        };
    return Looked.answered(
        GatewayResponse.of(head.status(), KeptFields.of(head.headers()), "", content(told)),
        attempt);
  }

  private void coalesced(@Nullable Cost saved) {
    exchange.cache(
        new CacheResult(Status.COALESCED, key.get().toString(), 0, -1, saved, null, null));
  }

  private Content content(ContentSource source) {
    return new Content(source, new LiveBody(tools.home()::fault));
  }

  /** The same without what was used, since another call paid for that. */
  private static ResponseFacts unused(ResponseFacts facts) {
    return new ResponseFacts(
        facts.id(),
        facts.model(),
        facts.finishReasons(),
        Usage.builder().build(),
        null,
        null,
        null,
        Usage.UNKNOWN,
        facts.parsed());
  }

  /** What it says of itself; not what was used, since nothing was. */
  private static ResponseFacts facts(StoredAnswer answer) {
    return new ResponseFacts(
        answer.id(),
        answer.model(),
        answer.finishReasons(),
        Usage.builder().build(),
        null,
        null,
        null,
        Usage.UNKNOWN,
        true);
  }
}
