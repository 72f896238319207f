// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import io.headgate.gateway.Faults;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Packages of {@code java.base} that the adapters of the JDK's own clients reflect into, because
 * nothing public breaks off a read of an {@code HttpURLConnection}. Opened to these adapters alone.
 */
final class OpenedPackages {

  private static final Set<String> NAMES =
      Set.of("sun.net.www.http", "sun.net.www.protocol.http", "sun.net.www.protocol.https");

  private OpenedPackages() {}

  /** Opens them; the adapters do without if that is not possible. */
  static void open(@Nullable Instrumentation instrumentation, Module adapters, Faults faults) {
    Module base = Object.class.getModule();
    Map<String, Set<Module>> opens = new HashMap<>();
    for (String name : NAMES) {
      if (base.getPackages().contains(name)) {
        opens.put(name, Set.of(adapters));
      }
    }
    try {
      if (instrumentation != null && instrumentation.isModifiableModule(base)) {
        instrumentation.redefineModule(base, Set.of(), Map.of(), opens, Set.of(), Map.of());
      }
    } catch (RuntimeException e) {
      faults.fault("open packages", e);
    }
  }
}
