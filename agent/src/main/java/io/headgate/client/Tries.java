// SPDX-License-Identifier: Apache-2.0
package io.headgate.client;

import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What was sent for one call of the app, and what came of it. */
final class Tries<A> {

  private final String client;
  private final List<Tried<A>> answers = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Throwable> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger sent = new AtomicInteger();

  /**
   * @param client its name, for faults
   */
  Tries(String client) {
    this.client = client;
  }

  /** A request is given to the client for the app. */
  void sending() {
    sent.incrementAndGet();
  }

  /** The last one was not given to it after all. */
  void unsent() {
    sent.decrementAndGet();
  }

  void answered(Tried<A> answer) {
    answers.add(answer);
  }

  /** The client threw that, or would have thrown it: the app may see it. */
  void failed(Throwable failure) {
    failures.addIfAbsent(Causes.of(failure));
  }

  /**
   * What the app gets; null if its own request is to be sent as it was, since nothing else has
   * happened.
   *
   * @param decided what the gateway's stage came to; null if it failed
   * @param ended what it failed with; null if it did not
   * @throws Exception what the client would throw
   */
  @Nullable Outcome<A> outcome(@Nullable GatewayResponse decided, @Nullable Throwable ended)
      throws Exception {
    Content content = decided == null ? null : decided.content();
    if (decided != null && content != null) {
      Tried<A> behind = behind(decided, content);
      return new Outcome<>(
          decided,
          content,
          behind == null ? null : behind.received(),
          behind != null && behind.content() == content);
    }
    Throwable failure = ended == null ? null : Causes.of(ended);
    if (failure != null && failures.contains(failure)) {
      close();
      throw thrown(failure);
    }
    if (failure != null) {
      Throwable ours = failure instanceof Unsent ? failure.getCause() : failure;
      Ingress.fault(client, ours == null ? failure : ours);
    }
    if (sent.get() == 0) {
      return null;
    }
    Tried<A> last = lastOpen();
    if (last != null && !last.shared()) {
      return new Outcome<>(last.head(), last.content(), last.received(), true);
    }
    List<Throwable> all = List.copyOf(failures);
    close();
    throw all.isEmpty()
        ? new IOException("no answer is left", failure)
        : thrown(all.get(all.size() - 1));
  }

  private static Exception thrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (Exception) failure;
  }

  /** The attempt whose answer this is, changed or not: all others were given up. */
  private @Nullable Tried<A> behind(GatewayResponse decided, Content content) {
    Tried<A> last = lastOpen();
    return last != null
            && (content == last.content() || decided.status() == last.received().status())
        ? last
        : null;
  }

  private @Nullable Tried<A> lastOpen() {
    List<Tried<A>> all = List.copyOf(answers);
    Tried<A> last = all.isEmpty() ? null : all.get(all.size() - 1);
    return last != null && last.open() ? last : null;
  }

  /** Gives up every answer that nobody but the app waits for. */
  void close() {
    for (Tried<A> answer : answers) {
      if (answer.open() && !answer.shared()) {
        answer.content().close();
        answer.close();
      }
    }
  }
}
