// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** Ktor on Apache HttpClient 5, from {@code runBlocking}. */
public final class KtorApache5Client extends KtorClient {

  public KtorApache5Client() {
    super(KtorEngine.APACHE5, false);
  }
}
