// SPDX-License-Identifier: Apache-2.0
package io.headgate.it;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, with or without the agent, as an operator would start it. */
public final class ForkedJvm {

  /** The JDK the forks run on: {@code -Dheadgate.it.java.home}, else the one running the tests. */
  private static final String JAVA_HOME =
      System.getProperty("headgate.it.java.home", System.getProperty("java.home"));

  private final List<String> options = new ArrayList<>();
  private final List<String> command = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();
  private String classPath = ClassPaths.own();
  private File directory = new File(System.getProperty("user.dir"), "target");

  /** What a run left behind. */
  public record Result(int exit, String out, String err) {
    /** Fails with everything the JVM said unless it ended well. */
    public Result orThrow() {
      if (exit != 0) {
        throw new AssertionError("exit code " + exit + "\nstdout:\n" + out + "\nstderr:\n" + err);
      }
      return this;
    }
  }

  public static ForkedJvm java() {
    return new ForkedJvm();
  }

  public static String ownClassPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  public static Path agentJar() {
    Path jar =
        Path.of(System.getProperty("headgate.agent.jar", "../agent/target/headgate-agent.jar"))
            .toAbsolutePath()
            .normalize();
    if (!jar.toFile().isFile()) {
      throw new IllegalStateException(jar + " is missing: build the agent module first");
    }
    return jar;
  }

  public static boolean atLeastJava(int feature) {
    return Feature.RELEASE >= feature;
  }

  /** Of the JVM that is forked; asked once. */
  private static final class Feature {
    static final int RELEASE = release();

    private static int release() {
      String version =
          java().option("--version").run().out().lines().findFirst().orElse("openjdk 17");
      return Integer.parseInt(version.split(" ")[1].split("[.+-]")[0]);
    }
  }

  /**
   * For class paths with Netty or the AWS SDK's native parts: newer JVMs warn on stderr of what
   * these do, with the agent or without.
   */
  public ForkedJvm nativeLibraries() {
    return atLeastJava(24)
        ? option("--enable-native-access=ALL-UNNAMED")
            .option("--sun-misc-unsafe-memory-access=allow")
        : this;
  }

  public ForkedJvm agent() {
    return option("-javaagent:" + agentJar());
  }

  public ForkedJvm agent(String arguments) {
    return option("-javaagent:" + agentJar() + "=" + arguments);
  }

  public ForkedJvm option(String option) {
    options.add(option);
    return this;
  }

  public ForkedJvm property(String name, Object value) {
    return option("-D" + name + "=" + value);
  }

  public ForkedJvm env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  public ForkedJvm classPath(String path) {
    classPath = path;
    return this;
  }

  public ForkedJvm directory(File dir) {
    directory = dir;
    return this;
  }

  /** Lets the agent export, which it does not by default here. */
  public ForkedJvm exportingTo(String endpoint) {
    env("OTEL_SDK_DISABLED", "false");
    env("OTEL_BSP_SCHEDULE_DELAY", "100");
    env("OTEL_METRIC_EXPORT_INTERVAL", "1000");
    return env("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
  }

  public ForkedJvm main(Class<?> main, String... arguments) {
    return main(main.getName(), arguments);
  }

  public ForkedJvm main(String main, String... arguments) {
    command.add(main);
    command.addAll(List.of(arguments));
    return this;
  }

  public Result run() {
    return run(JAVA_HOME + "/bin/java", true);
  }

  /** Runs another tool of the JDK, {@code javac} for instance; options are passed as they are. */
  public Result tool(String name) {
    return run(JAVA_HOME + "/bin/" + name, false);
  }

  /** Starts it without waiting. */
  public Process start() throws IOException {
    return builder(JAVA_HOME + "/bin/java", true).start();
  }

  /** Starts it for a test to talk to while it runs. */
  public RunningJvm launch() {
    directory.mkdirs();
    try {
      return new RunningJvm(start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProcessBuilder builder(String executable, boolean withClassPath) {
    List<String> line = new ArrayList<>();
    line.add(executable);
    if (withClassPath) {
      line.add("-Xshare:auto");
      line.add("-XX:TieredStopAtLevel=1");
    }
    line.addAll(options);
    if (withClassPath && !options.contains("-jar") && !options.contains("-m")) {
      line.add("-cp");
      line.add(classPath);
    }
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).directory(directory);
    Map<String, String> env = builder.environment();
    env.keySet()
        .removeIf(
            name ->
                name.startsWith("OTEL_")
                    || name.startsWith("HEADGATE_")
                    || name.endsWith("_API_KEY")
                    || name.equals("JAVA_TOOL_OPTIONS"));
    // A test that wants an exporter names its own collector.
    env.put("OTEL_SDK_DISABLED", "true");
    env.putAll(environment);
    return builder;
  }

  private Result run(String executable, boolean withClassPath) {
    directory.mkdirs();
    try {
      Process process = builder(executable, withClassPath).start();
      process.getOutputStream().close();
      Drain out = new Drain(process.getInputStream());
      Drain err = new Drain(process.getErrorStream());
      if (!process.waitFor(300, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end after 300 s\n" + out.text() + "\n" + err.text());
      }
      return new Result(process.exitValue(), out.text(), err.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static final class Drain {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Thread thread;

    Drain(InputStream in) {
      thread =
          new Thread(
              () -> {
                try (in) {
                  in.transferTo(bytes);
                } catch (IOException e) {
                  // The process is gone.
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    String text() throws InterruptedException {
      thread.join(10_000);
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}
