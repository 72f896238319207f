// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.ProviderSettings.KeySetting;
import io.headgate.config.Secret;
import io.headgate.gateway.ApiKey;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whose credential a call will carry: the whole of it, as bytes that are to be hashed with a secret
 * and never to be shown. It is found by making the request that {@link Credentials} would make, so
 * that a key that is not going to be sent stands for nobody.
 *
 * <p>All configured keys of a provider belong to one owner. Of a request that the app signed for
 * AWS it is the access key's id, as the signature differs from call to call; the app is trusted to
 * sign with its own. What the client adds below us (its authenticator, its cookie jar) is not seen:
 * a call without any credential at a provider that wants one says that there is such a thing.
 *
 * <p>For calls that are to be changed ({@code mode: enforce}). Immutable.
 */
public final class CallCredential {

  private static final byte[] NONE = {};

  private final Config config;
  private final ProviderCatalog catalog;
  private final Credentials credentials;
  private final Redirect redirect;

  public CallCredential(Config config, ProviderCatalog catalog) {
    this.config = config;
    this.catalog = catalog;
    this.credentials = new Credentials(config, catalog);
    this.redirect = new Redirect(config, catalog);
  }

  /**
   * The credential of an attempt, with all else that says whose it is; empty if it has none and
   * needs none. Null if it has none at a provider's own host: it is added where we cannot see it.
   *
   * @param request as made for the attempt, not yet sent
   * @param endpoint where the attempt goes
   * @param appProvider the provider that the app called
   */
  public byte @Nullable [] of(GatewayRequest request, Endpoint endpoint, String appProvider) {
    String provider = endpoint.provider();
    boolean foreign = !provider.equals(appProvider);
    ApiKey pool = pool(provider);
    URI straight = foreign ? request.uri() : redirect.target(provider, request.uri());
    Identity identity = new Identity();
    identity.add(credentials.furnished(request.withUri(straight), endpoint, pool, foreign));
    URI via = catalog.cloudflare().through(provider, request.uri());
    if (via != null) {
      // Which of the two ways it takes may be decided late.
      identity.add(credentials.furnished(request.withUri(via), endpoint, pool, foreign));
      identity.add("via", String.valueOf(catalog.cloudflare().gateway()));
      String token = catalog.cloudflare().token();
      identity.add("via", String.valueOf(token));
      // The gateway may hold the provider's.
      identity.proven |= token != null;
    }
    return identity.proven || !isProviders(provider, straight) ? identity.bytes() : null;
  }

  /**
   * Whether a URI leads to a host of the catalogue, all of which want a credential, but for what
   * runs on this machine.
   */
  private boolean isProviders(String provider, URI uri) {
    String host = uri.getHost();
    HostPattern pattern = host == null ? null : catalog.hosts().find(host, uri.getPort());
    return pattern != null && pattern.standardPorts() && pattern.provider().equals(provider);
  }

  /** All keys of a provider that has several, as if they were one, in any order. */
  private @Nullable ApiKey pool(String provider) {
    ProviderSettings settings = config.providers().get(provider);
    if (settings == null || settings.keys().isEmpty()) {
      return null;
    }
    TreeSet<String> keys = new TreeSet<>();
    Secret single = settings.apiKey();
    keys.add(single == null ? "" : single.reveal().strip());
    for (KeySetting key : settings.keys()) {
      keys.add(key.value().reveal().strip());
    }
    // No key has a line end in it.
    return new ApiKey("", String.join("\n", keys));
  }

  /** Gathers names and values, each with its length, so that no two credentials are the same. */
  private static final class Identity {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Whether anything in it may be a credential. */
    private boolean proven;

    void add(GatewayRequest sent) {
      String authorization = sent.headers().first("authorization");
      boolean signed = authorization != null && authorization.startsWith("AWS4-");
      TreeMap<String, List<String>> fields = new TreeMap<>();
      sent.headers()
          .toMap()
          .forEach(
              (name, values) -> {
                String lower = name.toLowerCase(Locale.ROOT);
                if (CredentialField.identifies(lower)
                    && !(signed && lower.equals("x-amz-security-token"))) {
                  fields.put(lower, values);
                  proven |= CredentialField.proves(lower);
                }
              });
      fields.forEach((name, values) -> values.forEach(value -> add(name, owner(name, value))));
      String user = sent.uri().getRawUserInfo();
      if (user != null) {
        add("@", user);
        proven = true;
      }
      String query = sent.uri().getRawQuery();
      if (query != null) {
        for (String parameter : Words.split(query, '&')) {
          int equals = parameter.indexOf('=');
          String name = equals < 0 ? "" : parameter.substring(0, equals).toLowerCase(Locale.ROOT);
          if (CredentialField.identifies(name)) {
            add("?" + name, parameter);
            proven |= CredentialField.proves(name);
          }
        }
      }
    }

    private static String owner(String name, String value) {
      return name.equals("authorization") ? CredentialField.owner(value) : value;
    }

    void add(String name, String value) {
      text(name);
      text(value);
    }

    private void text(String text) {
      byte[] its = text.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(its.length).array());
      bytes.writeBytes(its);
    }

    byte[] bytes() {
      return bytes.size() == 0 ? NONE : bytes.toByteArray();
    }
  }
}
