// SPDX-License-Identifier: Apache-2.0
package io.headgate.bootstrap;

import java.io.File;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Where the JVM enters: {@code -javaagent} calls {@link #premain}, a late attach {@link
 * #agentmain}. Adds the {@link TypeGate} and does nothing else, unless there is a configuration to
 * check. Never throws into the JVM.
 *
 * <p>It runs before the application's main class, so it touches neither logging nor {@code
 * java.nio.file} nor the network: applications configure those in main.
 */
public final class HeadgateAgent {

  private static boolean installed;

  private HeadgateAgent() {}

  public static void premain(String arguments, Instrumentation instrumentation) {
    install(arguments, instrumentation, true);
  }

  public static void agentmain(String arguments, Instrumentation instrumentation) {
    install(arguments, instrumentation, false);
  }

  /** The jar as a command: {@code validate} and {@code explain}. */
  public static void main(String[] arguments) throws Exception {
    // Of this very type: to see that it is a ClassLoader the verifier would load it in every JVM.
    AgentClassLoader loader = new AgentClassLoader(ownJar(), HeadgateAgent.class.getClassLoader());
    int code =
        (int)
            loader
                .loadClass("io.headgate.agent.Cli")
                .getMethod("run", String[].class, PrintStream.class, PrintStream.class)
                .invoke(null, arguments, System.out, System.err);
    System.exit(code);
  }

  private static synchronized void install(
      String arguments, Instrumentation instrumentation, boolean beforeMain) {
    try {
      if (installed || disabled() || jdkTool(System.getProperty("sun.java.command"))) {
        return;
      }
      TypeGate gate = new TypeGate(instrumentation, arguments, ownJar());
      if (configured(arguments) && !gate.open()) {
        // The configuration cannot be used, which was said on stderr.
        if (beforeMain && gate.refusesToStart()) {
          System.exit(1);
        }
        return;
      }
      installed = true;
      instrumentation.addTransformer(gate, true);
      retransformLoaded(instrumentation);
    } catch (Throwable t) {
      System.err.println("headgate: the agent was not installed: " + t);
    }
  }

  private static boolean disabled() {
    String value = System.getProperty("headgate.enabled");
    if (value == null) {
      value = System.getenv("HEADGATE_ENABLED");
    }
    return value != null && value.trim().equalsIgnoreCase("false");
  }

  /**
   * Whether the command is one of the JDK's own tools, which inherit {@code JAVA_TOOL_OPTIONS}: the
   * launcher names those as {@code module/class}.
   */
  static boolean jdkTool(String command) {
    if (command == null) {
      return false;
    }
    int space = command.indexOf(' ');
    String main = space < 0 ? command : command.substring(0, space);
    int slash = main.indexOf('/');
    if (slash < 0) {
      return false;
    }
    String module = main.substring(0, slash);
    String type = main.substring(slash + 1);
    if (type.startsWith("com.sun.tools.javac.launcher.")) {
      return false; // "java App.java" is an application.
    }
    return (module.startsWith("jdk.") || module.equals("java.base") || module.equals("java.rmi"))
        && (type.startsWith("com.sun.") || type.startsWith("sun.") || type.startsWith("jdk."));
  }

  /** Whether anything is configured, so that it has to be read and checked now. */
  private static boolean configured(String arguments) {
    if ((arguments != null && !arguments.isEmpty()) || new File("headgate.yaml").exists()) {
      return true;
    }
    for (String name : System.getenv().keySet()) {
      if (name.startsWith("HEADGATE_") && !name.equals("HEADGATE_ENABLED")) {
        return true;
      }
    }
    Properties properties = System.getProperties();
    for (Object name : properties.keySet()) {
      if (name instanceof String key
          && key.startsWith("headgate.")
          && !key.equals("headgate.enabled")) {
        return true;
      }
    }
    return false;
  }

  private static File ownJar() throws Exception {
    return new File(
        HeadgateAgent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Classes that were loaded before us: all of them on a late attach, hardly any otherwise. */
  private static void retransformLoaded(Instrumentation instrumentation) {
    List<Class<?>> matches = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (TypeGate.matches(type.getName().replace('.', '/'))
          && instrumentation.isModifiableClass(type)) {
        matches.add(type);
      }
    }
    for (Class<?> type : matches) {
      try {
        // One by one: a class that cannot be retransformed must not spoil the others.
        instrumentation.retransformClasses(type);
      } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
        System.err.println("headgate: " + type.getName() + " is not covered: " + e);
      }
    }
  }
}
