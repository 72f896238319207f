// SPDX-License-Identifier: Apache-2.0
package io.headgate.instrument;

import io.headgate.gateway.Faults;
import io.headgate.instrument.Instrumentations.Instrumentation;
import java.lang.instrument.ClassFileTransformer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.ProtectionDomain;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.VisibilityBridgeStrategy;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaConstant;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the advice of {@link Instrumentations} into the classes named there. Nothing is added to a
 * class but instructions, so that the JVM can retransform classes that were loaded before us.
 *
 * <p>Weaving reads the class file at hand and the advice, and asks no class loader for anything
 * else: it runs under the application's class loading locks.
 */
public final class Transformers implements ClassFileTransformer {

  private final ByteBuddy byteBuddy =
      new ByteBuddy()
          .with(TypeValidation.DISABLED)
          .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
          .with(VisibilityBridgeStrategy.Default.NEVER)
          .with(InstrumentedType.Factory.Default.FROZEN)
          .with(Implementation.Context.Disabled.Factory.INSTANCE);

  private final Advice.WithCustomMapping advice;
  private final TypePool advices;
  private final ClassFileLocator adviceFiles;
  private final Faults faults;

  /** Injects the bridge and prepares for weaving. */
  public Transformers(java.lang.instrument.Instrumentation instrumentation, Faults faults)
      throws ReflectiveOperationException {
    ClassLoader agent = Transformers.class.getClassLoader();
    Class<?> bridge = Injector.bridge(instrumentation);
    Linker linker = new Linker(agent, faults);
    bridge.getField("linker").set(null, linker.handle());
    OpenedPackages.open(instrumentation, linker.platform(), faults);
    MethodDescription.InDefinedShape link =
        new MethodDescription.ForLoadedMethod(
            bridge.getMethod(
                "link",
                MethodHandles.Lookup.class,
                String.class,
                MethodType.class,
                String.class,
                String.class));
    this.faults = faults;
    this.adviceFiles = ClassFileLocator.ForClassLoader.of(agent);
    this.advices = TypePool.Default.of(adviceFiles);
    this.advice =
        Advice.withCustomMapping()
            .with(new Advice.AssignReturned.Factory().withSuppressed(ClassCastException.class))
            .bootstrap(
                link,
                (adviceMethod, exit) ->
                    (instrumentedType, instrumentedMethod) ->
                        List.of(
                            JavaConstant.Simple.ofLoaded(adviceMethod.getDeclaringType().getName()),
                            JavaConstant.Simple.ofLoaded(adviceMethod.getDescriptor())),
                // All parameters become Object, so that a site links whatever its loader sees.
                TypeDescription.Generic.Visitor.Generalizing.INSTANCE);
  }

  @Override
  public byte @Nullable [] transform(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    String name = className.replace('/', '.');
    try {
      return weave(name, bytes);
    } catch (Throwable t) {
      // The class stays as it is: a class file newer than we understand, for instance.
      faults.fault("instrument " + name, t);
      return null;
    }
  }

  private byte @Nullable [] weave(String name, byte[] bytes) {
    ClassFileLocator file = ClassFileLocator.Simple.of(name, ClassFileVersion.raised(bytes));
    TypeDescription type = LatentTypes.around(name, file).describe(name).resolve();
    DynamicType.Builder<?> builder = byteBuddy.decorate(type, file);
    boolean any = false;
    for (Instrumentation row : Instrumentations.ALL) {
      if (row.type().equals(name)) {
        ElementMatcher.Junction<MethodDescription> method =
            ElementMatchers.<MethodDescription>named(row.method())
                .and(ElementMatchers.hasDescriptor(row.descriptor()));
        if (type.getDeclaredMethods().filter(method).isEmpty()) {
          if (row.optional()) {
            continue;
          }
          // A client newer than we know: its calls pass by us, which should not be a riddle.
          faults.fault(
              "instrument " + name, new NoSuchMethodError(row.method() + row.descriptor()));
          return null;
        }
        any = true;
        builder =
            builder.visit(
                advice.to(advices.describe(row.advice()).resolve(), adviceFiles).on(method));
      }
    }
    return any ? builder.make().getBytes() : null;
  }
}
