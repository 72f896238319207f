// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatRequest;

/** The side of a format that an app speaks: reads its requests, writes its answers. Thread-safe. */
public interface CallerDialect {

  /**
   * What a request asks for. What this format has and {@link ChatRequest} has not is left out and
   * noted; what only the provider that was asked could do is {@linkplain ChatRequest#bound bound}.
   *
   * @throws Ineligible if it is no chat request that could be understood
   */
  ChatRequest request(AppRequest request, Notes notes);

  /** What writes one answer. Its methods are called by one thread at a time. */
  AnswerWriter answer(Asked asked);

  /** An answer that tells of a failure, such that the SDKs of this format raise their exception. */
  ErrorAnswer error(ApiFailure failure);
}
