// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** Ktor on Apache HttpClient 5, from {@code async}. */
public final class KtorApache5AsyncClient extends KtorClient {

  public KtorApache5AsyncClient() {
    super(KtorEngine.APACHE5, true);
  }
}
