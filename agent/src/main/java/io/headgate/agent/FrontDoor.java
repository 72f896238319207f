// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.config.Config;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.Gateway;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import io.headgate.provider.ProviderCatalog;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Knows which hosts are handled, and starts the gateway when the first call to one of them comes. A
 * configuration is used from one call to the next; calls under way finish on the gateway they began
 * with.
 */
final class FrontDoor implements Ingress.Door {

  private final FaultLog faults;
  private final ReentrantLock lock = new ReentrantLock();

  /** Threads come when needed and go after a while. */
  private final Executor background =
      Executors.newCachedThreadPool(new AgentThreads("headgate-io"));

  /** Null until a configuration was given, which is before the door is installed. */
  private volatile @Nullable Settings settings;

  /** Null until the first call. Guarded by the lock for writing. */
  private volatile @Nullable Services services;

  /** How many configurations were rejected before there was anything to count them. */
  private int rejectedEarly;

  private volatile @Nullable Ready ready;

  /** What no gateway could be made for: not tried again, since it would cost every call. */
  private volatile @Nullable Settings failed;

  private record Settings(Config config, ProviderCatalog catalog) {}

  /** A gateway and the settings it was made from. */
  private record Ready(Settings settings, Gateway gateway) {}

  FrontDoor(FaultLog faults) {
    this.faults = faults;
  }

  /** Uses this configuration for all calls from now on. */
  void use(Config config) {
    settings = new Settings(config, new ProviderCatalog(config, System.getenv()));
  }

  /** A configuration was offered that cannot be used. */
  void rejected() {
    lock.lock();
    try {
      Services current = services;
      if (current == null) {
        rejectedEarly++;
      } else {
        current.configurationRejected();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean handles(String host, int port) {
    Settings current = settings;
    return current != null && current.catalog().hosts().handles(host, port);
  }

  @Override
  public boolean moves(String host, int port) {
    Settings current = settings;
    return current != null && current.config().acts();
  }

  @Override
  public @Nullable Object captureParent(@Nullable ClassLoader loader) {
    try {
      // Nothing is started here: the thread may be an event loop's.
      Services running = services;
      Settings current = settings;
      if (running != null) {
        return running.capturedOnThisThread(loader);
      }
      return current == null ? null : Services.capturedOnThisThread(current.config(), loader);
    } catch (Throwable t) {
      faults.fault("parent", t);
      return null;
    }
  }

  @Override
  public @Nullable Object currentTrace() {
    Services running = services;
    return running == null ? null : running.currentTrace();
  }

  @Override
  public Ingress.Resumed resume(Object trace) {
    Services running = services;
    return running == null ? Ingress.Resumed.NOTHING : running.resume(trace);
  }

  @Override
  public CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite callSite, Upstream upstream) {
    Gateway gateway = gateway();
    return gateway == null ? upstream.send(request) : gateway.execute(request, callSite, upstream);
  }

  /** For tests. */
  boolean started() {
    return services != null;
  }

  private @Nullable Gateway gateway() {
    Ready current = ready;
    if (current != null && current.settings() == settings) {
      return current.gateway();
    }
    if (settings == failed) {
      // The last good one, if there is any, goes on.
      return current == null ? null : current.gateway();
    }
    return build();
  }

  private @Nullable Gateway build() {
    lock.lock();
    // What starting needs may itself make calls: they pass.
    boolean entered = Ingress.enter();
    try {
      Settings wanted = settings;
      Ready current = ready;
      if (wanted == null || (current != null && current.settings() == wanted)) {
        return current == null ? null : current.gateway();
      }
      Services running = services;
      if (running == null) {
        running = Services.start(wanted.config(), faults);
        services = running;
        for (; rejectedEarly > 0; rejectedEarly--) {
          running.configurationRejected();
        }
      }
      current = new Ready(wanted, running.gateway(wanted.config(), wanted.catalog()));
      ready = current;
      return current.gateway();
    } catch (Throwable t) {
      failed = settings;
      faults.fault("start", t);
      Ready last = ready;
      return last == null ? null : last.gateway();
    } finally {
      Ingress.leave(entered);
      lock.unlock();
    }
  }

  @Override
  public void background(Runnable task) {
    try {
      background.execute(task);
    } catch (OutOfMemoryError | RejectedExecutionException e) {
      task.run(); // There is no thread to be had: late is better than never.
    }
  }

  @Override
  public void fault(String stage, Throwable fault) {
    faults.fault(stage, fault);
  }
}
