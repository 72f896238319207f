// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.agent.Translations;
import io.headgate.cache.CacheHome;
import io.headgate.cache.CompiledRules;
import io.headgate.cache.ResponseCache;
import io.headgate.chat.FailureKind;
import io.headgate.config.Config;
import io.headgate.dialect.DialectForms;
import io.headgate.dialect.Dialects;
import io.headgate.dialect.WireEdits;
import io.headgate.expression.CelCompiler;
import io.headgate.gateway.Attempts;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Control;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Gateway;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.Upstream;
import io.headgate.gateway.WireEditor;
import io.headgate.metadata.MetadataInterceptor;
import io.headgate.metadata.MetadataReader;
import io.headgate.meter.MeterInterceptor;
import io.headgate.meter.MeterListener;
import io.headgate.pricing.PriceCatalog;
import io.headgate.provider.Credentials;
import io.headgate.provider.KnownKeys;
import io.headgate.provider.OwnHeaders;
import io.headgate.provider.ProviderCatalog;
import io.headgate.provider.Redirect;
import io.headgate.provider.Retargeter;
import io.headgate.provider.Via;
import io.headgate.state.MemoryStore;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of a configuration without its telemetry, before providers that a test scripts and
 * under a clock that it moves: a virtual client, asynchronous, whose answers come when the script
 * says.
 */
final class Play implements Upstream, Attempts {

  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Map<String, String> ENV =
      Map.of("GROQ_API_KEY", "groq-key", "MISTRAL_API_KEY", "mistral-key");

  /** Where no key of these providers would change what a call does. */
  static final Map<String, String> KEYS =
      Map.of(
          "GROQ_API_KEY", "groq-key",
          "MISTRAL_API_KEY", "mistral-key",
          "ANTHROPIC_API_KEY", "claude-key",
          "OPENAI_API_KEY", "gpt-key");

  final VirtualTimers timers = new VirtualTimers();
  final List<String> faults = new ArrayList<>();
  final List<String> counted = new ArrayList<>();
  final List<GatewayRequest> sent = new ArrayList<>();
  final List<Reply> replies = new ArrayList<>();
  final List<Long> sentAt = new ArrayList<>();
  final TargetHealth health = new TargetHealth(timers::now);
  boolean abandoned;
  long deadline = Caller.NO_DEADLINE;
  boolean repeatable = true;

  /** What a wait ends with, at once; null to wait. */
  @Nullable Exception interrupt;

  /** Whether the client waits on the calling thread: time then passes by itself. */
  boolean blocking;

  /** How many frames there were on the stack when a request was sent, at most. */
  int deepest;

  @Nullable Exchange exchange;

  private final Map<String, String> env;
  private final Deque<Reply> script = new ArrayDeque<>();
  private final RetryBudget budget = new RetryBudget(timers::now);
  private Gateway gateway;

  private final WireEditor editor;

  private final CacheHome home =
      new CacheHome(
          new MemoryStore(1 << 20, this::time),
          1_000,
          Runnable::run,
          this::time,
          (stage, fault) -> faults.add(stage + " " + fault));

  Play(Config config) {
    this(config, new WireEdits());
  }

  Play(Config config, WireEditor editor) {
    this(config, editor, ENV);
  }

  Play(Config config, WireEditor editor, Map<String, String> env) {
    this.editor = editor;
    this.env = env;
    gateway = gateway(config);
  }

  private Instant time() {
    return NOW.plusNanos(timers.now());
  }

  /** A new configuration is in use, around the same stores. */
  void reload(Config config) {
    gateway = gateway(config);
  }

  private Gateway gateway(Config config) {
    ProviderCatalog catalog = new ProviderCatalog(config, env);
    Dialects wire = new Dialects();
    RoutingTools tools =
        new RoutingTools(
            config,
            Routes.router(config, health, target -> Long.MAX_VALUE, counted::add),
            new ResponseCache(
                config,
                CompiledRules.of(
                    config.cache(), () -> new CelCompiler(counted::add), (at, problem) -> {}),
                () -> home,
                new DialectForms(),
                editor,
                catalog),
            new Retargeter(catalog),
            new KnownKeys(catalog),
            new Via(config, catalog),
            editor,
            Translations.translator(),
            health,
            KeyPools.of(config, timers::now, () -> 0),
            budget,
            timers,
            timers::now,
            () -> NOW,
            () -> 0.5,
            (stage, fault) -> faults.add(stage + " " + fault),
            new Counts());
    List<Interceptor> interceptors =
        List.of(
            new MetadataInterceptor(new MetadataReader(config.traffic().metadata())),
            this::remember,
            new RoutingInterceptor(tools),
            new MeterInterceptor(
                wire,
                new PriceCatalog(List.of(), Map.of()),
                (stage, fault) -> faults.add(stage + " " + fault),
                () -> NOW,
                new Unheard()),
            new OwnHeaders(config, catalog),
            new Redirect(config, catalog),
            new Via(config, catalog),
            new Credentials(config, catalog),
            this::count);
    return new Gateway(
        catalog, wire, interceptors, (stage, fault) -> faults.add(stage + " " + fault));
  }

