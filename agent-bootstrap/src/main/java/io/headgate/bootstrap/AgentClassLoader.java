// SPDX-License-Identifier: Apache-2.0
package io.headgate.bootstrap;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads the agent and its libraries from {@code agent/**.classdata} inside the agent's own jar, so
 * that none of them is visible to the application and none of the application's is picked up here.
 * The parent is the platform class loader: the class path is never asked.
 */
public final class AgentClassLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String PREFIX = "agent/";

  private final JarFile jar;
  private final String urlPrefix;
  private final ClassLoader bootstrap;

  AgentClassLoader(File file, ClassLoader bootstrap) throws IOException {
    super("headgate", ClassLoader.getPlatformClassLoader());
    // Unverified: signature checks are slow before the JIT has warmed up.
    this.jar = new JarFile(file, false);
    this.urlPrefix = "jar:" + file.toURI() + "!/" + PREFIX;
    this.bootstrap = bootstrap;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("io.headgate.bootstrap.")) {
      return bootstrap.loadClass(name);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> type = findLoadedClass(name);
      if (type == null) {
        // Our own first: a platform module could bring another Jackson some day.
        type = name.startsWith("java.") ? null : define(name);
      }
      return type != null ? type : super.loadClass(name, resolve);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes;
    try (InputStream in = open(name.replace('.', '/') + ".class")) {
      if (in == null) {
        return null;
      }
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    throw new ClassNotFoundException(name);
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    // Not through a URL: those open and lock the jar once more.
    try {
      InputStream in = open(name);
      return in != null ? in : super.getResourceAsStream(name);
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  protected URL findResource(String name) {
    JarEntry entry = jar.getJarEntry(entryName(name));
    try {
      return entry == null ? null : new URL(urlPrefix + entry.getName().substring(PREFIX.length()));
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL url = findResource(name);
    return url == null
        ? Collections.emptyEnumeration()
        : Collections.enumeration(Collections.singleton(url));
  }

  private InputStream open(String name) throws IOException {
    JarEntry entry = jar.getJarEntry(entryName(name));
    return entry == null ? null : jar.getInputStream(entry);
  }

  private static String entryName(String name) {
    return PREFIX + (name.endsWith(".class") ? name + "data" : name);
  }
}
