// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.Cost;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import org.jspecify.annotations.Nullable;

/**
 * One logical call from the app's point of view: what it asked for and, step by step, what became
 * of it. Written by the interceptors in turn, so the fields are volatile rather than locked.
 */
public final class Exchange {

  private final Endpoint endpoint;
  private final GatewayRequest original;
  private final RequestFacts requestFacts;
  private volatile CallSite callSite;
  private final long startedNanos;
  private volatile ResponseFacts responseFacts = ResponseFacts.NONE;
  private volatile @Nullable Cost cost;
  private volatile int attempts;
  private volatile @Nullable Object trace;

  public Exchange(
      Endpoint endpoint,
      GatewayRequest original,
      RequestFacts requestFacts,
      CallSite callSite,
      long startedNanos) {
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

  /** {@link System#nanoTime} at the start. */
  public long startedNanos() {
    return startedNanos;
  }

  /** What the answer said of itself; {@link ResponseFacts#NONE} until its body has ended. */
  public ResponseFacts responseFacts() {
    return responseFacts;
  }

  public void responseFacts(ResponseFacts facts) {
    this.responseFacts = facts;
  }

  /** What the call cost; null if unknown, which is not the same as nothing. */
  public @Nullable Cost cost() {
    return cost;
  }

  public void cost(Cost known) {
    this.cost = known;
  }

  /** How many attempts were started. */
  public int attempts() {
    return attempts;
  }

  /** Counts one more attempt and returns its number, from 1. Attempts never overlap. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public int nextAttempt() {
    return ++attempts;
  }

  /** What telemetry keeps of this call between its interceptors; null if it keeps nothing. */
  public @Nullable Object trace() {
    return trace;
  }

  public void trace(Object kept) {
    this.trace = kept;
  }
}
