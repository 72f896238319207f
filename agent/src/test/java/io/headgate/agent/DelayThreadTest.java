// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** In JVMs of their own: in this one the thread may have been started by anybody. */
class DelayThreadTest {

  /**
   * Has a time limit set by a thread of an application; tells which threads that one is kept by.
   */
  static final class Application {
    private Application() {}

    public static void main(String[] arguments) throws Exception {
      if (arguments.length > 0) {
        DelayThread.start(new AgentThreads("headgate-delays"));
      }
      ClassLoader application = new URLClassLoader(new URL[0]);
      Thread.currentThread().setContextClassLoader(application);
      String of =
          new CompletableFuture<Void>()
              .completeOnTimeout(null, 1, TimeUnit.MILLISECONDS)
              .thenApply(nothing -> "on the JDK's thread")
              .get(20, TimeUnit.SECONDS);
      for (Thread each : Thread.getAllStackTraces().keySet()) {
        if (each != Thread.currentThread() && each.getContextClassLoader() == application) {
          of += ", keeps the application";
        }
      }
      System.out.write(of.getBytes(StandardCharsets.UTF_8));
      System.out.flush();
    }
  }

  private static String run(String... arguments) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            java.toString(),
            "-cp",
            String.join(File.pathSeparator, place(DelayThread.class), place(DelayThreadTest.class)),
            Application.class.getName());
    builder.command().addAll(List.of(arguments));
    Process process = builder.redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static String place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  @Test
  void aTimeLimitSetByAnApplicationDoesNotKeepItsClasses() throws Exception {
    assertThat(run("started")).isEqualTo("on the JDK's thread");
  }

  /** What it is for; if this fails one day, the JDK has mended it. */
  @Test
  void theFirstTimeLimitOtherwiseWould() throws Exception {
    assertThat(run()).isEqualTo("on the JDK's thread, keeps the application");
  }
}
