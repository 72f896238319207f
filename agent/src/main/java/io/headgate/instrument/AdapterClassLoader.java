// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One per application class loader: it sees the agent and the application's HTTP library at once.
 * Adapters are defined here, so that each links against the version of the library that its
 * application brought.
 */
final class AdapterClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String ADAPTERS = "io.headgate.adapter.";

  private final ClassLoader agent;
  private final ClassLoader application;

  AdapterClassLoader(ClassLoader agent, @Nullable ClassLoader application) {
    super("headgate-adapter", null);
    this.agent = agent;
    // Classes of java.base have no loader; the platform's modules are visible to adapters anyway.
    this.application = application != null ? application : ClassLoader.getPlatformClassLoader();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("io.headgate.")) {
      // The application's, never ours: an application that bundles a library we use, too, must not
      // meet our copy, and its copy must not meet us.
      return Class.forName(name, false, application);
    }
    if (!name.startsWith(ADAPTERS)) {
      return agent.loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> type = findLoadedClass(name);
      return type != null ? type : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (InputStream in = agent.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
