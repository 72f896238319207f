// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * Around {@code doExecute(HttpHost, HttpRequest, HttpContext)} of the clients that extend {@code
 * CloseableHttpClient}, the one method behind all ways to execute. Never throws of its own accord.
 */
public final class DoExecuteAdvice {

  private DoExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Object enter(
      @Advice.This(typing = Typing.DYNAMIC) Object client,
      @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object target,
      @Advice.Argument(value = 1, typing = Typing.DYNAMIC) @Nullable Object request,
      @Advice.Argument(value = 2, typing = Typing.DYNAMIC) @Nullable Object context) {
    try {
      return ClassicCall.execute(client, target, request, context);
    } catch (Throwable t) {
      tell(t);
      return null;
    }
  }

  /** Gives the app what {@code enter} brought; leaves everything alone if it brought nothing. */
  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
  @Advice.AssignReturned.ToReturned(index = 0, typing = Typing.DYNAMIC)
  @Advice.AssignReturned.ToThrown(index = 1, typing = Typing.DYNAMIC)
  public static Object @Nullable [] exit(
      @Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object entered) {
    return (Object[]) entered;
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
