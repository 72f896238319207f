// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** {@code send} of azure-core's client over the JDK's. */
public final class AzureJdkAsyncClient extends AzureClient {

  public AzureJdkAsyncClient() {
    super("jdk", false, false);
  }
}
