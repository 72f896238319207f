// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the current span of one copy of the OpenTelemetry API, none of whose types are ours. */
final class SpanReader {

  private static final SpanReader NONE = new SpanReader(null, null, null, null, null, null);

  /** {@code Span.current().getSpanContext()}. */
  private final @Nullable MethodHandle context;

  private final @Nullable MethodHandle valid;
  private final @Nullable MethodHandle traceId;
  private final @Nullable MethodHandle spanId;
  private final @Nullable MethodHandle flags;
  private final @Nullable MethodHandle state;

  private SpanReader(
      @Nullable MethodHandle context,
      @Nullable MethodHandle valid,
      @Nullable MethodHandle traceId,
      @Nullable MethodHandle spanId,
      @Nullable MethodHandle flags,
      @Nullable MethodHandle state) {
    this.context = context;
    this.valid = valid;
    this.traceId = traceId;
    this.spanId = spanId;
    this.flags = flags;
    this.state = state;
  }

  /**
   * A reader for the copy that this {@code Span} type belongs to; one that finds nothing if odd.
   */
  static SpanReader of(Class<?> span) {
    try {
      ClassLoader loader = span.getClassLoader();
      String pack = "io.opentelemetry.api.trace.";
      Class<?> context = Class.forName(pack + "SpanContext", false, loader);
      Class<?> flags = Class.forName(pack + "TraceFlags", false, loader);
      Class<?> state = Class.forName(pack + "TraceState", false, loader);
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle current =
          MethodHandles.filterReturnValue(
              lookup.findStatic(span, "current", MethodType.methodType(span)),
              lookup.findVirtual(span, "getSpanContext", MethodType.methodType(context)));
      MethodHandle asByte =
          MethodHandles.filterReturnValue(
              lookup.findVirtual(context, "getTraceFlags", MethodType.methodType(flags)),
              lookup.findVirtual(flags, "asByte", MethodType.methodType(byte.class)));
      MethodHandle asMap =
          MethodHandles.filterReturnValue(
              lookup.findVirtual(context, "getTraceState", MethodType.methodType(state)),
              lookup.findVirtual(state, "asMap", MethodType.methodType(Map.class)));
      return new SpanReader(
          current.asType(MethodType.methodType(Object.class)),
          of(lookup, context, "isValid", boolean.class),
          of(lookup, context, "getTraceId", String.class),
          of(lookup, context, "getSpanId", String.class),
          asByte.asType(MethodType.methodType(byte.class, Object.class)),
          asMap.asType(MethodType.methodType(Map.class, Object.class)));
    } catch (ReflectiveOperationException | LinkageError e) {
      return NONE;
    }
  }

  private static MethodHandle of(
      MethodHandles.Lookup lookup, Class<?> type, String method, Class<?> result)
      throws ReflectiveOperationException {
    return lookup
        .findVirtual(type, method, MethodType.methodType(result))
        .asType(MethodType.methodType(result, Object.class));
  }

  @Nullable SpanContext current() throws Throwable {
    if (context == null
        || valid == null
        || traceId == null
        || spanId == null
        || flags == null
        || state == null) {
      return null;
    }
    Object theirs = (Object) context.invokeExact();
    if (!(boolean) valid.invokeExact(theirs)) {
      return null;
    }
    return SpanContext.create(
        (String) traceId.invokeExact(theirs),
        (String) spanId.invokeExact(theirs),
        TraceFlags.fromByte((byte) flags.invokeExact(theirs)),
        copy((Map<?, ?>) state.invokeExact(theirs)));
  }

  private static TraceState copy(Map<?, ?> theirs) {
    if (theirs.isEmpty()) {
      return TraceState.getDefault();
    }
    // The builder puts each entry in front of the others.
    Object[] keys = theirs.keySet().toArray();
    TraceStateBuilder builder = TraceState.builder();
    for (int i = keys.length - 1; i >= 0; i--) {
      builder.put(String.valueOf(keys[i]), String.valueOf(theirs.get(keys[i])));
    }
    return builder.build();
  }
}
