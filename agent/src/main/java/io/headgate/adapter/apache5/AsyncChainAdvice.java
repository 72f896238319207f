// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * {@code AsyncExecChainElement.execute(request, producer, scope, callback)}: takes the first one of
 * a call over. Never throws.
 */
public final class AsyncChainAdvice {

  private AsyncChainAdvice() {}

  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static boolean enter(
      @Advice.This(typing = Typing.DYNAMIC) Object element,
      @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object request,
      @Advice.Argument(value = 1, typing = Typing.DYNAMIC) @Nullable Object producer,
      @Advice.Argument(value = 2, typing = Typing.DYNAMIC) @Nullable Object scope,
      @Advice.Argument(value = 3, typing = Typing.DYNAMIC) @Nullable Object callback) {
    try {
      return AsyncAdapter.execute(element, request, producer, scope, callback);
    } catch (Throwable t) {
      return false; // Not even the adapter can be loaded: nothing of ours can tell.
    }
  }
}
