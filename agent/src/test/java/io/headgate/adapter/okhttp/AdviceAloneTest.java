// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advice stands in the app's stack: even without the classes it leads to, it must not throw. */
class AdviceAloneTest {

  private static final String ADAPTER = "io.headgate.adapter.okhttp.";

  private final OkHttpClient client = new OkHttpClient();
  private final Object call =
      client.newCall(new Request.Builder().url("http://127.0.0.1:1/").build());

  /** Defines the adapter anew, but for the classes that are missing. */
  private static final class Lacking extends ClassLoader {
    private final String missing;

    Lacking(String missing) {
      super(AdviceAloneTest.class.getClassLoader());
      this.missing = missing;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.matches(missing)) {
        throw new ClassNotFoundException(name);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null || !name.startsWith(ADAPTER)) {
        return known != null ? known : super.loadClass(name, resolve);
      }
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io\\.headgate\\.adapter\\.okhttp\\.OkHttpAdapter",
        "io\\.headgate\\.adapter\\.okhttp\\.ChainMark",
        "io\\.headgate\\.gateway\\.Ingress",
        "io\\.headgate\\.adapter\\.okhttp\\..*(?<!Advice)",
      })
  void missingClassIsNotFelt(String missing) throws Exception {
    ClassLoader loader = new Lacking(missing);
    List<Object> theirs = List.of("theirs");
    assertThat(invoke(loader, "CallAdvice", "enter", call)).isNull();
    assertThat(invoke(loader, "CallAdvice", "exit", call)).isNull();
    assertThat(invoke(loader, "EnqueueAdvice", "enter", call)).isNull();
    assertThat(invoke(loader, "InterceptorsAdvice", "exit", client, theirs)).isSameAs(theirs);
  }

  private static Object invoke(ClassLoader loader, String advice, String name, Object... arguments)
      throws Exception {
    for (Method method : loader.loadClass(ADAPTER + advice).getMethods()) {
      if (method.getName().equals(name)) {
        return method.invoke(null, arguments);
      }
    }
    throw new AssertionError(advice + " has no " + name);
  }
}
