// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import java.io.IOException;
import org.apache.http.HttpException;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.nio.ContentEncoder;
import org.apache.http.nio.IOControl;
import org.apache.http.nio.protocol.HttpAsyncRequestProducer;
import org.apache.http.protocol.HttpContext;

/**
 * The app's producer for the original call, after its body was captured: what that left of it, or
 * the captured bytes, is sent; how it ends is told to the app's own.
 *
 * @param sent what brings the body
 * @param app the app's own
 */
record OriginalProducer(HttpAsyncRequestProducer sent, HttpAsyncRequestProducer app)
    implements HttpAsyncRequestProducer {

  @Override
  public HttpHost getTarget() {
    return sent.getTarget();
  }

  @Override
  public HttpRequest generateRequest() throws IOException, HttpException {
    return sent.generateRequest();
  }

  @Override
  public void produceContent(ContentEncoder encoder, IOControl control) throws IOException {
    sent.produceContent(encoder, control);
  }

  @Override
  public void requestCompleted(HttpContext context) {
    app.requestCompleted(context);
  }

  @Override
  public void failed(Exception thrown) {
    app.failed(thrown);
  }

  @Override
  public boolean isRepeatable() {
    return sent.isRepeatable();
  }

  @Override
  public void resetRequest() throws IOException {
    sent.resetRequest();
  }

  @Override
  public void close() throws IOException {
    try (app) {
      sent.close();
    }
  }
}
