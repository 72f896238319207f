// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.route;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is to come of every fault, and the routes that the app's models stand for. */
final class FaultTable {

  /** What the app is to get. */
  enum Outcome {
    /** The first target's answer. */
    FIRST,
    /** The second target's answer, in the place of the first one's. */
    SECOND,
    /** The first target's answer, at the third attempt. */
    RETRIED,
    /**
     * What it would have got without a gateway, errors included; the second target gets nothing.
     */
    NATIVE,
    /** The beginning of a stream and then an error; the second target gets nothing. */
    TOLD,
    /** Both targets failed: the first one's error, and no invitation to try again. */
    FAILED,
    /** All three attempts at the only target failed, with an answer. */
    EXHAUSTED,
    /** All attempts failed without any answer, at targets that take down no requests. */
    UNREACHABLE
  }

  /** The clients that are used directly. */
  static final List<String> RAW =
      List.of("jdk-send", "jdk-async", "okhttp-execute", "okhttp-enqueue");

  private static final List<String> STATUSES =
      List.of("429", "500", "502", "503", "504", "520", "529");

  private static final List<String> RETRY_AFTER =
      List.of(
          "seconds",
          "float",
          "millis",
          "zero",
          "negative",
          "word",
          "ages",
          "date",
          "past",
          "twice",
          "none");

  private final Map<FaultCase, Outcome> cases = new LinkedHashMap<>();
  private final String client;

  private FaultTable(String client) {
    this.client = client;
  }

  /** The outcomes by case, for one client. */
  static Map<FaultCase, Outcome> of(String client) {
    FaultTable table = new FaultTable(client);
    table.fill();
    return table.cases;
  }

  private void fill() {
    both("none", "chain", Outcome.FIRST);
    // No answer.
    both("refused", "dead", Outcome.SECOND);
    both("reset-on-accept", "reset", Outcome.SECOND);
    both("reset-after-request", "chain", Outcome.SECOND);
    both("reset-in-head", "chain", Outcome.SECOND);
    both("closed-in-head", "chain", Outcome.SECOND);
    both("hang-before-head", "impatient", Outcome.SECOND);
    // Half an answer.
    whole("reset-in-body", "chain", Outcome.SECOND);
    whole("closed-in-body", "chain", Outcome.SECOND);
    whole("hang-in-body", "impatient", Outcome.SECOND);
    whole("drip", "impatient", Outcome.SECOND);
    stream("reset-before-content", "chain", Outcome.SECOND);
    stream("closed-before-content", "chain", Outcome.SECOND);
    stream("ended-before-content", "chain", Outcome.SECOND);
    stream("hang-before-content", "impatient", Outcome.SECOND);
    stream("drip-before-content", "impatient", Outcome.SECOND);
    // An answer that says no.
    for (String status : STATUSES) {
      both("status-" + status, "chain", Outcome.SECOND);
    }
    for (String kind : RETRY_AFTER) {
      whole("retry-after-" + kind, "chain", Outcome.SECOND);
    }
    both("too-long", "chain", Outcome.SECOND);
    both("error-in-success", "chain", Outcome.SECOND);
    stream("error-before-content", "chain", Outcome.SECOND);
    both("status-400", "chain", Outcome.NATIVE);
    // No answer of the kind that was asked for.
    for (String fault : List.of("html", "html-502", "malformed", "empty", "null", "nothing-said")) {
      both(fault, "chain", Outcome.SECOND);
    }
    for (String fault : List.of("html", "malformed", "empty")) {
      whole(fault, "usual", Outcome.NATIVE);
    }
    // The app has seen the beginning.
    stream("reset-after-content", "chain", Outcome.NATIVE);
    stream("closed-after-content", "chain", Outcome.NATIVE);
    stream("error-after-content", "chain", Outcome.NATIVE);
    stream("ended-after-content", "chain", Outcome.TOLD);
    stream("hang-after-content", "idle", Outcome.TOLD);
    stream("drip-after-content", "total", Outcome.TOLD);
    if (RAW.contains(client)) {
      // The app has seen enough: its own timeout is the end of a call, or of what is read at once.
      cases.put(given("hang-before-head", FaultCase.Kind.CANCELLED), Outcome.NATIVE);
      cases.put(
          given("hang-before-head", FaultCase.Kind.DEADLINE),
          client.startsWith("okhttp") ? Outcome.SECOND : Outcome.NATIVE);
      cases.put(given("endless", FaultCase.Kind.ABANDONED), Outcome.NATIVE);
    }
    // Nobody can, or the only one.
    both("down", "chain", Outcome.FAILED);
    both("unavailable-twice", "retried", Outcome.RETRIED);
    both("status-503", "retried", Outcome.EXHAUSTED);
    for (String kind : RETRY_AFTER) {
      whole("retry-after-" + kind, "retried", Outcome.EXHAUSTED);
    }
    both("refused", "all-dead", Outcome.UNREACHABLE);
    both("refused", "dead-retried", Outcome.UNREACHABLE);
    both("reset-on-accept", "reset-retried", Outcome.UNREACHABLE);
  }

  private FaultCase given(String fault, FaultCase.Kind kind) {
    return new FaultCase(client, fault, "chain", kind);
  }

  private void both(String fault, String model, Outcome outcome) {
    whole(fault, model, outcome);
    stream(fault, model, outcome);
  }

  private void whole(String fault, String model, Outcome outcome) {
    cases.put(new FaultCase(client, fault, model, FaultCase.Kind.WHOLE), outcome);
  }

  private void stream(String fault, String model, Outcome outcome) {
    cases.put(new FaultCase(client, fault, model, FaultCase.Kind.STREAM), outcome);
  }

  /**
   * The configuration. Where a timer is to run out in spite of a good beginning it leaves time for
   * that.
   *
   * @param target provider and model of the faulty target; {@code MODEL} in the others is the same
   */
  static String routes(String target) {
    String model = target.substring(target.indexOf('/') + 1);
    List<String> routes = new ArrayList<>();
    String on = "[connect, timeout, 429, 5xx, overloaded, context-window, empty, invalid-json]";
    routes.add(chain("chain", target, "", on));
    routes.add(
        chain(
            "impatient", target, ", timeout: {first-token: 300ms, idle: 300ms, total: 600ms}", on));
    routes.add(chain("idle", target, ", timeout: {idle: 1s}", on));
    routes.add(chain("total", target, ", timeout: {total: 2s}", on));
    routes.add(chain("dead", "dead/" + model, "", on));
    routes.add(chain("reset", "reset/" + model, "", on));
    routes.add(chain("usual", target, "", null));
    routes.add("  - {match: {model: all-dead}, first: [dead/%s, dead/m]}\n".formatted(model));
    routes.add(single("retried", target));
    routes.add(single("dead-retried", "dead/" + model));
    routes.add(single("reset-retried", "reset/" + model));
    return "response-model: served\nretry: {max-attempts: 1, budget: 1000%}\nroutes:\n"
        + String.join("", routes);
  }

  private static String chain(String name, String target, String more, String on) {
    return "  - {match: {model: %s}, first: [{use: %s%s}, backup/m]%s}\n"
        .formatted(name, target, more, on == null ? "" : ", on: " + on);
  }

  private static String single(String name, String target) {
    return "  - {match: {model: %s}, use: %s, retry: {max-attempts: 3, delay: 10ms, max-delay: 50ms}}\n"
        .formatted(name, target);
  }
}
