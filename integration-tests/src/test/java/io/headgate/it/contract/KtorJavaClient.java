// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** Ktor on the JDK's client, from {@code runBlocking}. */
public final class KtorJavaClient extends KtorClient {

  public KtorJavaClient() {
    super(KtorEngine.JAVA, false);
  }
}
