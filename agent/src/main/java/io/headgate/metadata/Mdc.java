// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The diagnostic context of the app's logging on this thread: SLF4J's (Logback, Log4j 2 through its
 * binding), Log4j 2's own, JBoss Logging's. Never throws.
 */
final class Mdc {

  private static final List<AppClasses> KINDS =
      List.of(
          new AppClasses("org.slf4j.MDC"),
          new AppClasses("org.apache.logging.log4j.ThreadContext"),
          new AppClasses("org.jboss.logging.MDC"));

  private Mdc() {}

  static @Nullable String get(String key, @Nullable ClassLoader loader) {
    for (AppClasses kind : KINDS) {
      try {
        Class<?> type = kind.find(loader);
        Object value = type == null ? null : type.getMethod("get", String.class).invoke(null, key);
        if (value != null) {
          return value.toString();
        }
      } catch (Throwable t) {
        // Whatever is wrong with the app's logging: there is no value then.
      }
    }
    return null;
  }
}
