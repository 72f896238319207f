// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Faults;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry that our spans and metrics go to: the one another agent has put behind our copy
 * of the API, or else an SDK of our own that exports by OTLP. {@code GlobalOpenTelemetry} is looked
 * at and never set.
 */
public final class Telemetry implements AutoCloseable {

  /** How long the exit of the JVM waits for the last export. */
  private static final long FLUSH_MILLIS = 1_000;

  /** How long it waits before that for an SDK that is still being built, if calls were made. */
  private static final long START_MILLIS = 5_000;

  private final OpenTelemetry otel;
  private final boolean shared;

  /** What is to be flushed; null if it is not ours. */
  private final @Nullable Starting own;

  private Telemetry(OpenTelemetry otel, boolean shared, @Nullable Starting own) {
    this.otel = otel;
    this.shared = shared;
    this.own = own;
  }

  /**
   * Decides, and has the SDK built if it is to be ours. Does not wait for that: what is recorded
   * meanwhile is kept. Never throws: if building fails, calls go on without telemetry.
   *
   * @param environment the deployment environment; empty if not known
   * @param notices takes lines for the user, without prefix; at most one per change of a state
   */
  public static Telemetry open(String environment, Consumer<String> notices, Faults faults) {
    return open(environment, Map.of(), notices, faults);
  }

  /**
   * @param overrides {@code otel.*} properties that beat all others
   */
  static Telemetry open(
      String environment, Map<String, String> overrides, Consumer<String> notices, Faults faults) {
    try {
      OpenTelemetry host = host();
      if (host != null) {
        return new Telemetry(host, true, null);
      }
      Starting starting = new Starting(new OwnSdk(environment, overrides, notices), faults);
      starting.thread.start();
      return new Telemetry(new LateOpenTelemetry(starting.startup), false, starting);
    } catch (Throwable t) {
      faults.fault("telemetry", t);
    }
    return new Telemetry(OpenTelemetry.noop(), false, null);
  }

  /** Where spans and metrics go. */
  public OpenTelemetry openTelemetry() {
    return otel;
  }

  /** Whether it is the app's agent's, so that its spans and ours are to be nested. */
  public boolean shared() {
    return shared;
  }

  /** A factory for our threads: daemons that keep nothing of the app alive. */
  public static ThreadFactory threads(String name) {
    return new AgentThreads(name);
  }

  /** Flushes when the JVM exits, for one second at most. Called once. */
  public void flushAtExit() {
    if (own != null) {
      Runtime.getRuntime().addShutdownHook(new AgentThreads("exit").newThread(this::close));
    }
  }

  /**
   * Exports what is left and stops, for one second at most once the SDK is there; what takes longer
   * is given up.
   */
  @Override
  public void close() {
    OpenTelemetrySdk sdk = sdk(START_MILLIS);
    if (sdk == null) {
      return;
    }
    // On a thread of its own, since the SDK's metric reader blocks where it is shut down.
    Thread closing = new AgentThreads("close").newThread(sdk::close);
    closing.start();
    await(closing, FLUSH_MILLIS);
  }

  /** Our own SDK once it is there; null if there is none, or none within this time. */
  @Nullable OpenTelemetrySdk sdk(long waitMillis) {
    if (own == null) {
      return null;
    }
    await(own.thread, waitMillis);
    return own.sdk;
  }

  /**
   * What another agent offers through our copy of the API. The OpenTelemetry agent sets the global
   * of every copy it meets; Datadog's sets nothing, but what {@code get()} answers has its tracers.
   */
  private static @Nullable OpenTelemetry host() {
    if (GlobalOpenTelemetry.isSet()) {
      return GlobalOpenTelemetry.get();
    }
    if (!datadogBridges()) {
      return null;
    }
    OpenTelemetry offered = GlobalOpenTelemetry.get();
    String tracers = offered.getTracerProvider().getClass().getName();
    return tracers.startsWith("datadog.") ? offered : null;
  }

  private static boolean datadogBridges() {
    String setting = System.getProperty("dd.trace.otel.enabled");
    if (setting == null) {
      setting = System.getenv("DD_TRACE_OTEL_ENABLED");
    }
    if (setting == null || !(setting.equals("1") || setting.equalsIgnoreCase("true"))) {
      return false;
    }
    try {
      Class.forName("datadog.trace.bootstrap.Agent", false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** On a thread of ours, because the SDK's threads inherit from the one that makes them. */
  private static final class Starting implements Runnable {
    private final OwnSdk own;
    private final Faults faults;
    private final Startup startup;
    private final Thread thread;
    private volatile @Nullable OpenTelemetrySdk sdk;

    Starting(OwnSdk own, Faults faults) {
      this.own = own;
      this.faults = faults;
      this.startup = new Startup(faults);
      this.thread = new AgentThreads("start").newThread(this);
    }

    @Override
    public void run() {
      OpenTelemetry built = OpenTelemetry.noop();
      try {
        OpenTelemetrySdk made = own.build();
        sdk = made;
        built = made;
      } catch (Throwable t) {
        faults.fault("telemetry", t);
      }
      startup.complete(built);
    }
  }

  /** Waits without losing an interrupt that was meant for the app. */
  private static void await(Thread thread, long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    boolean interrupted = false;
    while (thread.isAlive()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        break;
      }
      try {
        thread.join(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
