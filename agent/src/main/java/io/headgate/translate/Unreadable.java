// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ApiFailure;

/** An answer is no answer. */
public final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ApiFailure failure;

  public Unreadable(ApiFailure failure) {
    super(failure.message(), null, false, false);
    this.failure = failure;
  }

  /** An answer that makes no sense. */
  public static Unreadable because(String why) {
    return new Unreadable(new ApiFailure(ApiFailure.Kind.SERVER, 0, why, null, null));
  }

  public ApiFailure failure() {
    return failure;
  }
}
