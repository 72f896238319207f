// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.RequestFacts;
import io.headgate.expression.Expression;
import io.headgate.gateway.AnswerText;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The cache's part in one call, whatever targets it goes to. Used by one thread at a time. */
public final class CachedCall {

  private final CacheTools tools;
  private final Chain chain;
  private final CachePolicy policy;
  private @Nullable Supplier<@Nullable Looked> stale;

  CachedCall(CacheTools tools, Chain chain, CachePolicy policy) {
    this.tools = tools;
    this.chain = chain;
    this.policy = policy;
  }

  /**
   * Its part in what goes to one target.
   *
   * @param request what that target is to get
   * @param accept what makes an answer acceptable; null for nothing
   * @param text what the app will see of an answer; null if it gets it as it is
   */
  public CacheSlot slot(
      Caller caller,
      Endpoint endpoint,
      RequestFacts facts,
      GatewayRequest request,
      @Nullable Expression accept,
      @Nullable AnswerText text) {
    Question question = new Question(endpoint, facts, request, ResponseCache.text(accept), text);
    CacheSlot perInput = EmbeddingSlot.of(this, caller, question);
    return perInput == null ? new AnswerSlot(this, caller, question) : perInput;
  }

  /**
   * An answer past its time, for when every target has failed; null if there is none that may be
   * used. Of the first target that had one.
   */
  public @Nullable Looked stale() {
    Supplier<@Nullable Looked> known = stale;
    return known == null ? null : known.get();
  }

  /** Whether there may be such an answer. */
  public boolean hasStale() {
    return stale != null;
  }

  /** Says what could be used if every target fails. */
  void stale(Supplier<@Nullable Looked> candidate) {
    if (stale == null) {
      stale = candidate;
    }
  }

  CacheTools tools() {
    return tools;
  }

  Chain chain() {
    return chain;
  }

  CachePolicy policy() {
    return policy;
  }
}
