// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.Cost;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One logical call from the app's point of view: what it asked for and, step by step, what became
 * of it. Written by the interceptors in turn, so the fields are volatile rather than locked.
 */
public final class Exchange {

  /** A call that decides more than this is not worth reading about. */
  private static final int MOST_DECISIONS = 200;

  private final Endpoint endpoint;
  private final GatewayRequest original;
  private final RequestFacts requestFacts;
  private volatile CallSite callSite;
  private final long startedNanos;
  private final @Nullable Exchange origin;
  private final List<Attempt> sent = new CopyOnWriteArrayList<>();
  private final List<Decision> decisions = new ArrayList<>(0);
  private volatile @Nullable Attempt served;
  private volatile CallOptions options = CallOptions.NONE;
  private volatile Map<String, Object> metadata = Map.of();
  private volatile Routing routing = Routing.NONE;
  private volatile @Nullable CacheResult cache;
  private volatile @Nullable Object trace;

  public Exchange(
      Endpoint endpoint,
      GatewayRequest original,
      RequestFacts requestFacts,
      CallSite callSite,
      long startedNanos) {
    this(endpoint, original, requestFacts, callSite, startedNanos, null);
  }

  /**
   * A call that is made aside.
   *
   * @param origin the app's call that gave rise to it; null if this is the app's
   */
  Exchange(
      Endpoint endpoint,
      GatewayRequest original,
      RequestFacts requestFacts,
      CallSite callSite,
      long startedNanos,
      @Nullable Exchange origin) {
    this.origin = origin;
    this.endpoint = endpoint;
    this.original = original;
    this.requestFacts = requestFacts;
    this.callSite = callSite;
    this.startedNanos = startedNanos;
  }

  /**
   * What only someone inside the JVM can see of the caller.
   *
   * @param client which adapter brought the call: {@code jdk}, {@code okhttp}, …
   * @param loader the class loader through which the app's own OpenTelemetry API can be found; null
   *     if the adapter knows none
   * @param parent what {@link Ingress#captureParent} found on the thread that made the call, if the
   *     call is run by another one; null if it is the same, or nothing was there
   */
  public record CallSite(String client, @Nullable ClassLoader loader, @Nullable Object parent) {

    /** Of a call that is run by the thread that made it. */
    public CallSite(String client, @Nullable ClassLoader loader) {
      this(client, loader, null);
    }
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  /** The request as the app made it, without its body, which may be large. */
  public GatewayRequest original() {
    return original;
  }

  public RequestFacts requestFacts() {
    return requestFacts;
  }

  /** The model the app asked for, from the body or the path; null if neither names one. */
  public @Nullable String model() {
    return requestFacts.model() != null ? requestFacts.model() : endpoint.model();
  }

  public CallSite callSite() {
    return callSite;
  }

  /**
   * Lets go of the app's class loader, once the caller's trace was found through it: an answer that
   * nobody ends would keep it alive.
   */
  public void forgetLoader() {
    CallSite known = callSite;
    if (known.loader() != null) {
      callSite = new CallSite(known.client(), null);
    }
  }

  /** The app's call that gave rise to this one, which is ours; null if this is the app's own. */
  public @Nullable Exchange origin() {
    return origin;
  }

  /** {@link System#nanoTime} at the start. */
  public long startedNanos() {
    return startedNanos;
  }

  /** What the app asks of us for this call. */
  public CallOptions options() {
    return options;
  }

  public void options(CallOptions asked) {
    this.options = asked;
  }

  /** Who is asking: strings, numbers and booleans by name. */
  public Map<String, Object> metadata() {
    return metadata;
  }

  public void metadata(Map<String, Object> known) {
    this.metadata = known;
  }

  /** How the answer came about; {@link Routing#NONE} unless it was routed. */
  public Routing routing() {
    return routing;
  }

  public void routing(Routing decided) {
    this.routing = decided;
  }

  /** What the cache did; null if it had no part in the call. */
  public @Nullable CacheResult cache() {
    return cache;
  }

  public void cache(CacheResult done) {
    this.cache = done;
  }

  /** Takes down what was decided. */
  public void note(Decision decision) {
    synchronized (decisions) {
      if (decisions.size() < MOST_DECISIONS) {
        decisions.add(decision);
      }
    }
  }

  /** What was decided, in order. */
  public List<Decision> decisions() {
    synchronized (decisions) {
      return List.copyOf(decisions);
    }
  }

  /** What the answer said of itself; {@link ResponseFacts#NONE} until its body has ended. */
  public ResponseFacts responseFacts() {
    Attempt last = served;
    return last == null ? ResponseFacts.NONE : last.responseFacts();
  }

  /**
   * What all attempts cost together; null if it is not known of any. Nothing, if there was none
   * because the cache answered.
   */
  public @Nullable Cost cost() {
    CacheResult cached = cache;
    Cost sum =
        cached != null && cached.status().answered()
            ? new Cost(0, 0, 0, 0, 0, 0, Cost.Source.LOCAL, "")
            : null;
    for (Attempt attempt : sent) {
      Cost cost = attempt.cost();
      if (cost != null) {
        sum = sum == null ? cost : sum.plus(cost);
      }
    }
    return sum;
  }

  /** What all attempts used together. */
  public Usage usage() {
    Usage sum = null;
    for (Attempt attempt : sent) {
      Usage usage = attempt.responseFacts().usage();
      if (!usage.isEmpty()) {
        sum = sum == null ? usage : sum.plus(usage);
      }
    }
    return sum == null ? responseFacts().usage() : sum;
  }

  /** How many attempts were sent. */
  public int attempts() {
    return sent.size();
  }

  /** The attempts that were sent, in order. */
  public List<Attempt> sent() {
    return List.copyOf(sent);
  }

  /** The attempt whose answer the app gets: the last one sent; null if none was. */
  public @Nullable Attempt served() {
    return served;
  }

  /** Says that the app gets the answer of an attempt which is not the last one. */
  public void served(Attempt attempt) {
    this.served = attempt;
  }

  /** Counts one more attempt, which is about to be sent. Attempts never overlap. */
  public void sending(Attempt attempt) {
    sent.add(attempt);
    attempt.number(sent.size());
    served = attempt;
  }

  /** What telemetry keeps of this call between its interceptors; null if it keeps nothing. */
  public @Nullable Object trace() {
    return trace;
  }

  public void trace(Object kept) {
    this.trace = kept;
  }
}
