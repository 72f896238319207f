// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class AppClassesTest {

  private final AppClasses classes = new AppClasses("com.acme.Missing", "com.acme.Here");

  private static AppCode app() {
    return AppCode.of(
        ClassLoader.getPlatformClassLoader(),
        "com.acme.Here",
        "package com.acme; public class Here {"
            + " static { if (true) throw new IllegalStateException(\"initialized\"); } }");
  }

  @Test
  void eachLoaderSeesItsOwnClass() {
    AppCode one = app();
    AppCode two = app();
    Class<?> first = classes.find(one);
    assertThat(first).isNotNull();
    assertThat(first.getClassLoader()).isSameAs(one);
    assertThat(classes.find(one)).isSameAs(first);
    Class<?> second = classes.find(two);
    assertThat(second).isNotNull().isNotSameAs(first);
  }

  @Test
  void whatIsNotThereIsLookedForOnce() {
    int[] asked = new int[1];
    ClassLoader counting =
        new ClassLoader(ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            asked[0]++;
            throw new ClassNotFoundException(name);
          }
        };
    assertThat(classes.find(counting)).isNull();
    assertThat(classes.find(counting)).isNull();
    assertThat(asked[0]).isEqualTo(2); // Once for each name.
  }

  @Test
  void aLoaderThatFailsHasNone() {
    ClassLoader failing =
        new ClassLoader(ClassLoader.getPlatformClassLoader()) {
          @Override
          protected Class<?> findClass(String name) {
            throw new IllegalStateException("stopped");
          }
        };
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try {
      assertThat(Mdc.get("user", failing)).isNull();
      assertThat(Baggage.current("user", failing)).isNull();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void aLoaderThatIsGoneIsCollected() {
    WeakReference<ClassLoader> gone = found();
    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(gone.get()).isNull();
            });
    assertThat(classes.find(app())).isNotNull();
  }

  private WeakReference<ClassLoader> found() {
    AppCode app = app();
    assertThat(classes.find(app)).isNotNull();
    return new WeakReference<>(app);
  }
}
