// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * On exit of {@code okhttp3.OkHttpClient.interceptors()}: while this thread builds a call's chain,
 * the list ends with our interceptor, behind all that the app and its SDK put there and before
 * OkHttp's own retries. At any other time the list is the app's. Never throws.
 */
public final class InterceptorsAdvice {

  private InterceptorsAdvice() {}

  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.This Object self,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned) {
    try {
      Boolean handled = ChainMark.take();
      if (handled == null || !(returned instanceof List<?> interceptors)) {
        return returned;
      }
      if (!handled && interceptors.isEmpty()) {
        return returned; // Nobody is there who could send it to another host.
      }
      List<Interceptor> all = JoinedLists.of((OkHttpClient) self, interceptors);
      ChainMark.joined();
      return all;
    } catch (Throwable t) {
      tell(t);
      return returned;
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
