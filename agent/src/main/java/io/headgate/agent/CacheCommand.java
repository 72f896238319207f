// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.config.Config;
import io.headgate.config.StateSettings;
import io.headgate.gateway.Causes;
import io.headgate.state.EntryStore;
import io.headgate.state.Purge;
import io.headgate.state.StateLog;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** {@code cache stats} and {@code cache purge}: looks into the store, and empties it. */
final class CacheCommand {

  static final String HELP =
      """
        java -jar headgate-agent.jar cache stats [--config FILE]
            tells how much is kept
        java -jar headgate-agent.jar cache purge [--config FILE] --all | \\
            [--key HEX] [--model NAME] [--route NAME] [--older-than 7d]
            lets go of what fits all that is said; a key may be its beginning""";

  private static final long PATIENCE_SECONDS = 60;

  private final PrintStream out;
  private final PrintStream err;

  CacheCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  static boolean knows(String action, String option) {
    return action.equals("purge")
        && (option.equals("--key")
            || option.equals("--model")
            || option.equals("--route")
            || option.equals("--older-than")
            || option.equals("--all"));
  }

  /** Runs it and returns the exit code. */
  int run(String action, Config config, Map<String, String> options) {
    Purge purge = null;
    InstantSource clock = InstantSource.system();
    if (action.equals("purge")) {
      purge = purge(options, clock);
      if (purge == null) {
        return Cli.USAGE;
      }
    }
    Stores.Place place = Stores.place(config);
    if (place.type() == StateSettings.Type.MEMORY) {
      err.println(
          "headgate: the entries of this configuration are in the memory of the JVM that made"
              + " them; end it to let go of them");
      return Cli.INVALID;
    }
    boolean[] trouble = new boolean[1];
    StateLog log =
        new StateLog() {
          @Override
          public void say(String line) {
            trouble[0] = true;
            err.println("headgate: " + line);
          }

          @Override
          public void count(String store, String what) {}
        };
    try (EntryStore store = Stores.far(place, clock, log)) {
      var unused = store.opened().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (trouble[0]) {
        return Cli.INVALID;
      }
      String what = place.type().name().toLowerCase(Locale.ROOT);
      if (purge == null) {
        EntryStore.Sizes sizes =
            store.count().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        out.println(what + ": " + sizes.entries() + " entries, " + sizes.bytes() + " bytes");
      } else {
        long gone =
            store.purge(purge).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        out.println(what + ": " + gone + (gone == 1 ? " entry" : " entries") + " purged");
      }
      return Cli.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Cli.INVALID;
    } catch (TimeoutException e) {
      err.println("headgate: the store did not answer within " + PATIENCE_SECONDS + " s");
      return Cli.INVALID;
    } catch (ExecutionException e) {
      err.println("headgate: " + Causes.of(e).getMessage());
      return Cli.INVALID;
    }
  }

  private @Nullable Purge purge(Map<String, String> options, InstantSource clock) {
    boolean all = "true".equals(options.get("--all"));
    String key = options.get("--key");
    String age = options.get("--older-than");
    boolean some =
        key != null
            || age != null
            || options.containsKey("--model")
            || options.containsKey("--route");
    if (all == some) {
      err.println("headgate: cache purge needs either --all or what is to go");
      return null;
    }
    if (key != null && !key.matches("[0-9a-fA-F]{1,64}")) {
      err.println("headgate: --key: expected hexadecimal digits, as in x-headgate-cache-key");
      return null;
    }
    long before = Long.MAX_VALUE;
    if (age != null) {
      Duration duration = Config.duration(age);
      if (duration == null) {
        err.println("headgate: --older-than: expected a time such as 30m, 12h or 7d, found " + age);
        return null;
      }
      before = clock.millis() - duration.toMillis();
    }
    return new Purge(
        key == null ? null : key.toLowerCase(Locale.ROOT),
        options.get("--model"),
        options.get("--route"),
        before);
  }
}
