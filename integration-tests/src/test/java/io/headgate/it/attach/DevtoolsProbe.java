// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

/**
 * An app under Spring Boot's developer tools: makes its calls, then has itself restarted, again and
 * again. The tools keep libraries' classes and load those of the app anew. Arguments: the URL to
 * call, the number of rounds.
 */
public final class DevtoolsProbe {

  private static final String RESTARTER = "org.springframework.boot.devtools.restart.Restarter";

  private DevtoolsProbe() {}

  public static void main(String[] arguments) throws Exception {
    // Ends this thread, and comes here again on another one, with other classes.
    Class<?> restarter = Class.forName(RESTARTER);
    restarter.getMethod("initialize", String[].class).invoke(null, (Object) arguments);

    int round = Integer.getInteger("probe.round", 0) + 1;
    System.setProperty("probe.round", String.valueOf(round));
    System.out.println(
        DevtoolsProbe.class.getClassLoader().getClass().getSimpleName()
            + " okhttp "
            + new Probe.OkHttp().post(arguments[0])
            + " jdk "
            + new Probe.Jdk().post(arguments[0])
            + " url "
            + new Probe.UrlConnection().post(arguments[0]));
    if (round < Integer.parseInt(arguments[1])) {
      Object tools = restarter.getMethod("getInstance").invoke(null);
      Thread restart = new Thread(() -> restart(restarter, tools));
      restart.setContextClassLoader(ClassLoader.getSystemClassLoader());
      restart.start();
    } else {
      System.exit(0);
    }
  }

  private static void restart(Class<?> restarter, Object tools) {
    try {
      restarter.getMethod("restart").invoke(tools);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
