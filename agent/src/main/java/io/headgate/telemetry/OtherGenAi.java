// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the span that is current here is one by which the OpenTelemetry agent describes an
 * SDK's call to a model: a span of a scope {@code io.opentelemetry.*} that names its {@code
 * gen_ai.operation.name} and has not ended. Such a span is the call's, and there must not be a
 * second one.
 *
 * <p>The API does not let anyone read a span. The agent's SDK does ({@code ReadableSpan}), and both
 * are public, although in the agent's own loaders and under the agent's own names; so they are
 * looked up by the object at hand. A span that is not recorded cannot be read, and one that is not
 * the SDK's is none of the agent's: both are as if they were others'. Never throws.
 */
final class OtherGenAi {

  // Put together here: literals would get other names when the agent is packed, as our SDK does.
  private static final String SCOPES = String.join(".", "io", "opentelemetry", "");
  private static final String AGENTS_SPAN =
      SCOPES + "javaagent.shaded." + SCOPES + "api.trace.Span";

  private final Supplier<@Nullable Object> current;

  /**
   * @param current the span that is current on the asking thread, of whatever type
   */
  OtherGenAi(Supplier<@Nullable Object> current) {
    this.current = current;
  }

  /** The OpenTelemetry agent's; one that finds nothing if there is no such agent. */
  static OtherGenAi ofAgent() {
    try {
      Class<?> span = Class.forName(AGENTS_SPAN, false, null);
      MethodHandle current =
          MethodHandles.publicLookup()
              .findStatic(span, "current", MethodType.methodType(span))
              .asType(MethodType.methodType(Object.class));
      return new OtherGenAi(() -> invoke(current));
    } catch (ReflectiveOperationException | LinkageError e) {
      return new OtherGenAi(() -> null);
    }
  }

  /**
   * What a span tells of a call.
   *
   * @param operation its {@code gen_ai.operation.name}
   * @param model its {@code gen_ai.request.model}; null if it names none
   */
  record Described(String operation, @Nullable String model) {

    /** In the place of what is not a call. */
    static final Described NOTHING = new Described("", null);

    /**
     * Whether this is the call that we would describe so. InvokeModel of Bedrock is a chat or a
     * text completion for that agent whatever the model does; so for these the model decides.
     *
     * @param ofModel null if we do not know the model
     */
    boolean is(String ofOperation, @Nullable String ofModel) {
      if (ofModel == null) {
        return operation.equals(ofOperation);
      }
      return ofModel.equals(model)
          && (operation.equals(ofOperation)
              || operation.equals("chat")
              || operation.equals("text_completion"));
    }
  }

  /** What the current span describes; null if it describes no call. */
  @Nullable Described call() {
    try {
      Object span = current.get();
      return span == null ? null : Reader.OF.get(span.getClass()).read(span);
    } catch (Throwable t) {
      return null; // Not to be read: then we describe the call ourselves.
    }
  }

  private static @Nullable Object invoke(MethodHandle handle) {
    try {
      return handle.invoke();
    } catch (Throwable t) {
      return null;
    }
  }

  /** Reads spans of one type. */
  private static final class Reader {

    /** Hangs on the type, so that it goes when that goes. */
    static final ClassValue<Reader> OF =
        new ClassValue<>() {
          @Override
          protected Reader computeValue(Class<?> type) {
            return new Reader(readable(type));
          }
        };

    private final @Nullable MethodHandle scope;
    private final @Nullable MethodHandle ended;
    private final @Nullable MethodHandle operation;
    private final @Nullable MethodHandle model;

    /**
     * @param readable the type that has the getters; null if there is none
     */
    private Reader(@Nullable Class<?> readable) {
      MethodHandle scopeName = null;
      MethodHandle hasEnded = null;
      MethodHandle operationName = null;
      MethodHandle requestModel = null;
      if (readable != null) {
        try {
          hasEnded = MethodHandles.publicLookup().unreflect(readable.getMethod("hasEnded"));
          operationName = attribute(readable, GenAiAttributes.OPERATION_NAME.getKey());
          requestModel = attribute(readable, GenAiAttributes.REQUEST_MODEL.getKey());
          scopeName = scopeName(readable);
        } catch (ReflectiveOperationException | LinkageError e) {
          // Not the SDK that we know: without a scope it is nobody's.
        }
      }
      this.scope = scopeName;
      this.ended = hasEnded;
      this.operation = operationName;
      this.model = requestModel;
    }

    @Nullable Described read(Object span) throws Throwable {
      if (scope == null || ended == null || operation == null || model == null) {
        return null;
      }
      // Where a callback runs, the span of a call that is over may still be current.
      if (!(scope.invoke(span) instanceof String name)
          || !name.startsWith(SCOPES)
          || (boolean) ended.invoke(span)
          || !(operation.invoke(span) instanceof String what)) {
        return null;
      }
      return new Described(what, (String) model.invoke(span));
    }

    /** The SDK's public interface, by its simple name: where it lives depends on who packed it. */
    private static @Nullable Class<?> readable(@Nullable Class<?> type) {
      for (Class<?> at = type; at != null; at = at.getSuperclass()) {
        for (Class<?> each : at.getInterfaces()) {
          Class<?> found = each.getSimpleName().equals("ReadableSpan") ? each : readable(each);
          if (found != null) {
            return found;
          }
        }
      }
      return null;
    }

    private static MethodHandle scopeName(Class<?> readable) throws ReflectiveOperationException {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle info = lookup.unreflect(readable.getMethod("getInstrumentationScopeInfo"));
      MethodHandle name = lookup.unreflect(info.type().returnType().getMethod("getName"));
      return MethodHandles.filterReturnValue(info, name);
    }

    /** {@code span.getAttribute(AttributeKey.stringKey(name))}. */
    private static MethodHandle attribute(Class<?> readable, String name)
        throws ReflectiveOperationException {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      for (var method : readable.getMethods()) {
        if (method.getName().equals("getAttribute") && method.getParameterCount() == 1) {
          Class<?> keys = method.getParameterTypes()[0];
          Object key = keys.getMethod("stringKey", String.class).invoke(null, name);
          return MethodHandles.insertArguments(lookup.unreflect(method), 1, key);
        }
      }
      throw new NoSuchMethodException("getAttribute");
    }
  }
}
