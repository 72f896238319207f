// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.http.HttpMessage;
import org.apache.http.HttpResponse;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.protocol.HttpContext;
import org.apache.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * The context of one request that we made: sees what is in the app's, and keeps what the client
 * puts in, which is for the app only if it gets the answer. Through it we take part in what the
 * client does: {@code http.connection} is put in each time right before a request goes out, {@code
 * http.response} before a redirect is thought of (ProtocolExec, HttpRequestExecutor,
 * MainClientExec).
 */
final class SendContext implements HttpContext {

  private static final Object REMOVED = new Object();

  private final @Nullable HttpContext parent;
  private final @Nullable Guard guard;
  private final long connectNanos;
  private final Map<String, Object> own = new ConcurrentHashMap<>();
  private volatile boolean leaving;

  /**
   * @param parent the app's; null if it gave none
   * @param guard null if the gateway did not change the request
   * @param connectNanos as {@link GuardedConfig} has it
   */
  SendContext(@Nullable HttpContext parent, @Nullable Guard guard, long connectNanos) {
    this.parent = parent;
    this.guard = guard;
    this.connectNanos = connectNanos;
    Object config = parent == null ? null : parent.getAttribute(HttpClientContext.REQUEST_CONFIG);
    if (config != null) {
      setAttribute(HttpClientContext.REQUEST_CONFIG, config);
    }
    if (guard != null && guard.foreign()) {
      own.put(HttpClientContext.TARGET_AUTH_STATE, new NoLogin());
      own.put(HttpClientContext.USER_TOKEN, REMOVED);
      own.put(HttpClientContext.AUTH_CACHE, REMOVED);
    }
  }

  @Override
  public @Nullable Object getAttribute(String id) {
    Object value = own.get(id);
    if (value != null) {
      return value == REMOVED ? null : value;
    }
    return parent == null ? null : parent.getAttribute(id);
  }

  @Override
  public void setAttribute(String id, @Nullable Object value) {
    Guard watching = guard;
    if (value == null) {
      own.put(id, REMOVED);
      return;
    }
    own.put(
        id,
        value instanceof RequestConfig config && !(value instanceof GuardedConfig)
            ? new GuardedConfig(config, connectNanos, () -> leaving)
            : value);
    if (watching == null) {
      return;
    }
    if (id.equals(HttpCoreContext.HTTP_RESPONSE) && value instanceof HttpResponse response) {
      leaving = watching.leaving(response);
    } else if (id.equals(HttpCoreContext.HTTP_CONNECTION)
        && getAttribute(HttpCoreContext.HTTP_REQUEST) instanceof HttpMessage outgoing) {
      watching.enforce(outgoing);
    }
  }

  @Override
  public @Nullable Object removeAttribute(String id) {
    Object value = getAttribute(id);
    own.put(id, REMOVED);
    return value;
  }

  /**
   * The answer is the app's: so is what the client told about it; unless it is from elsewhere.
   * Returns whether it is.
   */
  boolean publish() {
    if (parent == null || (guard != null && guard.foreign())) {
      return false;
    }
    own.forEach(
        (id, value) -> {
          if (value == REMOVED) {
            parent.removeAttribute(id);
          } else {
            parent.setAttribute(id, value instanceof GuardedConfig config ? config.own() : value);
          }
        });
    return true;
  }
}
