// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.resilience.Play.Reply;
import io.headgate.route.Target;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Plans and providers by chance, the same ones each time: whatever happens, calls come to an end,
 * nothing is left open, and nobody is asked more often than allowed.
 */
class RoutingFuzzTest {

  private static final int RUNS = 400;
  private static final String[] TARGETS = {
    "openai/a", "openai/b", "groq/c", "mistral/d", "deepseek/unusable"
  };

  @Test
  void whateverHappensCallsEndAndLeaveNothingBehind() {
    for (int seed = 0; seed < RUNS; seed++) {
      new Run(seed).check();
    }
  }

  /** One configuration and a few calls under it. */
  private static final class Run {
    private final int seed;
    private final Random random;
    private final List<String> config = new ArrayList<>();
    private final boolean keys;
    private int attemptsAllowed;

    Run(int seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.keys = chance(5);
    }

    private boolean chance(int oneOf) {
      return random.nextInt(oneOf) == 0;
    }

    void check() {
      if (keys) {
        config.add(
            "providers: {openai: {keys: [{alias: a, value: \"${KEY_A}\"},"
                + " {alias: b, value: \"${KEY_B}\"}]}}");
      }
      if (chance(2)) {
        config.add("timeout: {" + timeouts() + "}");
      }
      if (chance(2)) {
        config.add(
            "breaker: {min-calls: " + (1 + random.nextInt(3)) + ", open-for: 5s, window: 10s}");
      }
      int top = chance(2) ? 1 : 1 + random.nextInt(3);
      if (top > 1) {
        config.add("retry: {max-attempts: " + top + ", delay: 10ms}");
      }
      config.add("routes:");
      config.add("  - match: {model: smart}");
      config.add("    first: [" + step(2, top) + ", " + last(top) + "]");
      Play play = new Play(Yaml.config(config.toArray(new String[0])));
      play.blocking = chance(3);
      int calls = 1 + random.nextInt(4);
      for (int i = 0; i < calls; i++) {
        call(play, i);
      }
    }

    private String timeouts() {
      List<String> all = new ArrayList<>();
      if (chance(2)) {
        all.add("first-token: 100ms");
      }
      if (chance(2)) {
        all.add("idle: 50ms");
      }
      all.add("total: 1s");
      return String.join(", ", all);
    }

    private String step(int depth, int attempts) {
      int kind = depth == 0 ? 0 : random.nextInt(5);
      return switch (kind) {
        case 1 ->
            "{first: ["
                + step(depth - 1, attempts)
                + ", "
                + step(depth - 1, attempts)
                + "]"
                + (chance(2) ? ", on: [connect, timeout, 5xx, empty, 400, 429]" : "")
                + "}";
        case 2 ->
            "{cascade: ["
                + accepting(step(depth - 1, attempts))
                + ", "
                + step(depth - 1, attempts)
                + "]}";
        case 3 ->
            "{balance: [" + step(depth - 1, attempts) + ", " + step(depth - 1, attempts) + "]}";
        default -> use(attempts);
      };
    }

    private String last(int attempts) {
      return step(2, attempts) + (chance(8) ? ", {deny: \"no\"}" : "");
    }

    private String accepting(String step) {
      String condition =
          chance(3) ? "false" : chance(2) ? "true" : "response.text.contains(\\\"yes\\\")";
      return step.substring(0, step.length() - 1) + ", accept: \"" + condition + "\"}";
    }

    private String use(int attempts) {
      int own = chance(3) ? 1 + random.nextInt(4) : attempts;
      // With keys: each of them once more. All breakers open: the whole plan once more.
      attemptsAllowed += 2 * (own + (keys ? 2 : 0));
      return "{use: "
          + TARGETS[random.nextInt(TARGETS.length)]
          + (own == attempts ? "" : ", retry: {max-attempts: " + own + ", delay: 5ms}")
          + "}";
    }

