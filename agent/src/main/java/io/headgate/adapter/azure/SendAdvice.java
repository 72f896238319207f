// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/** {@code HttpClient.send(request, context)}, behind which the method without a context is, too. */
public final class SendAdvice {

  private SendAdvice() {}

  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Object enter(
      @Advice.This(typing = Typing.DYNAMIC) Object client,
      @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object request,
      @Advice.Argument(value = 1, typing = Typing.DYNAMIC) @Nullable Object context) {
    try {
      return AzureAdapter.send(client, request, context);
    } catch (Throwable t) {
      return null; // Not even the adapter can be loaded: nothing of ours can tell.
    }
  }

  /** Gives the app what {@code enter} brought; leaves what the client says alone otherwise. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object entered,
      @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
    return entered == null ? returned : entered;
  }
}
