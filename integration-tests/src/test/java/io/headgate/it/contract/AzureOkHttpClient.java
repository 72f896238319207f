// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** {@code sendSync} of azure-core's client over OkHttp. */
public final class AzureOkHttpClient extends AzureClient {

  public AzureOkHttpClient() {
    super("okhttp", true, true);
  }
}
