// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The current span as the app's own copy of the OpenTelemetry API knows it, found through a class
 * loader of the app. Which loader has which copy is remembered without keeping either alive. Never
 * throws. Touches {@code Span.current()} only, which leaves the app's {@code GlobalOpenTelemetry}
 * uninitialised.
 */
final class AppSpans {

  /** An app has one to three loaders that make calls; a server with more of them starts over. */
  private static final int MOST = 64;

  /**
   * Hangs the handles on the app's class, so that they go when it goes: they refer to it strongly,
   * and any map of ours would keep its loader alive through them.
   */
  private static final ClassValue<SpanReader> READERS =
      new ClassValue<>() {
        @Override
        protected SpanReader computeValue(Class<?> spanType) {
          return SpanReader.of(spanType);
        }
      };

  private record Entry(WeakReference<ClassLoader> loader, WeakReference<Class<?>> spanType) {}

  /** Copied on write: read on each call, written once for each loader. */
  private volatile Entry[] entries = new Entry[0];

  /** The current span's context if there is one and it is valid. */
  @Nullable SpanContext current(@Nullable ClassLoader loader) {
    if (loader == null) {
      return null;
    }
    try {
      Class<?> spanType = spanType(loader);
      return spanType == null ? null : READERS.get(spanType).current();
    } catch (Throwable t) {
      // Whatever is wrong with the app's copy, the call is a root then.
      return null;
    }
  }

  private @Nullable Class<?> spanType(ClassLoader loader) {
    for (Entry entry : entries) {
      if (entry.loader.refersTo(loader)) {
        return entry.spanType.get();
      }
    }
    Class<?> found = find(loader);
    remember(new Entry(new WeakReference<>(loader), new WeakReference<>(found)));
    return found;
  }

  private static @Nullable Class<?> find(ClassLoader loader) {
    try {
      return Class.forName("io.opentelemetry.api.trace.Span", false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** Two threads may add at once; the one that loses is added again at its next call. */
  private void remember(Entry added) {
    Entry[] before = entries;
    int kept = 0;
    Entry[] after = new Entry[before.length + 1];
    if (before.length < MOST) {
      for (Entry entry : before) {
        if (!entry.loader.refersTo(null)) {
          after[kept++] = entry;
        }
      }
    }
    after[kept++] = added;
    entries = Arrays.copyOf(after, kept);
  }
}
