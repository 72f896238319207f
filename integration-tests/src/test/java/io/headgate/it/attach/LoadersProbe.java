// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An app server's life: loads an app with an OkHttp of its own, lets it make calls, drops it, again
 * and again. Arguments: the URL to call, the number of rounds, the app's class path.
 */
public final class LoadersProbe {

  private LoadersProbe() {}

  public static void main(String[] arguments) throws Exception {
    String url = arguments[0];
    int rounds = Integer.parseInt(arguments[1]);
    List<WeakReference<ClassLoader>> dropped = new ArrayList<>();
    int after = 0;
    for (int i = 0; i < rounds; i++) {
      dropped.add(round(url, arguments[2]));
      if (i == rounds / 5) {
        collect(dropped);
        after = loadedClasses();
      }
    }
    collect(dropped);
    for (int i = 0; i < rounds; i++) {
      if (dropped.get(i).get() != null) {
        System.out.println("alive: round " + i);
      }
    }
    String dump = System.getProperty("probe.dump");
    if (dump != null) {
      ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class)
          .dumpHeap(dump, true);
    }
    // Less than one round's OkHttp, of which there were rounds after the first count.
    System.out.println("grown " + (loadedClasses() - after > 100));
    System.exit(0);
  }

  private static int loadedClasses() {
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }

  private static WeakReference<ClassLoader> round(String url, String path) throws Exception {
    URLClassLoader app = app(path);
    try (app) {
      for (String client : new String[] {"OkHttp", "Jdk", "UrlConnection"}) {
        int status = call(app, client, url);
        if (status != 200) {
          throw new IllegalStateException(client + " got " + status);
        }
      }
      stopThreads(app);
    }
    return new WeakReference<>(app);
  }

  static URLClassLoader app(String path) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return new URLClassLoader(
        "app", urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
  }

  static int call(ClassLoader app, String client, String url) throws Exception {
    Class<?> type = Class.forName(Probe.class.getName() + "$" + client, true, app);
    Object made = type.getConstructor().newInstance();
    return (Integer) type.getMethod("post", String.class).invoke(made, url);
  }

  /** OkHttp 3's own pool thread would hold the loader for a minute, agent or not. */
  static void stopThreads(ClassLoader app) throws Exception {
    Field executor =
        Class.forName("okhttp3.internal.connection.RealConnectionPool", true, app)
            .getDeclaredField("executor");
    executor.setAccessible(true);
    ((ExecutorService) executor.get(null)).shutdownNow();
  }

  private static void collect(List<WeakReference<ClassLoader>> dropped) throws Exception {
    for (int i = 0; i < 100 && dropped.stream().anyMatch(ref -> ref.get() != null); i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
