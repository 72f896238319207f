// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.HttpURLConnection;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.Test;

/** A method the JDK adds and we forget would answer from our own, never connected state. */
class OverridesTest {

  /** Built on overridden methods alone, in the JDK's own connection as in ours. */
  private static final Set<String> DERIVED =
      Set.of(
          "getContent()",
          "getContent(Class[])",
          "getContentEncoding()",
          "getContentLength()",
          "getContentLengthLong()",
          "getContentType()",
          "getDate()",
          "getExpiration()",
          "getHeaderFieldDate(String,long)",
          "getHeaderFieldInt(String,int)",
          "getHeaderFieldLong(String,long)",
          "getLastModified()");

  @Test
  void everyMethodIsOverriddenOrDerived() {
    assertThat(inherited(GatewayUrlConnection.class, HttpURLConnection.class)).isEqualTo(DERIVED);
    assertThat(inherited(GatewayHttpsUrlConnection.class, HttpsURLConnection.class))
        .isEqualTo(DERIVED);
  }

  private static Set<String> inherited(Class<?> ours, Class<?> parent) {
    Set<String> names = new TreeSet<>();
    for (Class<?> type = parent; type != Object.class; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        int modifiers = method.getModifiers();
        boolean open = Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
        if (open && !Modifier.isStatic(modifiers) && !Modifier.isFinal(modifiers)) {
          names.add(signature(method));
        }
      }
    }
    for (Method method : ours.getDeclaredMethods()) {
      names.remove(signature(method));
    }
    return names;
  }

  private static String signature(Method method) {
    return method.getName()
        + "("
        + String.join(
            ",", Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList())
        + ")";
  }
}