    private void call(Play play, int number) {
      int before = play.replies.size();
      // What the call meets: each its own, and then the last one again and again.
      play.replaceScript();
      for (int i = random.nextInt(6); i >= 0; i--) {
        play.then(reply());
      }
      boolean stream = chance(2);
      play.interrupt = chance(20) ? new InterruptedIOException("interrupted") : null;
      play.abandoned = false;
      if (chance(10)) {
        play.deadline = play.timers.now() + random.nextInt(500) * 1_000_000L;
      }
      CompletableFuture<GatewayResponse> call = stream ? play.stream("smart") : play.call("smart");
      if (chance(10)) {
        play.timers.pass(random.nextInt(50));
        play.abandoned = true;
      }
      String about = "seed " + seed + " call " + number + "\n" + String.join("\n", config);
      for (int i = 0; !call.isDone() && i < 100; i++) {
        play.timers.pass(1000);
      }
      // Without any timer a provider that says nothing is waited for, as without us.
      boolean timed = config.stream().anyMatch(line -> line.startsWith("timeout"));
      if (!call.isDone() && !timed) {
        play.replies.get(play.replies.size() - 1).breakOff();
      }
      for (int i = 0; !call.isDone() && i < 100; i++) {
        play.timers.pass(1000);
        play.replies.get(play.replies.size() - 1).breakOff();
      }
      assertThat(call).as(about).isDone();
      GatewayResponse answer = call.isCompletedExceptionally() ? null : call.join();
      String end = answer == null ? "exception" : finish(play, answer);
      assertThat(play.timers.pending()).as("timers: " + about + "\n" + end).isZero();
      assertThat(play.faults).as(about).isEmpty();
      List<Reply> replies = play.replies.subList(before, play.replies.size());
      assertThat(replies.size()).as("wire calls: " + about).isLessThanOrEqualTo(limit());
      assertThat(replies).as("left open: " + about + "\n" + end).allMatch(Reply::over);
      for (String target : TARGETS) {
        int slash = target.indexOf('/');
        Target known = new Target(target.substring(0, slash), target.substring(slash + 1));
        assertThat(play.health.busy(known)).as("busy: " + about).isZero();
      }
    }

    private int limit() {
      // The call as it is, if no target can serve it.
      return attemptsAllowed + 1;
    }

    /** The app reads to the end, or closes on the way. */
    private String finish(Play play, GatewayResponse answer) {
      Content content = answer.content();
      if (content == null) {
        throw new AssertionError("not a pulled answer");
      }
      for (int i = random.nextInt(8); i >= 0; i--) {
        CompletableFuture<@Nullable ByteBuffer> next = content.next().toCompletableFuture();
        for (int j = 0; !next.isDone() && j < 10; j++) {
          play.timers.pass(1000);
        }
        if (!next.isDone() || next.isCompletedExceptionally()) {
          break;
        }
        if (next.join() == null) {
          return "read";
        }
      }
      content.close();
      return "closed";
    }

    private Reply reply() {
      return switch (random.nextInt(17)) {
        case 0 -> Reply.thrown(new ConnectException("refused"));
        case 1 -> Reply.thrown(new SSLHandshakeException("untrusted"));
        case 2 -> Reply.mute();
        case 3 -> Reply.json(503, RoutingEdgeTest.BUSY, "retry-after-ms", "20");
        case 4 -> Reply.json(429, RoutingEdgeTest.BUSY, "retry-after", "7");
        case 5 -> Reply.json(401, "{\"error\":{\"message\":\"key\"}}");
        case 6 -> Reply.json(400, "{\"error\":{\"code\":\"context_length_exceeded\"}}");
        case 7 -> Reply.json(200, "{\"error\":{\"message\":\"oops\"}}");
        case 8 -> Reply.json(200, "{}");
        case 9 -> Reply.json(200, RoutingEdgeTest.OK.substring(0, 40)).thenBreaks("reset");
        case 10 -> Reply.sse(RoutingEdgeTest.ROLE).thenHangs();
        case 11 -> Reply.sse(RoutingEdgeTest.ROLE, RoutingEdgeTest.WORD).thenHangs();
        case 12 ->
            Reply.sse(RoutingEdgeTest.ROLE, RoutingEdgeTest.WORD)
                .thenBreaks(new IOException("reset"));
        // An error that is known for one before its body has ended.
        case 15 ->
            Reply.sse("data: {\"error\":{\"message\":\"no\",\"type\":\"server_error\"}}\n\n")
                .thenHangs();
        case 13 -> Reply.empty(503).thenHangs();
        case 14 ->
            Reply.sse(
                RoutingEdgeTest.ROLE,
                RoutingEdgeTest.WORD,
                RoutingEdgeTest.STOP,
                RoutingEdgeTest.DONE);
        default -> Reply.json(200, RoutingEdgeTest.OK);
      };
    }
  }
}
