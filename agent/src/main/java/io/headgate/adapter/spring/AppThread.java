// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * What the app's code and its client's may expect of a thread that runs them: the context class
 * loader of the one that subscribed. Threads which the client starts then inherit the app's, and
 * not ours.
 */
final class AppThread {

  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  <T extends @Nullable Object> T call(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    if (own == loader) {
      return work.get();
    }
    thread.setContextClassLoader(loader);
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  void run(Runnable work) {
    var unused =
        call(
            () -> {
              work.run();
              return Boolean.TRUE;
            });
  }

  /** Signals with the app's loader. */
  <T> Publisher<T> signals(Publisher<T> publisher) {
    return subscriber -> publisher.subscribe(new Signals<>(subscriber));
  }

  private final class Signals<T> implements Subscriber<T> {
    private final Subscriber<? super T> app;

    Signals(Subscriber<? super T> app) {
      this.app = app;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      run(() -> app.onSubscribe(subscription));
    }

    @Override
    public void onNext(T item) {
      run(() -> app.onNext(item));
    }

    @Override
    public void onError(Throwable failure) {
      run(() -> app.onError(failure));
    }

    @Override
    public void onComplete() {
      run(app::onComplete);
    }
  }
}
