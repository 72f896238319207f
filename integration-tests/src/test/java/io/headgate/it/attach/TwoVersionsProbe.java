// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.attach;

import java.net.URLClassLoader;

/** Two apps in one JVM, each with an OkHttp of its own. Arguments: URL, class path, class path. */
public final class TwoVersionsProbe {

  private TwoVersionsProbe() {}

  public static void main(String[] arguments) throws Exception {
    try (URLClassLoader one = LoadersProbe.app(arguments[1]);
        URLClassLoader other = LoadersProbe.app(arguments[2])) {
      for (int i = 0; i < 2; i++) {
        System.out.println(version(one) + " " + LoadersProbe.call(one, "OkHttp", arguments[0]));
        System.out.println(version(other) + " " + LoadersProbe.call(other, "OkHttp", arguments[0]));
      }
    }
    System.exit(0);
  }

  /** Where the call's class is tells the version. */
  private static String version(ClassLoader app) {
    return app.getResource("okhttp3/RealCall.class") != null ? "3" : "5";
  }
}
