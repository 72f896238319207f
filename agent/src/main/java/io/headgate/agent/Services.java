// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.cache.CompiledRules;
import io.headgate.cache.ResponseCache;
import io.headgate.config.Config;
import io.headgate.dialect.DialectForms;
import io.headgate.dialect.Dialects;
import io.headgate.dialect.WireEdits;
import io.headgate.expression.CelCompiler;
import io.headgate.gateway.Captured;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Gateway;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Interceptor;
import io.headgate.gateway.WireReader;
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
import io.headgate.resilience.Timers;
import io.headgate.state.StateLog;
import io.headgate.telemetry.AttemptInterceptor;
import io.headgate.telemetry.GenAiInterceptor;
import io.headgate.telemetry.GenAiMetrics;
import io.headgate.telemetry.ParentContext;
import io.headgate.telemetry.StreamWatch;
import io.headgate.telemetry.Telemetry;
import io.headgate.translate.Translator;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What lives as long as the JVM, whatever the configuration: telemetry and the readers of the wire
 * formats. Makes a gateway for each configuration around them.
 */
final class Services {

  private final FaultLog faults;
  private final WireReader reader = new Dialects();
  private final Telemetry telemetry;
  private final GenAiMetrics metrics;
  private final StreamWatch streams;
  private final ParentContext parents;
  private final @Nullable FaultInjection injection;

  // What has been seen of targets outlives a configuration.
  private final TargetHealth health = new TargetHealth(System::nanoTime);
  private final RetryBudget retries = new RetryBudget(System::nanoTime);
  private final Timers timers;
  private final CacheHomes homes;

  // What targets have refused outlives one, too.
  private final Translator translator = Translations.translator();

  /** Of the newest configuration. Null until there is a gateway. */
  private volatile @Nullable PriceCatalog newest;

  /** Of the newest configuration. Null until there is a gateway. */
  private volatile @Nullable MetadataReader metadata;

  private Services(FaultLog faults, Telemetry telemetry) throws ClassNotFoundException {
    this.faults = faults;
    this.telemetry = telemetry;
    this.metrics = new GenAiMetrics(telemetry.openTelemetry(), this::priced);
    this.parents = new ParentContext(telemetry.shared());
    this.streams = new StreamWatch(StreamWatch.IDLE_LIMIT, System::nanoTime, faults);
    this.timers = new ThreadTimers(new AgentThreads("headgate-timers"), faults);
    this.homes = new CacheHomes(Ingress::background, timers, faults, new StateLines());
    this.injection =
        System.getProperty(FaultInjection.PROPERTY) == null ? null : FaultInjection.fromProperty();
  }

  static Services start(Config config, FaultLog faults) throws ClassNotFoundException {
    Telemetry telemetry = Telemetry.open(config.environment(), Services::say, faults);
    Services services = new Services(faults, telemetry);
    faults.countedBy((stage, fault) -> services.metrics.internalError(stage));
    services.streams.start(new AgentThreads("headgate-streams"));
    // Begun long ago, but nothing of ours may set a limit before it is there.
    DelayThread.start(new AgentThreads("headgate-delays"));
    telemetry.flushAtExit();
    return services;
  }

  private static void say(String line) {
    System.err.println("headgate: " + line);
  }

  private boolean priced(String provider, String model) {
    PriceCatalog prices = newest;
    return prices != null && prices.knows(provider, model);
  }

  /** For a call that another thread will run. */
  @Nullable Object capturedOnThisThread(@Nullable ClassLoader loader) {
    return captured(parents, metadata, loader);
  }

  /** The same before there are services, which are not to be started on the app's thread. */
  static @Nullable Object capturedOnThisThread(Config config, @Nullable ClassLoader loader) {
    // As if an OpenTelemetry were shared: one that is not has no span that is current here.
    return captured(
        new ParentContext(true), new MetadataReader(config.traffic().metadata()), loader);
  }

  private static @Nullable Object captured(
      ParentContext parents, @Nullable MetadataReader reader, @Nullable ClassLoader loader) {
    Object parent = parents.ofThread(loader);
    Map<String, String> values = reader == null ? Map.of() : reader.captured(loader);
    return parent == null && values.isEmpty() ? null : new Captured(parent, values);
  }

  /** For where the request is really sent. */
  @Nullable Object currentTrace() {
    return parents.current();
  }

  Ingress.Resumed resume(Object trace) {
    return parents.resume(trace);
  }

  void configurationRejected() {
    metrics.configInvalid();
  }

  /** The gateway for one configuration: this list is what happens to a call, in order. */
  Gateway gateway(Config config, ProviderCatalog catalog) {
    PriceCatalog prices = new PriceCatalog(config.pricing(), config.providers());
    newest = prices;
    WireReader wire = injection == null ? reader : injection.around(reader);
    List<Interceptor> interceptors = new ArrayList<>();
    MetadataReader reader = new MetadataReader(config.traffic().metadata());
    metadata = reader;
    interceptors.add(new MetadataInterceptor(reader));
    interceptors.add(
        new GenAiInterceptor(
            telemetry.openTelemetry(), metrics, parents, streams, System::nanoTime));
    Via via = new Via(config, catalog);
    if (config.mode() != Config.Mode.OBSERVE) {
      interceptors.add(new RoutingInterceptor(routing(config, catalog, prices, via)));
    }
    interceptors.add(
        new MeterInterceptor(wire, prices, faults, InstantSource.system(), new Unknowns()));
    interceptors.add(new OwnHeaders(config, catalog));
    interceptors.add(new Redirect(config, catalog));
    interceptors.add(via);
    interceptors.add(new Credentials(config, catalog));
    interceptors.add(
        new AttemptInterceptor(
            telemetry.openTelemetry(), metrics, telemetry.shared(), streams, System::nanoTime));
    return injection == null
        ? new Gateway(catalog, wire, interceptors, faults)
        : new Gateway(injection.around(catalog), wire, injection.around(interceptors), faults);
  }

  private ResponseCache cache(Config config, ProviderCatalog catalog) {
    return new ResponseCache(
        config,
        CompiledRules.of(
            config.cache(),
            () -> new CelCompiler(failure -> metrics.expressionFailed()),
            (at, problem) -> {}),
        homes.of(config),
        new DialectForms(),
        new WireEdits(),
        catalog);
  }

  private RoutingTools routing(
      Config config, ProviderCatalog catalog, PriceCatalog prices, Via via) {
    LongSupplier nanoClock = System::nanoTime;
    DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
    return new RoutingTools(
        config,
        Routes.router(
            config, health, new TargetCost(prices), failure -> metrics.expressionFailed()),
        cache(config, catalog),
        new Retargeter(catalog),
        new KnownKeys(catalog),
        via,
        new WireEdits(),
        translator,
        health,
        KeyPools.of(config, nanoClock, random),
        retries,
        timers,
        nanoClock,
        InstantSource.system(),
        random,
        faults,
        new RoutingCounts(metrics, Services::say));
  }

  /** Tells how the store of the cache fares. */
  private final class StateLines implements StateLog {
    @Override
    public void say(String line) {
      Services.say(line);
    }

    @Override
    public void count(String store, String what) {
      metrics.stateTrouble(store, what);
    }
  }

  /** Tells what the meter could not find out. */
  private final class Unknowns implements MeterListener {
    @Override
    public void priceUnknown(Endpoint endpoint, @Nullable String model) {
      // Counted with the call's other figures, by telemetry.
    }

    @Override
    public void unparsed(Endpoint endpoint, Reason reason) {
      metrics.unparsedResponse(endpoint.telemetryName());
    }
  }
}
