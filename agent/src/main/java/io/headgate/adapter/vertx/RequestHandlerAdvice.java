// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientImpl.request(options, handler)} of Vert.x 4, which calls back. Never throws. */
public final class RequestHandlerAdvice {

  private RequestHandlerAdvice() {}

  /** Not null if the handler will be told by us. */
  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Object enter(
      @Advice.This(typing = Typing.DYNAMIC) Object client,
      @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object options,
      @Advice.Argument(value = 1, typing = Typing.DYNAMIC) @Nullable Object handler) {
    try {
      return VertxAdapter.request(client, options, handler);
    } catch (Throwable t) {
      tell(t);
      return null;
    }
  }

  /** Here and not in a class of its own, which could be the one that is missing. */
  private static void tell(Throwable fault) {
    try {
      VertxAdapter.fault(fault);
    } catch (Throwable unreachable) {
      // Nobody is there to be told.
    }
  }
}
