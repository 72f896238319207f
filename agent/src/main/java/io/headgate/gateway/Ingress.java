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

    /**
     * Whether a call to this handled host may be sent elsewhere, or with other headers, than the
     * app says. True also if that is not known. One look-up, no allocation. Never throws.
     */
    default boolean moves(String host, int port) {
      return true;
    }

    /** Never throws; the stage ends as {@link Gateway#execute} says. */
    CompletionStage<GatewayResponse> execute(
        GatewayRequest request, Exchange.CallSite callSite, Upstream upstream);

    /**
     * What telemetry needs to know of this thread to take its current span for a call's parent on
     * another thread; null if there is nothing. Never throws.
     *
     * @param loader as in {@link Exchange.CallSite}
     */
    default @Nullable Object captureParent(@Nullable ClassLoader loader) {
      return null;
    }

    /**
     * What telemetry has current on this thread, if spans of others are to find it where the
     * request is sent; null if not. Never throws.
     */
    default @Nullable Object currentTrace() {
      return null;
    }

    /** Makes that current on this thread, until it is closed here. Never throws. */
    default Resumed resume(Object trace) {
      return Resumed.NOTHING;
    }

    /** Told of a fault of our own at a named stage. Never throws. */
    void fault(String stage, Throwable fault);

    /** Runs a task that may block: on a thread of its own, if it can have any. */
    default void background(Runnable task) {
      task.run();
    }
  }

  /** What was made current on a thread again. */
  public interface Resumed extends AutoCloseable {
    Resumed NOTHING = () -> {};

    /** Makes current what was so before. Never throws. */
    @Override
    void close();
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
    // The host first: looking at a thread-local gives a thread that has none a map of them, which
    // would be paid for each virtual thread that calls some other host.
    return current != null && host != null && current.handles(host, port) && BYPASS.get() == null;
  }

  /**
   * Whether a call to this host would be brought in, if this thread were not already inside one
   * that was: another thread that is to run it has to be told.
   *
   * @param host as the URI has it, in any case
   * @param port the URI's port, -1 if it names none
   */
  public static boolean nested(@Nullable String host, int port) {
    Door current = door;
    return current != null && host != null && current.handles(host, port) && BYPASS.get() != null;
  }

  /**
   * Whether a call to this host may end up elsewhere than the app says, so that an adapter must not
   * connect before the call is made.
   *
   * @param host as the URI has it, in any case
   * @param port the URI's port, -1 if it names none
   */
  public static boolean moves(@Nullable String host, int port) {
    Door current = door;
    return current != null && (host == null || current.moves(host, port));
  }

  public static CompletionStage<GatewayResponse> execute(
      GatewayRequest request, Exchange.CallSite callSite, Upstream upstream) {
    Door current = door;
    return current == null ? upstream.send(request) : current.execute(request, callSite, upstream);
  }

  /**
   * For a call to a handled host that another thread will run: what is to go into its {@link
   * Exchange.CallSite#parent}.
   *
   * @param loader the call site's
   */
  public static @Nullable Object captureParent(@Nullable ClassLoader loader) {
    Door current = door;
    return current == null ? null : current.captureParent(loader);
  }

  /**
   * For an upstream that only takes note of what to send: what is to be {@linkplain #resume
   * resumed} where it is sent, so that other agents' spans of the request belong to ours. Null if
   * nothing.
   */
  public static @Nullable Object currentTrace() {
    Door current = door;
    return current == null ? null : current.currentTrace();
  }

  /** Makes current what {@link #currentTrace} gave; to be closed on this thread. */
  public static Resumed resume(@Nullable Object trace) {
    Door current = door;
    return current == null || trace == null ? Resumed.NOTHING : current.resume(trace);
  }

  /** Reports a fault of our own; the app's call goes on as if we were not there. */
  public static void fault(String stage, Throwable fault) {
    Door current = door;
    if (current != null) {
      current.fault(stage, fault);
    }
  }

  /**
   * Runs a task that may block, on a thread of ours that keeps nothing of the app; on this one if
   * none can be had.
   */
  public static void background(Runnable task) {
    Door current = door;
    if (current == null) {
      throw new IllegalStateException("there is no door");
    }
    current.background(task);
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
