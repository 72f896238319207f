// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * {@code InternalAbstractHttpAsyncClient.doExecute(host, producer, consumer, pushes, context,
 * callback)}, HTTP/1.1 and HTTP/2: which client is about to begin its chain. Never throws.
 */
public final class AsyncExecuteAdvice {

  private AsyncExecuteAdvice() {}

  @Advice.OnMethodEnter(inline = false)
  public static @Nullable Object enter(
      @Advice.This(typing = Typing.DYNAMIC) Object client,
      @Advice.Argument(value = 3, typing = Typing.DYNAMIC) @Nullable Object pushes) {
    try {
      return AsyncAdapter.entered(client, pushes);
    } catch (Throwable t) {
      return null; // Not even the adapter can be loaded: nothing of ours can tell.
    }
  }

  @Advice.OnMethodExit(inline = false, onThrowable = Throwable.class)
  public static void exit(@Advice.Enter @Nullable Object entered) {
    if (entered == null) {
      return;
    }
    try {
      AsyncAdapter.left(entered);
    } catch (Throwable t) {
      // As above.
    }
  }
}
