// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** {@code send} of azure-core's client over OkHttp. */
public final class AzureOkHttpAsyncClient extends AzureClient {

  public AzureOkHttpAsyncClient() {
    super("okhttp", false, true);
  }
}
