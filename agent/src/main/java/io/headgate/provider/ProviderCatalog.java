// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Gateway;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows where a URI leads: the host names the provider, then the path names the wire format and the
 * operation, since one host may speak several. Immutable; a reload makes a new one.
 *
 * <p>A format that a provider adds below a prefix where it already speaks OpenAI's is recognised
 * too, and on hosts that the configuration names a prefix of the user's own may stand before the
 * known paths.
 */
public final class ProviderCatalog implements Gateway.EndpointResolver {

  /**
   * What may be found below a prefix that speaks OpenAI's format, whether the row says so or not.
   */
  private static final List<String> OPENAI_COMPANY = List.of("openai", "responses", "anthropic");

  private final HostTable hosts;
  private final Map<String, Provider> providers;
  private final Map<String, List<String>> ownPrefixes;
  private final List<PathRule> openAiCompany;

  public ProviderCatalog(Config config) {
    this(config, Map.of());
  }

  /**
   * @param env environment variables; the base URLs that SDKs find there name hosts, too
   */
  public ProviderCatalog(Config config, Map<String, String> env) {
    PathRules rules = new PathRules();
    this.hosts = HostTable.of(config, env);
    this.openAiCompany = ApiRoot.rules(OPENAI_COMPANY, rules);
    this.providers = new LinkedHashMap<>(builtIn(rules));
    this.ownPrefixes = new LinkedHashMap<>();
    for (Map.Entry<String, ProviderSettings> entry : config.providers().entrySet()) {
      String name = entry.getKey();
      ProviderSettings settings = entry.getValue();
      if (!providers.containsKey(name)) {
        providers.put(name, OwnServer.provider(name, settings, providers));
      }
      URI base = settings.baseUrl();
      if (base != null) {
        ownPrefixes.put(name, PathSegments.of(base.getRawPath()));
      }
    }
  }

  /** The names of the providers that need no configuration, in the order of the catalogue. */
  public static Set<String> names() {
    return builtIn(new PathRules()).keySet();
  }

  static Map<String, Provider> builtIn(PathRules rules) {
    Map<String, Provider> rows = new LinkedHashMap<>();
    for (String row : Words.split(ProviderRows.text(), '\n')) {
      Provider provider = Provider.parse(row, rules);
      rows.put(provider.name(), provider);
    }
    return rows;
  }

  /** The hosts that are handled. */
  public HostTable hosts() {
    return hosts;
  }

  /** A provider, built in or configured; null if there is none of that name. */
  @Nullable Provider provider(String name) {
    return providers.get(name);
  }

  @Override
  public @Nullable Endpoint resolve(String method, URI uri) {
    HostPattern host = host(uri);
    Provider provider = host == null ? null : providers.get(host.provider());
    if (host == null || provider == null) {
      return null;
    }
    List<String> path = PathSegments.of(uri.getRawPath());
    Endpoint endpoint = byRoots(provider, method, path);
    if (endpoint == null && (host.configured() || host.observed())) {
      endpoint = behindPrefix(provider, method, path);
    }
    if (endpoint != null || host.shared()) {
      return endpoint;
    }
    return new Endpoint(
        provider.name(),
        provider.telemetryName(),
        WireFormat.OTHER,
        Operation.UNKNOWN,
        null,
        false);
  }

  private @Nullable HostPattern host(URI uri) {
    String host = uri.getHost();
    return host == null ? null : hosts.find(host, uri.getPort());
  }

  private @Nullable Endpoint byRoots(Provider provider, String method, List<String> path) {
    for (ApiRoot root : provider.roots()) {
      Endpoint endpoint = below(provider, root, root.rules(), method, path);
      if (endpoint != null) {
        return endpoint;
      }
    }
    for (ApiRoot root : provider.roots()) {
      if (root.sets().contains("openai")) {
        Endpoint endpoint = below(provider, root, openAiCompany, method, path);
        if (endpoint != null) {
          return endpoint;
        }
      }
    }
    return null;
  }

  private static @Nullable Endpoint below(
      Provider provider, ApiRoot root, List<PathRule> rules, String method, List<String> path) {
    int from = root.prefix().matchPrefix(path, 0);
    if (from < 0) {
      return null;
    }
    PathRule rule = first(rules, method, path, from);
    if (rule == null) {
      return null;
    }
    String model = rule.path().model(path, from);
    return endpoint(provider, root, rule, model != null ? model : root.prefix().model(path, 0));
  }

  /**
   * Finds a known path behind a prefix that we do not know. A path of one word is only trusted
   * behind a version or the configured base URL: {@code /threads/x/messages} is not Anthropic's.
   */
  private @Nullable Endpoint behindPrefix(Provider provider, String method, List<String> path) {
    List<String> base = ownPrefixes.getOrDefault(provider.name(), List.of());
    int baseEnd = new PathPattern(base).matchPrefix(path, 0);
    for (ApiRoot root : provider.roots()) {
      List<PathRule> rules = new ArrayList<>(root.rules());
      if (root.sets().contains("openai")) {
        rules.addAll(openAiCompany);
      }
      for (int from = 0; from < path.size(); from++) {
        PathRule rule = first(rules, method, path, from);
        boolean trusted = from == 0 || from == baseEnd || isVersion(path.get(from - 1));
        if (rule != null && (trusted || rule.path().parts().size() > 1)) {
          return endpoint(provider, root, rule, rule.path().model(path, from));
        }
      }
    }
    return null;
  }

  private static @Nullable PathRule first(
      List<PathRule> rules, String method, List<String> path, int from) {
    for (PathRule rule : rules) {
      if (rule.matches(method, path, from)) {
        return rule;
      }
    }
    return null;
  }

  private static Endpoint endpoint(
      Provider provider, ApiRoot root, PathRule rule, @Nullable String model) {
    Operation operation = rule.operation();
    if (rule.byModel() && model != null) {
      operation = ModelName.operation(model, operation);
    }
    String telemetryName = root.telemetryName();
    return new Endpoint(
        provider.name(),
        telemetryName != null ? telemetryName : provider.telemetryName(),
        rule.format(),
        operation,
        model,
        rule.streaming());
  }

  private static boolean isVersion(String segment) {
    return segment.length() > 1
        && segment.charAt(0) == 'v'
        && segment.charAt(1) >= '0'
        && segment.charAt(1) <= '9';
  }
}
