// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.config.Config;
import io.headgate.dialect.Dialects;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Gateway;
import io.headgate.gateway.Interceptor;
import io.headgate.gateway.WireReader;
import io.headgate.meter.MeterInterceptor;
import io.headgate.meter.MeterListener;
import io.headgate.pricing.PriceCatalog;
import io.headgate.provider.Credentials;
import io.headgate.provider.OwnHeaders;
import io.headgate.provider.ProviderCatalog;
import io.headgate.provider.Redirect;
import io.headgate.telemetry.AttemptInterceptor;
import io.headgate.telemetry.GenAiInterceptor;
import io.headgate.telemetry.GenAiMetrics;
import io.headgate.telemetry.ParentContext;
import io.headgate.telemetry.StreamWatch;
import io.headgate.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.List;
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

  /** Of the newest configuration. Null until there is a gateway. */
  private volatile @Nullable PriceCatalog newest;

  private Services(FaultLog faults, Telemetry telemetry) throws ClassNotFoundException {
    this.faults = faults;
    this.telemetry = telemetry;
    this.metrics = new GenAiMetrics(telemetry.openTelemetry(), this::priced);
    this.parents = new ParentContext(telemetry.shared());
    this.streams = new StreamWatch(StreamWatch.IDLE_LIMIT, System::nanoTime, faults);
    this.injection =
        System.getProperty(FaultInjection.PROPERTY) == null ? null : FaultInjection.fromProperty();
  }

  static Services start(Config config, FaultLog faults) throws ClassNotFoundException {
    Telemetry telemetry = Telemetry.open(config.environment(), Services::say, faults);
    Services services = new Services(faults, telemetry);
    faults.countedBy((stage, fault) -> services.metrics.internalError(stage));
    services.streams.start(new AgentThreads("headgate-streams"));
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
  @Nullable Object parentOnThisThread(@Nullable ClassLoader loader) {
    return parents.ofThread(loader);
  }

  void configurationRejected() {
    metrics.configInvalid();
  }

  /** The gateway for one configuration: this list is what happens to a call, in order. */
  Gateway gateway(Config config, ProviderCatalog catalog) {
    PriceCatalog prices = new PriceCatalog(config.pricing(), config.providers());
    newest = prices;
    WireReader wire = injection == null ? reader : injection.around(reader);
    List<Interceptor> interceptors =
        List.of(
            new GenAiInterceptor(
                telemetry.openTelemetry(), metrics, parents, streams, System::nanoTime),
            new MeterInterceptor(wire, prices, faults, InstantSource.system(), new Unknowns()),
            new OwnHeaders(),
            new Redirect(config, catalog),
            new Credentials(config, catalog),
            new AttemptInterceptor(
                telemetry.openTelemetry(), metrics, telemetry.shared(), streams, System::nanoTime));
    return injection == null
        ? new Gateway(catalog, wire, interceptors, faults)
        : new Gateway(injection.around(catalog), wire, injection.around(interceptors), faults);
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
