// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.vertx;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClientImpl.request(options)}, which returns a future. Never throws. */
public final class RequestAdvice {

  private RequestAdvice() {}

  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Object enter(
      @Advice.This(typing = Typing.DYNAMIC) Object client,
      @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object options) {
    try {
      return VertxAdapter.request(client, options);
    } catch (Throwable t) {
      tell(t);
      return null;
    }
  }

  /** Gives the app what {@code enter} brought. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object entered,
      @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object own) {
    return entered == null ? own : entered;
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
