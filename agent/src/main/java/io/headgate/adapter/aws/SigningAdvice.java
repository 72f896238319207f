// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.aws;

import java.util.concurrent.CompletableFuture;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner.Typing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * {@code SigningStage.execute(request, context)} and {@code AsyncSigningStage.execute(request,
 * context)}, which returns a future: remembers how the request was signed. Never throws.
 */
public final class SigningAdvice {

  private SigningAdvice() {}

  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Argument(value = 0, typing = Typing.DYNAMIC) @Nullable Object unsigned,
      @Advice.Argument(value = 1, typing = Typing.DYNAMIC) @Nullable Object context,
      @Advice.Return(typing = Typing.DYNAMIC) @Nullable Object returned) {
    try {
      if (context == null
          || !(unsigned instanceof SdkHttpRequest request)
          || !AwsAdapter.handles(request)) {
        return returned;
      }
      if (!(returned instanceof CompletableFuture<?> future)) {
        keep(returned, context);
        return returned;
      }
      if (future.isDone()) {
        if (!future.isCompletedExceptionally()) {
          keep(future.join(), context);
        }
        return returned;
      }
      return kept(future, context);
    } catch (Throwable t) {
      tell(t);
      return returned;
    }
  }

  private static void keep(@Nullable Object signed, Object context) {
    if (signed instanceof SdkHttpRequest request) {
      Signatures.keep(request, context);
    }
  }

  /** What depends on a future runs in no particular order: so the stage behind gets one of ours. */
  @SuppressWarnings("FutureReturnValueIgnored") // Advice returns objects.
  private static Object kept(CompletableFuture<?> future, Object context) {
    CompletableFuture<?> kept =
        future.thenApply(
            signed -> {
              try {
                keep(signed, context);
              } catch (Throwable t) {
                tell(t);
              }
              return signed;
            });
    var unused =
        kept.whenComplete(
            (signed, failure) -> {
              if (kept.isCancelled()) {
                future.cancel(true);
              }
            });
    return kept;
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
