// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;

/**
 * {@code createRequest(uri, method)} of Spring's factories over Jetty: puts a request of ours in
 * front of the one it made. Never throws; allocates only for a host that is handled.
 */
public final class JettyRequestAdvice {

  private JettyRequestAdvice() {}

  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.This(typing = Typing.DYNAMIC) Object factory,
      @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object uri,
      @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object request) {
    try {
      return SpringAdapter.created(JettyEngine.IT, factory, uri, request);
    } catch (Throwable t) {
      tell(t);
      return request;
    }
  }

  /** Here and not in a class of its own, which could be the one that is missing. */
  private static void tell(Throwable fault) {
    try {
      SpringAdapter.fault(fault);
    } catch (Throwable unreachable) {
      // Nobody is there to be told.
    }
  }
}
