// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * {@code SdkHttpClient.prepareRequest(request)}: the app gets a request of ours to a handled host,
 * which prepares one of the client's when it is called. Never throws.
 */
public final class PrepareRequestAdvice {

  private PrepareRequestAdvice() {}

  @Advice.OnMethodEnter(inline = false, skipOn = Advice.OnNonDefaultValue.class)
  public static @Nullable Object enter(
      @Advice.This(typing = Typing.DYNAMIC) Object client,
      @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object request) {
    try {
      return request instanceof HttpExecuteRequest asked && AwsAdapter.handles(asked.httpRequest())
          ? new SyncRequest((SdkHttpClient) client, asked)
          : null;
    } catch (Throwable t) {
      tell(t);
      return null;
    }
  }

  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Enter(typing = Typing.DYNAMIC) @Nullable Object entered,
      @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
    return entered != null ? entered : returned;
  }

  /** Here and not in a class of its own, which could be the one that is missing. */
  private static void tell(Throwable fault) {
    try {
      AwsAdapter.fault(fault);
    } catch (Throwable unreachable) {
      // Nobody is there to be told.
    }
  }
}
