// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where adapters bring calls in: the one static root, because advice is static. Until the first
 * call to a handled host it holds a door that only knows host names; opening it starts the gateway.
 */
public final class Ingress {

  private static final ThreadLocal<@Nullable Boolean> BYPASS = new ThreadLocal<>();
  private static volatile @Nullable Door door;

  private Ingress() {}

  /** What stands behind the ingress. */
  public interface Door {
    /** Whether calls to this host are handled. One look-up, no allocation. Never throws. */
    boolean handles(String host, int port);

    /** Never throws; the stage ends as {@link Gateway#execute} says. */
    CompletionStage<GatewayResponse> execute(
        GatewayRequest request, Exchange.CallSite callSite, Upstream upstream);

    /** Told of a fault of our own at a named stage. Never throws. */
    void fault(String stage, Throwable fault);
  }

  /** Installs what stands behind. Called once, by the composition root. */
  public static void install(@Nullable Door newDoor) {
    door = newDoor;
  }

  /**
   * Whether a call to this host is to be brought in: it is handled, and this thread is not already
   * inside a call that was.
   *
   * @param host as the URI has it, in any case
   * @param port the URI's port, -1 if it names none
   */
  public static boolean handles(@Nullable String host, int port) {
    Door current = door;
    return current != null && host != null && BYPASS.get() == null && current.handles(host, port);
  }

  public static CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite callSite, Upstream upstream) {
    Door current = door;
    return current == null ? upstream.send(request) : current.execute(request, callSite, upstream);
  }

  /** Reports a fault of our own; the app's call goes on as if we were not there. */
  public static void fault(String stage, Throwable fault) {
    Door current = door;
    if (current != null) {
      current.fault(stage, fault);
    }
  }

  /** A body for an adapter to drive. */
  public static LiveBody newBody() {
    return new LiveBody(t -> fault("tap", t));
  }

  /**
   * Marks this thread as inside a call that was brought in, so that clients nested in it stay
   * silent. Returns whether it was marked by this call: pass it to {@link #leave}.
   */
  public static boolean enter() {
    if (BYPASS.get() != null) {
      return false;
    }
    BYPASS.set(Boolean.TRUE);
    return true;
  }

  public static void leave(boolean entered) {
    if (entered) {
      BYPASS.remove();
    }
  }

  /** Whether this thread is inside a call that was brought in. */
  public static boolean bypassed() {
    return BYPASS.get() != null;
  }
}