  private CompletionStage<GatewayResponse> remember(Chain chain) {
    exchange = chain.exchange();
    return chain.proceed(chain.request());
  }

  private CompletionStage<GatewayResponse> count(Chain chain) {
    chain.exchange().sending(chain.attempt());
    return chain.proceed(chain.request());
  }

  /** What the providers do, one after another; the last one goes on doing it. */
  Play then(Reply reply) {
    script.add(reply);
    return this;
  }

  /** What the providers do is told anew. */
  void replaceScript() {
    script.clear();
  }

  /** The app asks OpenAI for this model. */
  CompletableFuture<GatewayResponse> call(String model, String... headers) {
    return request("https://api.openai.com/v1/chat/completions", body(model, false), headers);
  }

  CompletableFuture<GatewayResponse> stream(String model, String... headers) {
    return request("https://api.openai.com/v1/chat/completions", body(model, true), headers);
  }

  static String body(String model, boolean stream) {
    return "{\"model\": \""
        + model
        + "\", \"stream\": "
        + stream
        + ", \"x_unknown\": 1e2, \"messages\": [{\"role\": \"user\", \"content\": \"hi\"}]}";
  }

  CompletableFuture<GatewayResponse> request(String url, String body, String... headers) {
    List<String> all =
        new ArrayList<>(
            List.of("Authorization", "Bearer app-key", "Content-Type", "application/json"));
    all.addAll(List.of(headers));
    return bare(url, body, all.toArray(new String[0]));
  }

  /** With these header fields alone. */
  CompletableFuture<GatewayResponse> bare(String url, String body, String... headers) {
    return gateway
        .execute(
            new GatewayRequest(
                "POST",
                URI.create(url),
                Headers.ofFlat(headers),
                RequestBody.of(body.getBytes(StandardCharsets.UTF_8))),
            new Exchange.CallSite("test", null),
            this)
        .toCompletableFuture();
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request) {
    counted.add("plain");
    return send(request, new Control(0));
  }

  @Override
  public @Nullable Attempts attempts() {
    return repeatable ? this : null;
  }

  @Override
  public CompletionStage<GatewayResponse> send(GatewayRequest request, Control control) {
    sent.add(request);
    deepest = Math.max(deepest, Thread.currentThread().getStackTrace().length);
    sentAt.add(timers.now() / 1_000_000);
    Reply next = script.size() > 1 ? script.removeFirst() : script.getFirst();
    Reply reply = next.again();
    replies.add(reply);
    CompletableFuture<GatewayResponse> head = reply.play(control).toCompletableFuture();
    if (deadline != Caller.NO_DEADLINE && !head.isDone()) {
      // The client's own timeout ends with the head.
      Timers.Timer own =
          timers.after(
              deadline - timers.now(),
              () -> {
                reply.aborted = true;
                head.completeExceptionally(new SocketTimeoutException("timeout"));
              });
      var unused = head.whenComplete((response, failure) -> own.cancel());
    }
    return head;
  }

  @Override
  public <T extends @Nullable Object> CompletionStage<T> await(CompletionStage<T> stage) {
    return stage;
  }

  @Override
  public CompletionStage<@Nullable Void> pause(long nanos) {
    CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
    if (interrupt != null) {
      over.completeExceptionally(interrupt);
      return over;
    }
    if (blocking) {
      timers.pass(nanos / 1_000_000);
      over.complete(null);
      return over;
    }
    timers.after(nanos, () -> over.complete(null));
    return over;
  }

  @Override
  public boolean abandoned() {
    return abandoned;
  }

  @Override
  public long deadlineNanos() {
    return deadline;
  }

  /** The decisions of one kind, as text. */
  List<String> decisions(String name) {
    return exchange == null
        ? List.of()
        : exchange.decisions().stream()
            .filter(decision -> decision.name().equals(name))
            .map(Decision::attributes)
            .map(Map::toString)
            .toList();
  }

  List<String> hosts() {
    return sent.stream().map(request -> request.uri().getHost()).toList();
  }

  /** All of an answer that is there by now. */
  static String text(GatewayResponse response) {
    return text(response, StandardCharsets.UTF_8);
  }

  static String text(GatewayResponse response, Charset charset) {
    StringBuilder text = new StringBuilder();
    Content content = response.content();
    if (content == null) {
      throw new AssertionError("not a pulled answer");
    }
    while (true) {
      CompletableFuture<@Nullable ByteBuffer> next = content.next().toCompletableFuture();
      if (!next.isDone()) {
        return text + "…";
      }
      if (next.isCompletedExceptionally()) {
        Throwable failure = Causes.of(next.handle((chunk, thrown) -> thrown).join());
        return text + "!" + failure.getMessage();
      }
      ByteBuffer chunk = next.join();
      if (chunk == null) {
        return text.toString();
      }
      text.append(charset.decode(chunk));
    }
  }

