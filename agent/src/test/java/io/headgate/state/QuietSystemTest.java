// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuietSystemTest {

  @Test
  void hasAllThatCaffeineCallsOfTheSystem() {
    Set<String> called =
        new ClassFileImporter()
            .importPackagesOf(Caffeine.class).stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getFullName().equals("java.lang.System"))
                .map(QuietSystemTest::signature)
                .collect(Collectors.toSet());
    Set<String> there =
        Stream.of(QuietSystem.class.getMethods())
            .map(QuietSystemTest::signature)
            .collect(Collectors.toSet());
    assertThat(called).isNotEmpty().isSubsetOf(there);
  }

  private static String signature(JavaMethodCall call) {
    return call.getTarget().getName()
        + call.getTarget().getRawParameterTypes().stream().map(type -> type.getFullName()).toList();
  }

  private static String signature(Method method) {
    return method.getName() + Stream.of(method.getParameterTypes()).map(Class::getName).toList();
  }

  @Test
  void itsLoggerSaysNothing() {
    System.Logger logger = QuietSystem.getLogger("x");
    logger.log(System.Logger.Level.ERROR, "nothing", new IllegalStateException());
    assertThat(logger.isLoggable(System.Logger.Level.ERROR)).isFalse();
  }
}
