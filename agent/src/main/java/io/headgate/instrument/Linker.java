// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import io.headgate.gateway.Faults;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Links instrumented call sites to the adapters of the class loader they stand in. */
final class Linker {

  private final ClassLoader agent;
  private final Faults faults;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Weak on both sides: an adapter loader points back to its application loader, so a strong value
   * would keep its own key alive. The linked call sites are what keeps an adapter loader alive, for
   * exactly as long as the application's classes.
   */
  private final Map<ClassLoader, WeakReference<AdapterClassLoader>> loaders = new WeakHashMap<>();

  private final AdapterClassLoader platform;

  /** Of the adapters that meet the JDK's own clients. */
  Module platform() {
    return platform.getUnnamedModule();
  }

  Linker(ClassLoader agent, Faults faults) {
    this.agent = agent;
    this.faults = faults;
    this.platform = new AdapterClassLoader(agent, null);
  }

  /** The handle for {@link CallSites#linker}. */
  MethodHandle handle() throws ReflectiveOperationException {
    return MethodHandles.lookup()
        .findVirtual(
            Linker.class,
            "link",
            MethodType.methodType(
                CallSite.class,
                MethodHandles.Lookup.class,
                String.class,
                MethodType.class,
                String.class,
                String.class))
        .bindTo(this);
  }

  CallSite link(
      MethodHandles.Lookup caller,
      String name,
      MethodType type,
      String adviceClass,
      String adviceDescriptor) {
    try {
      AdapterClassLoader loader = loaderFor(caller.lookupClass().getClassLoader());
      Class<?> advice = loader.loadClass(adviceClass);
      MethodType adviceType = MethodType.fromMethodDescriptorString(adviceDescriptor, loader);
      MethodHandle target = MethodHandles.publicLookup().findStatic(advice, name, adviceType);
      return new ConstantCallSite(target.asType(type));
    } catch (Throwable t) {
      faults.fault("link " + adviceClass, t);
      return new ConstantCallSite(MethodHandles.empty(type));
    }
  }

  private AdapterClassLoader loaderFor(@Nullable ClassLoader application) {
    if (application == null || application == ClassLoader.getPlatformClassLoader()) {
      return platform;
    }
    lock.lock();
    try {
      WeakReference<AdapterClassLoader> known = loaders.get(application);
      AdapterClassLoader loader = known == null ? null : known.get();
      if (loader == null) {
        loader = new AdapterClassLoader(agent, application);
        loaders.put(application, new WeakReference<>(loader));
      }
      return loader;
    } finally {
      lock.unlock();
    }
  }
}
