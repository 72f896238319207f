// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.cache.AtOnce;
import io.headgate.cache.CacheHome;
import io.headgate.cache.CompiledRules;
import io.headgate.cache.ResponseCache;
import io.headgate.config.Config;
import io.headgate.dialect.DialectForms;
import io.headgate.dialect.Dialects;
import io.headgate.dialect.WireEdits;
import io.headgate.expression.CelCompiler;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Faults;
import io.headgate.gateway.Gateway;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
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
import io.headgate.resilience.KeyPools;
import io.headgate.resilience.RetryBudget;
import io.headgate.resilience.Routes;
import io.headgate.resilience.RoutingInterceptor;
import io.headgate.resilience.RoutingTools;
import io.headgate.resilience.TargetHealth;
import io.headgate.resilience.ThreadTimers;
import io.headgate.state.MemoryStore;
import io.headgate.telemetry.AttemptInterceptor;
import io.headgate.telemetry.GenAiInterceptor;
import io.headgate.telemetry.GenAiMetrics;
import io.headgate.telemetry.ParentContext;
import io.headgate.telemetry.StreamWatch;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * The gateway as {@link Services} wires it for a configuration that may change calls, with a cache
 * in memory or without one, an SDK whose exporters drop what they get, and a blocking client whose
 * host answers at once. Used by one thread.
 */
public final class CachedPipeline {

  private static final Exchange.CallSite CALL_SITE = new Exchange.CallSite("bench", null);

  private static final Faults FAULTS =
      (stage, fault) -> {
        throw new IllegalStateException(stage, fault);
      };

  private final OpenTelemetrySdk sdk = Swallowing.sdk();
  private final Gateway gateway;
  private final GatewayRequest request;
  private final AtOnce host;

  /**
   * @param cached whether there is a rule for the cache
   * @param stream whether a stream is asked for
   * @param headers of the request besides the usual ones
   */
  public CachedPipeline(boolean cached, boolean stream, String... headers) throws IOException {
    this.gateway = gateway(config(cached));
    this.host =
        stream
            ? new AtOnce("text/event-stream; charset=utf-8", Wire.stream())
            : new AtOnce("application/json", Wire.answer());
    GatewayRequest usual = request(Wire.request(stream));
    Headers all = usual.headers();
    for (int i = 0; i < headers.length; i += 2) {
      all = all.with(headers[i], headers[i + 1]);
    }
    this.request = usual.withHeaders(all);
  }

  /** What an openai-java of some version sends, with this body. */
  public static GatewayRequest request(byte[] body) {
    return new GatewayRequest(
        "POST",
        URI.create("https://api.openai.com/v1/chat/completions"),
        Headers.ofFlat(
            "User-Agent", "OpenAI/Java 4.100.0",
            "Accept", "application/json",
            "Authorization", "Bearer sk-bench",
            "Content-Type", "application/json",
            "X-Stainless-Lang", "java",
            "X-Stainless-OS", "Linux",
            "X-Stainless-Retry-Count", "0"),
        RequestBody.of(body));
  }

  /** A configuration that says nothing else. */
  public static Config config(boolean cached) throws IOException {
    Path file = Files.createTempFile("headgate", ".yaml");
    Files.writeString(
        file, cached ? "cache: [{match: {operation: chat}, ttl: 1h}]\n" : "mode: enforce\n");
    Config config = Configurations.loader().load("config=" + file).config();
    Files.delete(file);
    return config;
  }

  private Gateway gateway(Config config) {
    Dialects wire = new Dialects();
    ProviderCatalog catalog = new ProviderCatalog(config);
    PriceCatalog prices = new PriceCatalog(config.pricing(), config.providers());
    GenAiMetrics metrics = new GenAiMetrics(sdk, prices::knows);
    StreamWatch streams = new StreamWatch(StreamWatch.IDLE_LIMIT, System::nanoTime, FAULTS);
    Via via = new Via(config, catalog);
    return new Gateway(
        catalog,
        wire,
        List.of(
            new MetadataInterceptor(new MetadataReader(config.traffic().metadata())),
            new GenAiInterceptor(sdk, metrics, new ParentContext(false), streams, System::nanoTime),
            new RoutingInterceptor(routing(config, catalog, via, metrics)),
            new MeterInterceptor(wire, prices, FAULTS, InstantSource.system(), new Strict()),
            new OwnHeaders(config, catalog),
            new Redirect(config, catalog),
            via,
            new Credentials(config, catalog),
            new AttemptInterceptor(sdk, metrics, false, streams, System::nanoTime)),
        FAULTS);
  }

  private static RoutingTools routing(
      Config config, ProviderCatalog catalog, Via via, GenAiMetrics metrics) {
    CacheHome home =
        new CacheHome(
            new MemoryStore(64 << 20, InstantSource.system()),
            1_000,
            Runnable::run,
            InstantSource.system(),
            FAULTS);
    TargetHealth health = new TargetHealth(System::nanoTime);
    WireEdits editor = new WireEdits();
    return new RoutingTools(
        config,
        Routes.router(config, health, target -> Long.MAX_VALUE, failure -> {}),
        new ResponseCache(
            config,
            CompiledRules.of(
                config.cache(), () -> new CelCompiler(failure -> {}), (at, problem) -> {}),
            () -> home,
            new DialectForms(),
            editor,
            catalog),
        new Retargeter(catalog),
        new KnownKeys(catalog),
        via,
        editor,
        Translations.translator(),
        health,
        KeyPools.of(config, System::nanoTime, () -> 0.5),
        new RetryBudget(System::nanoTime),
        new ThreadTimers(new AgentThreads("bench-timers"), FAULTS),
        System::nanoTime,
        InstantSource.system(),
        () -> 0.5,
        FAULTS,
        new RoutingCounts(metrics, line -> {}));
  }

  /** One call; returns how many bytes were answered. */
  public int call() {
    return AtOnce.drain(gateway.execute(request, CALL_SITE, host).toCompletableFuture().join());
  }

  /** Fails if more was sent than that. */
  public void check(long most) {
    if (host.sent() > most) {
      throw new IllegalStateException(host.sent() + " calls were sent");
    }
  }

  public void close() {
    sdk.close();
  }

  /** What is measured must not be the path of something unknown. */
  private static final class Strict implements MeterListener {
    @Override
    public void priceUnknown(Endpoint endpoint, String model) {
      throw new IllegalStateException("no price for " + model);
    }

    @Override
    public void unparsed(Endpoint endpoint, Reason reason) {
      throw new IllegalStateException("not understood: " + reason);
    }
  }
}
