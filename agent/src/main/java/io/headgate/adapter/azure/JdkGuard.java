// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;

/**
 * {@link Guarded} over the JDK's client, whose redirects take every field along: none is followed,
 * and the app gets the answer that asks for one. What a client does not tell, its local address and
 * its stream priority, is the default's in the second one, which has connections of its own.
 */
final class JdkGuard {

  private JdkGuard() {}

  static com.azure.core.http.HttpClient twin(com.azure.core.http.HttpClient client, boolean foreign)
      throws ReflectiveOperationException {
    HttpClient jdk = Guarded.engine(client, HttpClient.class);
    return Guarded.around(client, HttpClient.class, guarded(jdk, foreign));
  }

  private static HttpClient guarded(HttpClient client, boolean foreign) {
    boolean secrets = client.authenticator().isPresent() || client.cookieHandler().isPresent();
    boolean quiet = foreign && secrets;
    if (client.followRedirects() == HttpClient.Redirect.NEVER && !quiet) {
      return client;
    }
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(client.version())
            .sslContext(client.sslContext())
            .sslParameters(client.sslParameters());
    client.connectTimeout().ifPresent(builder::connectTimeout);
    client.proxy().ifPresent(builder::proxy);
    client.executor().ifPresent(builder::executor);
    if (!quiet) {
      client.authenticator().ifPresent(builder::authenticator);
      client.cookieHandler().ifPresent(builder::cookieHandler);
    } else if (client.proxy().isPresent()) {
      // Otherwise none: one that has no answer to a challenge would hide its status.
      client.authenticator().map(ForProxies::new).ifPresent(builder::authenticator);
    }
    return builder.build();
  }

  /** The way there is the app's, so its proxy gets the app's password, and nobody else does. */
  private static final class ForProxies extends Authenticator {
    private final Authenticator own;

    ForProxies(Authenticator own) {
      this.own = own;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
          ? own.requestPasswordAuthenticationInstance(
              getRequestingHost(),
              getRequestingSite(),
              getRequestingPort(),
              getRequestingProtocol(),
              getRequestingPrompt(),
              getRequestingScheme(),
              getRequestingURL(),
              RequestorType.PROXY)
          : null;
    }
  }
}
