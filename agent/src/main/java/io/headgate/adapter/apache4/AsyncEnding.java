// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.http.concurrent.BasicFuture;
import org.apache.http.concurrent.FutureCallback;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.nio.protocol.HttpAsyncResponseConsumer;
import org.apache.http.protocol.HttpContext;

/** How a call ends for the app: once, and in the client's order. Thread-safe. */
final class AsyncEnding<T> {

  private final HttpAsyncRequestProducer producer;
  private final HttpAsyncResponseConsumer<T> consumer;
  private final BasicFuture<T> future;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicBoolean requested = new AtomicBoolean();

  AsyncEnding(
      HttpAsyncRequestProducer producer,
      HttpAsyncResponseConsumer<T> consumer,
      BasicFuture<T> future) {
    this.producer = producer;
    this.consumer = consumer;
    this.future = future;
  }

  boolean over() {
    return over.get();
  }

  /** A request has been written; the app's producer knows of one. */
  void requested(HttpContext context) {
    if (requested.compareAndSet(false, true)) {
      producer.requestCompleted(context);
    }
  }

  /** The consumer has all of the answer. */
  void completed() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    try {
      T result = consumer.getResult();
      Exception thrown = consumer.getException();
      if (thrown == null) {
        future.completed(result);
      } else {
        future.failed(thrown);
      }
    } finally {
      close();
    }
  }

  /** The consumer wants no more of the answer. */
  void enough() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    try {
      future.cancel();
    } finally {
      close();
    }
  }

  /** The client sees to the end of the call from now on. False if that has been there. */
  boolean handOver() {
    return over.compareAndSet(false, true);
  }

  /** For the client that the call was handed to: completes what the app holds. */
  FutureCallback<T> future() {
    return new FutureCallback<>() {
      @Override
      public void completed(T result) {
        future.completed(result);
      }

      @Override
      public void failed(Exception thrown) {
        future.failed(thrown);
      }

      @Override
      public void cancelled() {
        future.cancel();
      }
    };
  }

  /** The client that the call was handed to has thrown it back. */
  void refused(Throwable failure) {
    end(failure);
  }

  void failed(Throwable failure) {
    if (over.compareAndSet(false, true)) {
      end(failure);
    }
  }

  private void end(Throwable failure) {
    Exception thrown = failure instanceof Exception e ? e : new IOException(failure);
    try {
      producer.failed(thrown);
      consumer.failed(thrown);
    } finally {
      try {
        future.failed(thrown);
      } finally {
        close();
      }
    }
  }

  /** Returns whether the consumer took note. */
  boolean cancelled() {
    if (!over.compareAndSet(false, true)) {
      return false;
    }
    try {
      boolean noted = consumer.cancel();
      T result = consumer.getResult();
      Exception thrown = consumer.getException();
      if (thrown != null) {
        future.failed(thrown);
      } else if (result != null) {
        future.completed(result);
      } else {
        future.cancel();
      }
      return noted;
    } finally {
      close();
    }
  }

  private void close() {
    close(producer);
    close(consumer);
  }

  private static void close(Closeable closeable) {
    try {
      closeable.close();
    } catch (IOException e) {
      // The client only logs it.
    }
  }
}
