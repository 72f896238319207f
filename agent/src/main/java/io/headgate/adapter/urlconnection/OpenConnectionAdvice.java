// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import io.headgate.gateway.Ingress;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import javax.net.ssl.HttpsURLConnection;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * Exit advice of {@code openConnection(URL, Proxy)} in the JDK's http and https {@code Handler}:
 * puts a connection of ours in front of the one it made. The form with one argument calls this one
 * on JDK 17 to 25, so it needs no advice of its own.
 */
public final class OpenConnectionAdvice {

  /** Ends the bodies that nobody read; one for all calls, because advice is static. */
  private static final LostBodies LOST = new LostBodies();

  private OpenConnectionAdvice() {}

  /** Never throws; allocates only for a host that is handled. */
  @Advice.OnMethodExit(inline = false)
  @Advice.AssignReturned.ToReturned(typing = Assigner.Typing.DYNAMIC)
  public static @Nullable Object exit(
      @Advice.Argument(0) @Nullable Object url,
      @Advice.Argument(1) @Nullable Object proxy,
      @Advice.Return(typing = Assigner.Typing.DYNAMIC) @Nullable Object connection) {
    try {
      if (!(url instanceof URL target) || !Ingress.handles(target.getHost(), target.getPort())) {
        return connection;
      }
      return wrap(connection, (Proxy) proxy, LOST);
    } catch (Throwable t) {
      Ingress.fault("urlconnection", t);
      return connection;
    }
  }

  static @Nullable Object wrap(
      @Nullable Object connection, @Nullable Proxy proxy, LostBodies lost) {
    if (!(connection instanceof HttpURLConnection http)) {
      return connection;
    }
    // Before the call, because not every connection makes one.
    lost.sweep();
    URI uri;
    try {
      uri = http.getURL().toURI();
    } catch (URISyntaxException e) {
      // The JDK sends such a URL all the same, but nobody can say where it leads.
      return connection;
    }
    ConnectionCall call = new ConnectionCall(http, uri, proxy, lost);
    return connection instanceof HttpsURLConnection https
        ? new GatewayHttpsUrlConnection(https, call)
        : new GatewayUrlConnection(http, call);
  }
}
