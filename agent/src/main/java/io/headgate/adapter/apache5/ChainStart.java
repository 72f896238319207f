// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.lang.reflect.Method;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/**
 * The execution of a client's chain that is taken over.
 *
 * @param element what was about to execute
 * @param producer of the request's body; null if it has none
 */
record ChainStart(
    Object element,
    HttpRequest request,
    @Nullable AsyncEntityProducer producer,
    AsyncExecChain.Scope scope,
    AsyncExecCallback callback) {

  /**
   * Executes it after all, as if we were not there.
   *
   * @param body in place of the app's, which was read
   */
  void proceed(@Nullable AsyncEntityProducer body) throws Exception {
    Method execute =
        element
            .getClass()
            .getDeclaredMethod(
                "execute",
                HttpRequest.class,
                AsyncEntityProducer.class,
                AsyncExecChain.Scope.class,
                AsyncExecCallback.class);
    execute.setAccessible(true);
    execute.invoke(element, request, body, scope, callback);
  }
}
