// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** Ktor on OkHttp, from {@code async}. */
public final class KtorOkHttpAsyncClient extends KtorClient {

  public KtorOkHttpAsyncClient() {
    super(KtorEngine.OKHTTP, true);
  }
}
