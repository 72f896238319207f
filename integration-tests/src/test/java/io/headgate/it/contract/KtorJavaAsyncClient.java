// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

/** Ktor on the JDK's client, from {@code async}. */
public final class KtorJavaAsyncClient extends KtorClient {

  public KtorJavaAsyncClient() {
    super(KtorEngine.JAVA, true);
  }
}
