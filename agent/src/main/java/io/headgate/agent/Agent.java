// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.config.Config;
import io.headgate.config.ConfigException;
import io.headgate.config.ConfigLoader;
import io.headgate.config.ConfigPresence;
import io.headgate.config.ConfigWatcher;
import io.headgate.config.Loaded;
import io.headgate.gateway.Ingress;
import io.headgate.instrument.Transformers;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * The composition root. Made by the type gate when the first class of interest is loaded, or before
 * the application's main if there is a configuration to check. Making it reads the configuration
 * and the host names; Byte Buddy comes with the first class to weave, everything else with the
 * first call to an LLM host.
 */
public final class Agent implements ClassFileTransformer {

  private final Instrumentation instrumentation;
  private final FaultLog faults =
      new FaultLog(System::nanoTime, Boolean.getBoolean("headgate.debug"));
  private @Nullable Transformers transformers;

  /**
   * Reads the configuration.
   *
   * @param arguments what follows {@code =} in the {@code -javaagent} option
   * @throws SecurityException if the configuration cannot be used and says that the app must not
   *     start then; the message is for stderr
   * @throws IllegalStateException if the configuration cannot be used; the message is for stderr
   */
  public Agent(Instrumentation instrumentation, @Nullable String arguments) {
    this.instrumentation = instrumentation;
    FrontDoor door = new FrontDoor(faults);
    if (ConfigPresence.any(arguments)) {
      configure(door, arguments);
    } else {
      door.use(Config.OBSERVE_ONLY);
    }
    // Adapters set limits before there is a gateway. Not waited for: classes are being loaded.
    var unused = DelayThread.begin(new AgentThreads("headgate-delays"));
    Ingress.install(door);
  }

  private void configure(FrontDoor door, @Nullable String arguments) {
    ConfigLoader loader = Configurations.loader();
    Loaded loaded;
    try {
      loaded = loader.load(arguments);
    } catch (ConfigException e) {
      // JDK types, because the type gate, which speaks to the user, knows none of ours.
      if (e.fail() == Config.Fail.CLOSED) {
        throw new SecurityException(
            e.getMessage() + "\nheadgate: the application is not started (fail: closed)", e);
      }
      throw new IllegalStateException(
          e.getMessage() + "\nheadgate: the application runs untouched", e);
    }
    door.use(loaded.config());
    if (loaded.file() != null) {
      new ConfigWatcher(loader, loaded, new Reload(door, faults))
          .start(new AgentThreads("headgate-config"));
    }
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      String className,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] bytes) {
    try {
      return transformers().transform(module, loader, className, redefined, domain, bytes);
    } catch (Throwable t) {
      faults.fault("instrument " + className, t);
      return null;
    }
  }

  private synchronized Transformers transformers() throws ReflectiveOperationException {
    Transformers current = transformers;
    if (current == null) {
      current = new Transformers(instrumentation, faults);
      transformers = current;
    }
    return current;
  }

  /** What becomes of a changed configuration file. */
  private record Reload(FrontDoor door, FaultLog faults) implements ConfigWatcher.Listener {
    @Override
    public void reloaded(Config config) {
      door.use(config);
    }

    @Override
    public void rejected(ConfigException reason) {
      door.rejected();
      System.err.println(
          reason.getMessage() + "\nheadgate: the configuration in use stays as it was");
    }

    @Override
    public void failed(Throwable fault) {
      faults.fault("config", fault);
    }
  }
}
