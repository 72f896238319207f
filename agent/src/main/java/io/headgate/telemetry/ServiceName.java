// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.autoconfigure.ResourceConfiguration;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ResourceProvider;
import io.opentelemetry.sdk.resources.Resource;
import java.io.File;
import org.jspecify.annotations.Nullable;

/**
 * What the service is called when {@code OTEL_SERVICE_NAME} and {@code OTEL_RESOURCE_ATTRIBUTES} do
 * not say: the Spring application's name, else the jar's or the main class's.
 */
final class ServiceName implements ResourceProvider {

  private static final AttributeKey<String> KEY = AttributeKey.stringKey("service.name");

  @Override
  public Resource createResource(ConfigProperties config) {
    if (config.getString("otel.service.name") != null
        || config.getMap("otel.resource.attributes").containsKey("service.name")) {
      return environment(config);
    }
    String spring = config.getString("spring.application.name");
    String name = spring != null ? spring : launched();
    Resource environment = environment(config);
    return name == null
        ? environment
        : environment.merge(Resource.builder().put(KEY, name).build());
  }

  private static @Nullable String launched() {
    return ofCommand(System.getProperty("sun.java.command"), System.getProperty("java.class.path"));
  }

  private static Resource environment(ConfigProperties config) {
    return ResourceConfiguration.createEnvironmentResource(config);
  }

  /**
   * The name of the archive that was launched, or of the main class.
   *
   * @param command as the launcher leaves it: {@code path/app.jar args}, {@code module/Main args}
   * @param classPath the JVM's; after {@code -jar} the archive comes first in it
   */
  static @Nullable String ofCommand(@Nullable String command, @Nullable String classPath) {
    if (command == null || command.isBlank()) {
      return null;
    }
    String archive = archive(command, classPath);
    if (archive != null) {
      String file = after(after(archive, '/'), '\\');
      int dot = file.lastIndexOf('.');
      return dot > 0 ? file.substring(0, dot) : file;
    }
    return after(after(firstWord(command), '/'), '.');
  }

  /** Null if a class was launched. A path may have spaces, so the command alone does not tell. */
  private static @Nullable String archive(String command, @Nullable String classPath) {
    if (classPath != null) {
      // Agents are appended to it.
      int end = classPath.indexOf(File.pathSeparatorChar);
      String first = end < 0 ? classPath : classPath.substring(0, end);
      int length = first.length();
      if (first.lastIndexOf('.') > 0
          && command.startsWith(first)
          && (command.length() == length || command.charAt(length) == ' ')) {
        return first;
      }
    }
    String word = firstWord(command);
    return word.endsWith(".jar") ? word : null;
  }

  private static String firstWord(String command) {
    int space = command.indexOf(' ');
    return space < 0 ? command : command.substring(0, space);
  }

  private static String after(String text, char separator) {
    return text.substring(text.lastIndexOf(separator) + 1);
  }
}
