// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** {@code send} of azure-core's client over Reactor Netty. */
public final class AzureNettyAsyncClient extends AzureClient {

  public AzureNettyAsyncClient() {
    super("netty", false, false);
  }
}
