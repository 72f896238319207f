// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.SimpleRemapper;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Defines the bridge class into {@code java.base}: {@code redefineModule} opens {@code java.lang}
 * to the agent's unnamed module only, then {@code Lookup.defineClass} does the rest. No {@code
 * Unsafe}, which stops working for this in JDK 26.
 */
final class Injector {

  static final String BRIDGE = "java.lang.$HeadgateCallSites";

  private Injector() {}

  /** The bridge class, defined now or by an earlier attach. */
  static Class<?> bridge(Instrumentation instrumentation) throws ReflectiveOperationException {
    try {
      return Class.forName(BRIDGE, false, null);
    } catch (ClassNotFoundException e) {
      // Expected: we are the first.
    }
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", Set.of(Injector.class.getModule())),
        Set.of(),
        Map.of());
    return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
        .defineClass(renamed());
  }

  private static byte[] renamed() {
    String own = CallSites.class.getName().replace('.', '/');
    ClassWriter writer = new ClassWriter(0);
    try (InputStream in = Injector.class.getClassLoader().getResourceAsStream(own + ".class")) {
      if (in == null) {
        throw new IllegalStateException("the bridge class is missing from the agent's jar");
      }
      new ClassReader(in.readAllBytes())
          .accept(
              new ClassRemapper(
                  writer,
                  new SimpleRemapper(
                      OpenedClassReader.ASM_API, Map.of(own, BRIDGE.replace('.', '/')))),
              // Annotations name types that the boot loader does not have.
              ClassReader.SKIP_DEBUG);
    } catch (IOException e) {
      throw new IllegalStateException("the bridge class cannot be read from the agent's jar", e);
    }
    return writer.toByteArray();
  }
}
