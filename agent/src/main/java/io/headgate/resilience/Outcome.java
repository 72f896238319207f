// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.FailureKind;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Content;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.WireError;
import io.headgate.translate.Translation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a plan or a part of it. It holds on to its answer, if there is one, until that is
 * delivered or {@link #close closed}.
 */
final class Outcome {

  /** How good it is. */
  enum Grade {
    /** The app may have it. */
    GOOD,
    /** A good answer that a cascade does not accept. */
    REJECTED,
    FAILED,
    /** Nothing was sent: the target cannot serve this call, or its breaker is open. */
    SKIPPED
  }

  private final Grade grade;
  private final @Nullable FailureKind kind;
  private final @Nullable GatewayResponse response;
  private final @Nullable Content content;
  private final @Nullable Throwable failure;
  private final @Nullable WireError error;
  private final @Nullable Attempt attempt;
  private final int step;
  private final int ownStatus;
  private @Nullable String arm;
  private @Nullable Translation translation;
  private List<String> dropped = List.of();
  private boolean taught;

  private Outcome(
      Grade grade,
      @Nullable FailureKind kind,
      @Nullable GatewayResponse response,
      @Nullable Content content,
      @Nullable Throwable failure,
      @Nullable WireError error,
      @Nullable Attempt attempt,
      int step,
      int ownStatus) {
    this.ownStatus = ownStatus;
    this.grade = grade;
    this.kind = kind;
    this.response = response;
    this.content = content;
    this.failure = failure;
    this.error = error;
    this.attempt = attempt;
    this.step = step;
  }

  /**
   * An answer.
   *
   * @param kind null unless it failed
   * @param content where the answer is read from now on
   */
  static Outcome answer(
      Grade grade,
      @Nullable FailureKind kind,
      GatewayResponse response,
      Content content,
      Attempt attempt,
      int step) {
    return new Outcome(grade, kind, response, content, null, null, attempt, step, 0);
  }

  /** An exception of the client's, or of a timer of ours. */
  static Outcome failed(FailureKind kind, Throwable failure, @Nullable Attempt attempt, int step) {
    return new Outcome(Grade.FAILED, kind, null, null, failure, null, attempt, step, 0);
  }

  /**
   * An answer of our own.
   *
   * @param status its status; 0 for the error's usual one
   */
  static Outcome own(WireError error, int status, int step) {
    return new Outcome(Grade.GOOD, null, null, null, null, error, null, step, status);
  }

  /**
   * Nothing was sent.
   *
   * @param error what to tell the app if there is nothing better; null if the call should rather go
   *     where the app sent it
   */
  static Outcome skipped(@Nullable WireError error, int step) {
    return new Outcome(Grade.SKIPPED, null, null, null, null, error, null, step, 0);
  }

  Grade grade() {
    return grade;
  }

  boolean is(Grade other) {
    return grade == other;
  }

  @Nullable FailureKind kind() {
    return kind;
  }

  /** The status of the answer; 0 if there is none. */
  int status() {
    return response == null ? 0 : response.status();
  }

  @Nullable GatewayResponse response() {
    return response;
  }

  @Nullable Content content() {
    return content;
  }

  /** The answer, with its content as it is read from now on; null if there is none to be pulled. */
  @Nullable GatewayResponse pulled() {
    GatewayResponse head = response;
    Content from = content;
    return head == null || from == null || head.content() == null
        ? null
        : GatewayResponse.of(head.status(), head.headers(), head.protocol(), from);
  }

  /** The same with another answer, whose content stands for this one's. */
  Outcome with(GatewayResponse other) {
    Outcome changed =
        new Outcome(grade, kind, other, other.content(), failure, error, attempt, step, ownStatus);
    changed.arm = arm;
    changed.translation = translation;
    changed.dropped = dropped;
    changed.taught = taught;
    return changed;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  @Nullable WireError error() {
    return error;
  }

  @Nullable Attempt attempt() {
    return attempt;
  }

  /** The arm of a split that it comes from; null for none. */
  @Nullable String arm() {
    return arm;
  }

  /** Says what arm it comes from, before anybody else sees it. */
  Outcome in(@Nullable String name) {
    arm = name;
    return this;
  }

  /** The way back for an answer in another format than the app's; null if it is in the app's. */
  @Nullable Translation translation() {
    return translation;
  }

  /** What of the app's request was not in the one that it is the answer to. */
  List<String> dropped() {
    return dropped;
  }

  /** Says what its answer has to go through, before anybody else sees it. */
  Outcome through(@Nullable Translation way, List<String> lost) {
    translation = way;
    dropped = lost;
    return this;
  }

  /** Whether it answers another request than was planned: nobody else may be given it. */
  boolean taught() {
    return taught;
  }

  /** Says that it answers a request which was changed because the target refused the first. */
  Outcome ofChanged() {
    taught = true;
    return this;
  }

  int step() {
    return step;
  }

  /** The status of an answer of our own; 0 for the error's usual one. */
  int ownStatus() {
    return ownStatus;
  }

  /** The app will not see it. */
  void close() {
    if (content != null) {
      content.close();
    }
  }
}
