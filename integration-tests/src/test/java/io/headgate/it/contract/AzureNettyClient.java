// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** {@code sendSync} of azure-core's client over Reactor Netty. */
public final class AzureNettyClient extends AzureClient {

  public AzureNettyClient() {
    super("netty", true, false);
  }
}
