// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/**
 * The call of one attempt: a fresh one each, so that it can be cancelled alone and no interceptor
 * of the application runs twice. At the app's own origin everything else of its client takes part;
 * at another one as little as {@link OtherHost} lets.
 */
final class AttemptCall {

  private AttemptCall() {}

  /**
   * A call to be executed on this thread.
   *
   * @param foreign whether it leaves the app's origin
   * @param connectNanos the longest that connecting to one address may take; 0 for the app's limit,
   *     which holds also where it is the shorter one
   */
  static Call of(
      OkHttpClient client,
      Interceptor.Chain chain,
      Request request,
      boolean foreign,
      long connectNanos) {
    OkHttpClient.Builder builder = OtherHost.copy(client, chain);
    if (foreign) {
      OtherHost.makeForeign(builder);
    } else {
      builder.addNetworkInterceptor(new OriginGuard());
    }
    limitConnecting(builder, chain.connectTimeoutMillis(), connectNanos);
    SentOnce once = new SentOnce();
    builder.addNetworkInterceptor(once);
    return builder.build().newCall(once.watched(request));
  }

  private static void limitConnecting(
      OkHttpClient.Builder builder, int ownMillis, long connectNanos) {
    if (connectNanos <= 0) {
      return;
    }
    long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(connectNanos));
    if (ownMillis == 0 ? millis <= Integer.MAX_VALUE : millis < ownMillis) {
      builder.connectTimeout(millis, TimeUnit.MILLISECONDS);
    }
  }
}
