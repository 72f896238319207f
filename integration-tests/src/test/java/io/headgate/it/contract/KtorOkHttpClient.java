// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** Ktor on OkHttp, from {@code runBlocking}. */
public final class KtorOkHttpClient extends KtorClient {

  public KtorOkHttpClient() {
    super(KtorEngine.OKHTTP, false);
  }
}
