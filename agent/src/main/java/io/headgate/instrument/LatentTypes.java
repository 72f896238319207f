// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.pool.TypePool;

/**
 * Takes every name but one for a public class with nothing in it. That is all that weaving needs to
 * know of the types around the woven class, and so no class loader is asked for anything while the
 * application's class loading locks are held.
 */
final class LatentTypes extends TypePool.AbstractBase {

  private static final TypeDescription.Generic OBJECT =
      TypeDescription.Generic.OfNonGenericType.ForLoadedType.of(Object.class);

  private final String known;

  private LatentTypes(String known) {
    super(CacheProvider.NoOp.INSTANCE);
    this.known = known;
  }

  /** A pool that reads one class file and makes up the rest. */
  static TypePool around(String name, ClassFileLocator file) {
    return new TypePool.Default(
        new CacheProvider.Simple(), file, Default.ReaderMode.FAST, new LatentTypes(name));
  }

  @Override
  protected Resolution doDescribe(String name) {
    return name.equals(known)
        ? new Resolution.Illegal(name)
        : new Resolution.Simple(new TypeDescription.Latent(name, Opcodes.ACC_PUBLIC, OBJECT));
  }
}
