// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Classes of the app that are known by name only, found through its class loaders. Keeps neither
 * alive.
 */
final class AppClasses {

  private final List<String> names;
  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. An empty reference: there is none. */
  private final Map<ClassLoader, WeakReference<Class<?>>> found = new WeakHashMap<>();

  /**
   * @param names any of these, the first that is there
   */
  AppClasses(String... names) {
    this.names = List.of(names);
  }

  /** The class as that loader, or else this thread's, sees it; null if neither does. */
  @Nullable Class<?> find(@Nullable ClassLoader loader) {
    Class<?> type = loader == null ? null : of(loader);
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return type != null || ofThread == null || ofThread == loader ? type : of(ofThread);
  }

  private @Nullable Class<?> of(ClassLoader loader) {
    lock.lock();
    try {
      WeakReference<Class<?>> known = found.get(loader);
      if (known != null) {
        return known.get();
      }
    } finally {
      lock.unlock();
    }
    // Not under the lock: the loader is the app's own code.
    Class<?> type = load(loader);
    lock.lock();
    try {
      found.put(loader, new WeakReference<>(type));
    } finally {
      lock.unlock();
    }
    return type;
  }

  private @Nullable Class<?> load(ClassLoader loader) {
    for (String name : names) {
      try {
        return Class.forName(name, false, loader);
      } catch (ClassNotFoundException | LinkageError e) {
        // The next one, then.
      }
    }
    return null;
  }
}
