// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import okhttp3.Interceptor;
import org.jspecify.annotations.Nullable;

/**
 * On exit of {@code okhttp3.OkHttpClient.networkInterceptors()}: in a chain that has our
 * interceptor the list ends with the guard, since only a network interceptor sees where a redirect
 * leads. At any other time the list is the app's. Never throws.
 */
public final class NetworkInterceptorsAdvice {

  private NetworkInterceptorsAdvice() {}

  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object returned) {
    try {
      if (!ChainMark.takeJoined() || !(returned instanceof List<?> interceptors)) {
        return returned;
      }
      List<Interceptor> all = new ArrayList<>(interceptors.size() + 1);
      for (int i = 0; i < interceptors.size(); i++) {
        all.add((Interceptor) interceptors.get(i));
      }
      all.add(new OriginGuard());
      return all;
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
      return returned;
    }
  }
}
