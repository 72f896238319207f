// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import java.io.File;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/**
 * A servlet container that deploys an app, which brings an OkHttp of its own, asks it once, and
 * undeploys it, again and again. Arguments: the number of rounds, a directory for the container,
 * the app's exploded archive.
 */
public final class TomcatProbe {

  private TomcatProbe() {}

  public static void main(String[] arguments) {
    try {
      run(arguments);
      System.exit(0);
    } catch (Throwable t) {
      t.printStackTrace();
      System.exit(1); // The container's threads would keep the JVM.
    }
  }

  private static void run(String[] arguments) throws Exception {
    System.setProperty("java.util.logging.config.class", Silence.class.getName());
    int rounds = Integer.parseInt(arguments[0]);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(arguments[1]);
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.start();
    int port = tomcat.getConnector().getLocalPort();

    List<WeakReference<ClassLoader>> dropped = new ArrayList<>();
    Set<String> threads = Set.of();
    int hooks = 0;
    for (int i = 0; i < rounds; i++) {
      dropped.add(round(tomcat, port, arguments[2]));
      if (i == 4) {
        threads = threads();
        hooks = hooks();
      }
    }
    for (int i = 0; i < 100 && dropped.stream().anyMatch(ref -> ref.get() != null); i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
    }
    long alive = dropped.stream().filter(ref -> ref.get() != null).count();
    System.out.println("rounds " + rounds + " alive " + alive);
    Set<String> more = threads();
    more.removeAll(threads);
    System.out.println("new threads " + more);
    System.out.println("new hooks " + (hooks() - hooks));
  }

  private static WeakReference<ClassLoader> round(Tomcat tomcat, int port, String archive)
      throws Exception {
    StandardContext context = new StandardContext();
    context.setName("app");
    context.setPath("/app");
    context.setDocBase(new File(archive).getAbsolutePath());
    context.addLifecycleListener(new Tomcat.FixContextListener());
    Tomcat.addServlet(context, "ask", AskServlet.class.getName());
    context.addServletMappingDecoded("/ask", "ask");
    tomcat.getHost().addChild(context);
    ClassLoader loader = context.getLoader().getClassLoader();
    String answer = get(port);
    if (!answer.endsWith("okhttp 200 jdk 200 url 200")) {
      throw new IllegalStateException(answer);
    }
    tomcat.getHost().removeChild(context);
    context.destroy();
    return new WeakReference<>(loader);
  }

  /** Without a client that anybody intercepts. */
  private static String get(int port) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket
          .getOutputStream()
          .write(
              "GET /app/ask HTTP/1.1\r\nHost: app\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /** By name, without the numbers that pools give. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int hooks() throws Exception {
    Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
    hooks.setAccessible(true);
    return ((IdentityHashMap<?, ?>) hooks.get(null)).size();
  }

  /** Sets up java.util.logging to say nothing. */
  public static final class Silence {
    public Silence() {
      java.util.logging.LogManager.getLogManager().reset();
    }
  }
}
