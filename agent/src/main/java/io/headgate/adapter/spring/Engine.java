// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.client.Hold;
import io.headgate.gateway.GatewayRequest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * What lies below Spring, and how to keep it from doing with a request of ours what the app let it
 * do with its own. Thread-safe.
 */
interface Engine {

  /**
   * The connector for one request: the app's own if that treats the request as it should, else one
   * that shares its connections.
   *
   * @throws ReflectiveOperationException if it is not made as we know it
   */
  ClientHttpConnector connector(ClientHttpConnector own, Sending sending)
      throws ReflectiveOperationException;

  /**
   * The factory for one request, likewise.
   *
   * @throws ReflectiveOperationException if it is not made as we know it
   */
  ClientHttpRequestFactory factory(ClientHttpRequestFactory own, Sending sending)
      throws ReflectiveOperationException;

  /**
   * Readies the native request of {@code WebClient}; null if there is nothing to do with it.
   * Returns how to break it off where cancelling what the connector returned does not.
   */
  @Nullable Function<Object, Runnable> prepare(Sending sending);

  /**
   * Readies the request of a factory. Returns how to break it off from another thread while this
   * one waits in {@code execute}; null if an interrupt does that.
   *
   * @throws ReflectiveOperationException if it is not made as we know it
   */
  @Nullable Runnable prepare(ClientHttpRequest request, Sending sending)
      throws ReflectiveOperationException;

  /** Whether the body of a factory's answer fills the array it is read into before it returns. */
  boolean fillsArrays();

  /**
   * What is to be sent.
   *
   * @param changed whether it says anything else than the app's request
   * @param foreign whether it leaves the app's origin
   * @param connectNanos as {@link Hold#connectNanos} has it
   */
  record Sending(GatewayRequest request, boolean changed, boolean foreign, long connectNanos) {}
}
