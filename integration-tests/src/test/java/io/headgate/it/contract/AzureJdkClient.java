// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** {@code sendSync} of azure-core's client over the JDK's. */
public final class AzureJdkClient extends AzureClient {

  public AzureJdkClient() {
    super("jdk", true, true);
  }
}
