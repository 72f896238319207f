// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Captured;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParentContextTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final Headers HEADERS =
      Headers.ofFlat("traceparent", "00-" + "1".repeat(32) + "-" + "2".repeat(16) + "-01");

  private final ParentContext parents = new ParentContext(false);
  private ClassLoader before;

  @BeforeEach
  void hideOurOwnApi() {
    before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
  }

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void findsTheCurrentSpanOfTheAppsOwnCopyOfTheApi() throws Exception {
    AppLoader app = new AppLoader();
    try (AutoCloseable scope = app.makeCurrent(TRACE, SPAN)) {
      SpanContext found = parent(HEADERS, app);

      assertThat(found.getTraceId()).isEqualTo(TRACE);
      assertThat(found.getSpanId()).isEqualTo(SPAN);
      assertThat(found.isSampled()).isTrue();
      assertThat(found.isRemote()).isFalse();
      assertThat(found.getTraceState().asMap()).containsEntry("vendor", "x");
    }
  }

  @Test
  void findsItThroughTheContextClassLoaderToo() throws Exception {
    AppLoader app = new AppLoader();
    Thread.currentThread().setContextClassLoader(app);
    try (AutoCloseable scope = app.makeCurrent(TRACE, SPAN)) {
      assertThat(parent(HEADERS, null).getTraceId()).isEqualTo(TRACE);
    }
  }

  @Test
  void fallsBackToHeadersThenToARoot() {
    AppLoader app = new AppLoader();

    assertThat(parent(HEADERS, app).getTraceId()).isEqualTo("1".repeat(32));
    assertThat(parent(Headers.EMPTY, app).isValid()).isFalse();
    assertThat(parent(Headers.EMPTY, null).isValid()).isFalse();
  }

  @Test
  void aBrokenCopyOfTheApiIsAsIfItWereNotThere() {
    ClassLoader broken =
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.endsWith(".Span")) {
              throw new NoClassDefFoundError(name);
            }
            throw new ClassNotFoundException(name);
          }
        };
    ClassLoader furious =
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) {
            throw new IllegalStateException("stopped");
          }
        };

    assertThat(parent(HEADERS, broken).isValid()).isTrue();
    assertThat(parent(HEADERS, furious).isValid()).isTrue();
  }

  @Test
  void aLoaderThatIsGoneIsCollected() throws Exception {
    WeakReference<ClassLoader> gone = captureThrough();

    Awaitility.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(gone.get()).isNull();
            });
  }

  private WeakReference<ClassLoader> captureThrough() throws Exception {
    AppLoader app = new AppLoader();
    // Its own thread, because the app's copy leaves a thread local behind, as it does without us.
    Thread thread =
        new Thread(
            () -> {
              try (AutoCloseable scope = app.makeCurrent(TRACE, SPAN)) {
                parent(Headers.EMPTY, app);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    thread.join();
    return new WeakReference<>(app);
  }

  @Test
  void theAppsGlobalStaysUninitialised() throws Exception {
    AppLoader app = new AppLoader();
    try (AutoCloseable scope = app.makeCurrent(TRACE, SPAN)) {
      parent(Headers.EMPTY, app);
    }
    assertThat(app.loaded(GlobalOpenTelemetry.class.getName())).isFalse();
  }

  @Test
  void aSharedOpenTelemetryKnowsTheParentItself() {
    SpanContext context =
        SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault());
    ParentContext shared = new ParentContext(true);
    Context current = Context.root().with(Span.wrap(context));
    try (Scope scope = current.makeCurrent()) {
      assertThat(shared.capture(HEADERS, null)).isSameAs(current);
    }
    assertThat(Span.fromContext(shared.capture(HEADERS, null)).getSpanContext().getTraceId())
        .isEqualTo("1".repeat(32));
  }

  @Test
  void whatWasCapturedWhereTheCallWasMadeComesFirst() {
    SpanContext context =
        SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault());
    Context found = Context.root().with(Span.wrap(context));

    assertThat(parents.of(exchange(found))).isSameAs(found);
    assertThat(parents.of(exchange(new Captured(found, Map.of("mdc:user", "x"))))).isSameAs(found);
    assertThat(
            Span.fromContext(parents.of(exchange(new Captured(null, Map.of()))))
                .getSpanContext()
                .getTraceId())
        .isEqualTo("1".repeat(32));
  }

  @Test
  void theSameSpansContextIsTakenAsItIsHere() {
    SpanContext span =
        SpanContext.create(TRACE, SPAN, TraceFlags.getSampled(), TraceState.getDefault());
    ParentContext shared = new ParentContext(true);
    Context captured = Context.root().with(Span.wrap(span));
    Context here = captured.with(ContextKey.named("resends"), 1);
    Context elsewhere =
        Context.root()
            .with(
                Span.wrap(
                    SpanContext.create(
                        TRACE, "1".repeat(16), TraceFlags.getSampled(), TraceState.getDefault())));

    try (Scope scope = here.makeCurrent()) {
      assertThat(shared.of(exchange(captured))).isSameAs(here);
    }
    try (Scope scope = elsewhere.makeCurrent()) {
      assertThat(shared.of(exchange(captured))).isSameAs(captured);
    }
  }

  @Test
  void whatIsCurrentComesBackWhereTheRequestIsSent() {
    ParentContext shared = new ParentContext(true);
    Context current = Context.root().with(ContextKey.named("attempt"), 1);
    Object trace;
    try (Scope scope = current.makeCurrent()) {
      trace = shared.current();
    }
    try (Ingress.Resumed resumed = shared.resume(trace)) {
      assertThat(Context.current()).isSameAs(current);
    }
    assertThat(Context.current()).isSameAs(Context.root());
    assertThat(parents.current()).as("of an SDK of our own nobody else has spans").isNull();
  }

  private static Exchange exchange(Object parent) {
    return new Exchange(
        new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, null, false),
        new GatewayRequest(
            "POST", URI.create("https://api.openai.com/v1"), HEADERS, RequestBody.NONE),
        RequestFacts.NONE,
        new Exchange.CallSite("test", null, parent),
        0);
  }

  private SpanContext parent(Headers headers, ClassLoader loader) {
    return Span.fromContext(parents.capture(headers, loader)).getSpanContext();
  }

  /** An app with an OpenTelemetry API of its own: the same classes, defined once more. */
  private static final class AppLoader extends ClassLoader {

    AppLoader() {
      super(ClassLoader.getPlatformClassLoader());
    }

    boolean loaded(String name) {
      return findLoadedClass(name) != null;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.startsWith("io.opentelemetry.")) {
        throw new ClassNotFoundException(name);
      }
      String path = name.replace('.', '/') + ".class";
      try (InputStream in = ParentContextTest.class.getClassLoader().getResourceAsStream(path)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** {@code Span.wrap(SpanContext.create(…)).makeCurrent()} in the app's own classes. */
    AutoCloseable makeCurrent(String trace, String span) throws Exception {
      Class<?> spanType = loadClass(Span.class.getName());
      Class<?> contextType = loadClass(SpanContext.class.getName());
      Class<?> flagsType = loadClass(TraceFlags.class.getName());
      Class<?> stateType = loadClass(TraceState.class.getName());
      Object builder = stateType.getMethod("builder").invoke(null);
      Class<?> builderType = loadClass("io.opentelemetry.api.trace.TraceStateBuilder");
      builderType.getMethod("put", String.class, String.class).invoke(builder, "vendor", "x");
      Object state = builderType.getMethod("build").invoke(builder);
      Object flags = flagsType.getMethod("getSampled").invoke(null);
      Method create =
          contextType.getMethod("create", String.class, String.class, flagsType, stateType);
      Object context = create.invoke(null, trace, span, flags, state);
      Object wrapped = spanType.getMethod("wrap", contextType).invoke(null, context);
      return (AutoCloseable) spanType.getMethod("makeCurrent").invoke(wrapped);
    }
  }
}
