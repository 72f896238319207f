// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** What the app finds in the context of a call whose answer the client did not tell it of. */
final class AppContext {

  private AppContext() {}

  /**
   * Tells of the call as the app made it, and of no redirects of the call before.
   *
   * @param context the app's; null if it gave none
   * @param asked as the app gave it to the client
   * @param target where it was to go
   */
  static void tell(
      @Nullable HttpContext context, HttpRequest asked, HttpHost target, HttpResponse response) {
    if (context == null) {
      return;
    }
    context.setAttribute(HttpCoreContext.HTTP_TARGET_HOST, target);
    context.setAttribute(HttpCoreContext.HTTP_REQUEST, asked);
    context.setAttribute(HttpCoreContext.HTTP_RESPONSE, response);
    context.removeAttribute(HttpClientContext.REDIRECT_LOCATIONS);
  }
}
