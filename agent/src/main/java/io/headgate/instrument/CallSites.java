// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The bridge from instrumented code to the agent. {@link Injector} defines a copy of this class as
 * {@code java.lang.$HeadgateCallSites}, because every class in every loader and module can see
 * {@code java.lang}: filtering loaders cannot hide it, modules need no read edge, and the
 * application's CDS archive stays valid, which it would not if a jar were appended to the boot
 * class path. It uses nothing outside {@code java.lang.invoke}.
 */
public final class CallSites {

  /** {@code (Lookup, String, MethodType, String, String) -> CallSite}, set by the agent. */
  public static volatile @Nullable MethodHandle linker;

  private CallSites() {}

  /**
   * The bootstrap method of all our call sites. Whatever goes wrong, the site becomes a no-op that
   * returns null, which every advice takes for "nothing to do".
   */
  public static CallSite link(
      MethodHandles.Lookup caller,
      String name,
      MethodType type,
      String adviceClass,
      String adviceDescriptor) {
    try {
      MethodHandle current = linker;
      if (current != null) {
        return (CallSite)
            (Object) current.invoke(caller, name, type, adviceClass, adviceDescriptor);
      }
    } catch (Throwable t) {
      // Said by the linker itself.
    }
    return new ConstantCallSite(MethodHandles.empty(type));
  }
}
