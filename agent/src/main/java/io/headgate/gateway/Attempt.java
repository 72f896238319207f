// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import io.headgate.chat.Cost;
import io.headgate.chat.FailureKind;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import org.jspecify.annotations.Nullable;

/**
 * One try to get an answer, at one target. A call that nobody routes has exactly one, which goes
 * where the app sent it. Written by the interceptors in turn, like {@link Exchange}.
 */
public final class Attempt {

  private final Endpoint endpoint;
  private final RequestFacts requestFacts;
  private final @Nullable ApiKey key;
  private final @Nullable Control control;
  private volatile int number;
  private volatile boolean direct;
  private volatile ResponseFacts responseFacts = ResponseFacts.NONE;
  private volatile @Nullable Cost cost;
  private volatile @Nullable FailureKind failure;

  /**
   * @param endpoint where it goes
   * @param requestFacts what its request asks for, the target's model included
   * @param key the credential to use; null for the provider's configured one, or the app's own
   * @param control its timers' hold on it; null if its answer is the app's, come what may
   */
  public Attempt(
      Endpoint endpoint,
      RequestFacts requestFacts,
      @Nullable ApiKey key,
      @Nullable Control control) {
    this.endpoint = endpoint;
    this.requestFacts = requestFacts;
    this.key = key;
    this.control = control;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  public RequestFacts requestFacts() {
    return requestFacts;
  }

  public @Nullable ApiKey key() {
    return key;
  }

  public @Nullable Control control() {
    return control;
  }

  /** The model it asks for, from the body or the path; null if neither names one. */
  public @Nullable String model() {
    return requestFacts.model() != null ? requestFacts.model() : endpoint.model();
  }

  /** Its number within the call, from 1; 0 until it is sent. */
  public int number() {
    return number;
  }

  public void number(int newNumber) {
    this.number = newNumber;
  }

  /** Whether it goes to its provider itself, even if the configuration puts a platform between. */
  public boolean direct() {
    return direct;
  }

  /** Set before it is sent, after the platform failed. */
  public void direct(boolean straight) {
    this.direct = straight;
  }

  /** What its answer said of itself; {@link ResponseFacts#NONE} until the body has ended. */
  public ResponseFacts responseFacts() {
    return responseFacts;
  }

  public void responseFacts(ResponseFacts facts) {
    this.responseFacts = facts;
  }

  /** What it cost; null if unknown. */
  public @Nullable Cost cost() {
    return cost;
  }

  public void cost(Cost known) {
    this.cost = known;
  }

  /** Why its answer was not good enough; null if it was, or nobody judged. */
  public @Nullable FailureKind failure() {
    return failure;
  }

  public void failure(@Nullable FailureKind kind) {
    this.failure = kind;
  }
}
