// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * An answer whose body was not read yet.
 *
 * @param rewritten whether the request was changed by the gateway
 * @param link to the app's call if the answer comes from another one
 */
record Answer(Response response, LiveBody body, boolean rewritten, @Nullable CancelLink link) {

  /**
   * The answer as the app gets it: the same instance if nobody looks at its body, else the same in
   * all but the body. Its request is the one the app made, not what became of it: SDKs compare the
   * two, and ours may hold another host's key. {@code networkResponse} tells what was sent.
   *
   * @param asked the request as the app's chain handed it to us
   * @param unchanged the request as sent if the gateway changed nothing
   * @param shown the answer's fields as the gateway was shown them; null if it was shown none
   * @param decided the fields that the app is to get; the same if nothing was changed
   */
  Response deliver(
      Request asked, Request unchanged, @Nullable Headers shown, @Nullable Headers decided) {
    try {
      Response.Builder changed = null;
      // A redirect that OkHttp followed on the app's own account stays visible.
      if (response.request() != asked && (rewritten || response.request() == unchanged)) {
        changed = response.newBuilder().request(asked);
      }
      if (shown != null && decided != null && shown != decided) {
        changed = changed == null ? response.newBuilder() : changed;
        changed.headers(Conversions.changed(response.headers(), shown, decided));
      }
      ResponseBody content = response.body();
      if (content == null || empty(content)) {
        body.end();
        close();
      } else if (!body.untapped() || link != null) {
        changed = changed == null ? response.newBuilder() : changed;
        changed.body(new TappedBody(content, body, link));
      }
      return changed == null ? response : changed.build();
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
      body.error(null);
      return response;
    }
  }

  private boolean empty(ResponseBody content) {
    int status = response.code();
    return status == 204
        || status == 304
        || content.contentLength() == 0
        || response.request().method().equals("HEAD");
  }

  /** The app will not see it: gives the connection back. */
  void discard() {
    try {
      response.close();
    } catch (Throwable t) {
      OkHttpAdapter.fault(t);
    }
    close();
    body.error(null);
  }

  private void close() {
    if (link != null) {
      link.close();
    }
  }
}