  /** What one request meets. */
  static final class Reply {
    private final int status;
    private final Headers headers;
    private final List<byte[]> chunks;
    private final @Nullable IOException failure;
    private final boolean mute;
    private final boolean open;
    private final List<CompletableFuture<@Nullable ByteBuffer>> waiting = new ArrayList<>();
    private int at;
    boolean closed;
    boolean aborted;
    private boolean ended;
    private @Nullable Runnable how;

    private Reply(
        int status,
        Headers headers,
        List<byte[]> chunks,
        @Nullable IOException failure,
        boolean mute,
        boolean open) {
      this.status = status;
      this.headers = headers;
      this.chunks = chunks;
      this.failure = failure;
      this.mute = mute;
      this.open = open;
    }

    static Reply json(int status, String body, String... headers) {
      List<String> all = new ArrayList<>(List.of("content-type", "application/json"));
      all.addAll(List.of(headers));
      return new Reply(
          status, Headers.ofFlat(all.toArray(new String[0])), bytes(body), null, false, false);
    }

    /** A head and nothing after it. */
    static Reply empty(int status) {
      return new Reply(status, Headers.EMPTY, List.of(), null, false, false);
    }

    static Reply sse(String... chunks) {
      return new Reply(
          200,
          Headers.ofFlat("content-type", "text/event-stream"),
          bytes(chunks),
          null,
          false,
          false);
    }

    /** An Amazon event stream of these messages. */
    static Reply frames(byte[]... messages) {
      return new Reply(
          200,
          Headers.ofFlat("content-type", "application/vnd.amazon.eventstream"),
          List.of(messages),
          null,
          false,
          false);
    }

    private static List<byte[]> bytes(String... chunks) {
      return Stream.of(chunks).map(chunk -> chunk.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /** A connection that fails with this. */
    static Reply thrown(IOException failure) {
      return new Reply(0, Headers.EMPTY, List.of(), failure, true, false);
    }

    /** A connection on which nothing ever comes. */
    static Reply mute() {
      return new Reply(0, Headers.EMPTY, List.of(), null, true, true);
    }

    /** After these chunks the connection breaks. */
    Reply thenBreaks(String message) {
      return thenBreaks(new IOException(message));
    }

    Reply thenBreaks(IOException with) {
      return new Reply(status, headers, chunks, with, false, false);
    }

    /** After these chunks nothing more comes. */
    Reply thenHangs() {
      return new Reply(status, headers, chunks, null, false, true);
    }

    Reply with(String name, String value) {
      return new Reply(status, headers.with(name, value), chunks, failure, mute, open);
    }

    Reply again() {
      return new Reply(status, headers, chunks, failure, mute, open);
    }

    CompletionStage<GatewayResponse> play(Control control) {
      CompletableFuture<GatewayResponse> head = new CompletableFuture<>();
      Runnable breakOff =
          () -> {
            aborted = true;
            head.completeExceptionally(new IOException("Canceled"));
            List.copyOf(waiting)
                .forEach(next -> next.completeExceptionally(new IOException("Canceled")));
          };
      how = breakOff;
      control.onAbort(breakOff);
      if (mute) {
        if (failure != null) {
          head.completeExceptionally(failure);
        }
        return head;
      }
      LiveBody body = new LiveBody(fault -> {});
      head.complete(GatewayResponse.of(status, headers, "1.1", new Content(new Source(), body)));
      return head;
    }

    /** The connection breaks, unless all came. */
    void breakOff() {
      if (how != null) {
        how.run();
      }
    }

    /** Whether nobody needs to let go of it any more. */
    boolean over() {
      return closed || aborted || ended || (mute && failure != null);
    }

    private final class Source implements ContentSource {
      @Override
      public CompletionStage<@Nullable ByteBuffer> next() {
        if (at < chunks.size()) {
          return CompletableFuture.completedFuture(ByteBuffer.wrap(chunks.get(at++)));
        }
        if (aborted) {
          return CompletableFuture.failedFuture(new IOException("Canceled"));
        }
        if (failure != null) {
          ended = true;
          return CompletableFuture.failedFuture(failure);
        }
        if (!open) {
          ended = true;
          return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<@Nullable ByteBuffer> next = new CompletableFuture<>();
        waiting.add(next);
        return next;
      }

      @Override
      public void close() {
        closed = true;
      }
    }
  }

  private final class Counts implements RoutingListener {
    @Override
    public void attemptFailed(String provider, FailureKind kind) {
      counted.add("failed " + provider + " " + Words.of(kind));
    }

    @Override
    public void retried(String provider) {
      counted.add("retried " + provider);
    }

    @Override
    public void retryBudgetExhausted(String provider) {
      counted.add("exhausted " + provider);
    }

    @Override
    public void fellBack() {
      counted.add("fell back");
    }

    @Override
    public void breakerOpened(String provider) {
      counted.add("opened " + provider);
    }

    @Override
    public void unusable(String target, String reason) {
      counted.add("unusable " + target + ": " + reason);
    }
  }

  private static final class Unheard implements MeterListener {
    @Override
    public void priceUnknown(Endpoint endpoint, @Nullable String model) {}

    @Override
    public void unparsed(Endpoint endpoint, Reason reason) {}
  }
}
