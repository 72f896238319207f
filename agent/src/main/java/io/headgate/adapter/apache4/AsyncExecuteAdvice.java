// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code execute(HttpAsyncRequestProducer, HttpAsyncResponseConsumer, HttpContext,
 * FutureCallback)} of the asynchronous clients, the one method behind all ways to execute but
 * pipelining. Never throws.
 */
public final class AsyncExecuteAdvice {

  private AsyncExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Object enter(
      @Advice.This(typing = Typing.DYNAMIC) Object client,
      @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object producer,
      @Advice.Argument(value = 1, typing = Typing.DYNAMIC) @Nullable Object consumer,
      @Advice.Argument(value = 2, typing = Typing.DYNAMIC) @Nullable Object context,
      @Advice.Argument(value = 3, typing = Typing.DYNAMIC) @Nullable Object callback) {
    try {
      return AsyncExchange.execute(client, producer, consumer, context, callback);
    } catch (Throwable t) {
      tell(t);
      return null;
    }
  }

  /** Gives the app what {@code enter} brought. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object entered) {
    return entered;
  }

  /** Here and not in a class of its own, which could be the one that is missing. */
  private static void tell(Throwable fault) {
    try {
      Apache4Adapter.fault(fault);
    } catch (Throwable unreachable) {
      // Nobody is there to be told.
    }
  }
}
