// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.gateway.Chain;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Interceptor;
import java.util.concurrent.CompletionStage;

/**
 * Takes the {@code x-headgate-*} fields off a call before it leaves the JVM, in every mode: they
 * are addressed to us. Stands behind all who read them.
 */
public final class OwnHeaders implements Interceptor {

  private static final String PREFIX = "x-headgate-";

  @Override
  public CompletionStage<GatewayResponse> intercept(Chain chain) {
    GatewayRequest request = chain.request();
    Headers headers = request.headers().without(OwnHeaders::isOwn);
    return chain.proceed(headers == request.headers() ? request : request.withHeaders(headers));
  }

  private static boolean isOwn(String lowerCaseName) {
    return lowerCaseName.startsWith(PREFIX);
  }
}
