// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import io.headgate.client.Unsent;
import java.net.URI;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpResponse;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Whether a classic call is ours, and the boundary that no fault of ours crosses. */
final class ClassicAdapter {

  private ClassicAdapter() {}

  /** {@code {response, exception}}, or null to let the original method run. */
  static Object @Nullable [] execute(
      Object client, @Nullable Object host, @Nullable Object request, @Nullable Object context) {
    if (!Apache5Adapter.on() || !(request instanceof ClassicHttpRequest asked)) {
      return null;
    }
    ClassicCall call;
    try {
      HttpHost named = (HttpHost) host;
      Target target = Target.of(named, asked);
      if (target == null || !target.handled() || Fields.special(asked.getMethod(), asked)) {
        return null;
      }
      URI uri = target.uri(asked.getPath());
      if (uri == null) {
        return null;
      }
      Responses.ready();
      call =
          new ClassicCall(
              (CloseableHttpClient) client, named, target, asked, (HttpContext) context, uri);
    } catch (Throwable t) {
      Apache5Adapter.fault(t);
      return null;
    }
    return run(call, asked);
  }

  private static Object @Nullable [] run(ClassicCall call, ClassicHttpRequest asked) {
    CloseableHttpResponse response;
    try {
      response = Responses.closeable(call.run());
    } catch (Unsent e) {
      if (call.body() != asked.getEntity()) {
        asked.setEntity(call.body());
      }
      Apache5Adapter.fault(e.getCause() == null ? e : e.getCause());
      return null;
    } catch (Throwable t) {
      return new Object[] {null, t};
    }
    return new Object[] {response, null};
  }
}
