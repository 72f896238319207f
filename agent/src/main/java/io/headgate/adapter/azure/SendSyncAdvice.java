// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClient.sendSync(request, context)}. */
public final class SendSyncAdvice {

  private SendSyncAdvice() {}

  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Object enter(
      @Advice.This(typing = Typing.DYNAMIC) Object client,
      @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object request,
      @Advice.Argument(value = 1, typing = Typing.DYNAMIC) @Nullable Object context) {
    try {
      return AzureAdapter.sendSync(client, request, context);
    } catch (Throwable t) {
      return null; // Not even the adapter can be loaded: nothing of ours can tell.
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
}
