// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import net.bytebuddy.asm.Advice;
import okhttp3.Call;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code getResponseWithInterceptorChain} of {@code okhttp3.RealCall} (3.x) and {@code
 * okhttp3.internal.connection.RealCall} (4.x, 5.x, where the name ends in {@code $okhttp}), the one
 * method behind execute and enqueue: marks the thread as building a chain. Never throws.
 */
public final class CallAdvice {

  private CallAdvice() {}

  /** Returns the call if there is a mark to drop. */
  @Advice.OnMethodEnter(inline = false)
  public static @Nullable Object enter(@Advice.This Object self) {
    try {
      Call call = (Call) self;
      return Nested.entered(call) || ChainMark.raise(call) ? self : null;
    } catch (Throwable t) {
      tell(t);
      return null;
    }
  }

  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered == null) {
      return;
    }
    try {
      Call call = (Call) entered;
      ChainMark.drop();
      Nested.left(call);
      Parents.drop(call);
    } catch (Throwable t) {
      tell(t);
    }
  }

  /** Here and not in a class of its own, which could be the one that is missing. */
  private static void tell(Throwable fault) {
    try {
      OkHttpAdapter.fault(fault);
    } catch (Throwable unreachable) {
      // Nobody is there to be told.
    }
  }
}
