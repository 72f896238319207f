// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.nio.protocol.BasicAsyncRequestProducer;
import org.apache.http.protocol.HttpContext;

/** A request of ours; the app's producer hears of it when it is written. */
final class AsyncRequest extends BasicAsyncRequestProducer {

  private final AsyncEnding<?> ending;

  AsyncRequest(HttpHost target, HttpRequest request, AsyncEnding<?> ending) {
    super(target, request);
    this.ending = ending;
  }

  @Override
  public void requestCompleted(HttpContext context) {
    ending.requested(context);
  }
}
