// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.GlobalScope;
import kotlinx.coroutines.TimeoutKt;

/** What a Kotlin app does with its suspend functions, in Java. */
final class Coroutines {

  /** A suspend function without parameters, as the Kotlin compiler makes them. */
  interface Suspending<T> {

    /** The result, or {@code COROUTINE_SUSPENDED} if the continuation will get it. */
    Object call(Continuation<? super T> continuation);
  }

  private Coroutines() {}

  /** {@code runBlocking}: on this thread, whose interruption cancels it. */
  static <T> T blocking(Suspending<T> body) throws Exception {
    return BuildersKt.runBlocking(
        EmptyCoroutineContext.INSTANCE, (scope, continuation) -> body.call(continuation));
  }

  /** {@code async}: on the default dispatcher's threads. */
  static <T> Deferred<T> async(Suspending<T> body) {
    return BuildersKt.async(
        GlobalScope.INSTANCE,
        Dispatchers.getDefault(),
        CoroutineStart.DEFAULT,
        (scope, continuation) -> body.call(continuation));
  }

  static <T> T await(Deferred<T> deferred) throws Exception {
    return Coroutines.<T>blocking(deferred::await);
  }

  /** {@code withTimeout}: cancels the function when the time is over. */
  static <T> Suspending<T> within(long millis, Suspending<T> body) {
    return continuation ->
        TimeoutKt.<T>withTimeout(millis, (scope, inner) -> body.call(inner), continuation);
  }
}
