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
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
  private final PathRules rules;
  private final Map<String, ProviderSettings> settings;
  private final Map<String, String> env;
  private final Cloudflare cloudflare;

  public ProviderCatalog(Config config) {
    this(config, Map.of());
  }

  /**
   * @param env environment variables; the base URLs that SDKs find there name hosts, too, and the
   *     keys there serve calls that are led to another provider than the app's
   */
  public ProviderCatalog(Config config, Map<String, String> env) {
    this.rules = new PathRules();
    this.settings = config.providers();
    this.env = env;
    this.hosts = HostTable.of(config, env);
    this.openAiCompany = ApiRoot.rules(OPENAI_COMPANY, rules);
    this.providers = new LinkedHashMap<>(builtIn(rules));
    this.ownPrefixes = new LinkedHashMap<>();
    for (Map.Entry<String, ProviderSettings> entry : config.providers().entrySet()) {
      String name = entry.getKey();
      ProviderSettings its = entry.getValue();
      if (!providers.containsKey(name)) {
        providers.put(name, OwnServer.provider(name, its, providers));
      }
      URI base = its.baseUrl();
      if (base != null) {
        ownPrefixes.put(name, PathSegments.of(base.getRawPath()));
      }
    }
    this.cloudflare = new Cloudflare(config, hosts, providers);
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

  /** Whether there is a provider of that name, built in or configured. */
  public boolean has(String provider) {
    return providers.containsKey(provider);
  }

  /**
   * The wire formats in which a call of another provider's can be answered by this one; empty if
   * there is no provider of that name. A format that only its own clients can speak, since its path
   * or body is not the usual one, is left out.
   */
  public Set<WireFormat> formats(String provider) {
    Provider known = providers.get(provider);
    Set<WireFormat> formats = EnumSet.noneOf(WireFormat.class);
    if (known != null) {
      for (ApiRoot root : known.roots()) {
        for (PathRule rule : root.rules()) {
          if (known.speaks(rule.format()) && isUsual(rule)) {
            formats.add(rule.format());
          }
        }
      }
    }
    return formats;
  }

  /** Whether a chat in another format can be answered by a provider, once it is translated. */
  public boolean translatable(String provider) {
    return formats(provider).stream().anyMatch(ChatFormats.USUAL::contains);
  }

  /** Whether chats of this provider's own clients can be answered by others, once translated. */
  public boolean asksForTranslation(String provider) {
    return formats(provider).stream().anyMatch(ChatFormats.READ::contains);
  }

  /** Whether a path is one at which every provider of its format does the same. */
  boolean isUsual(PathRule rule) {
    if (rule.format() == WireFormat.OTHER || !rule.operation().usesModel()) {
      return false;
    }
    String set =
        rule.format() == WireFormat.OPENAI_RESPONSES
            ? "responses"
            : rule.format().name().toLowerCase(Locale.ROOT);
    return rules.set(set).stream()
        .anyMatch(
            usual ->
                usual.format() == rule.format()
                    && usual.operation() == rule.operation()
                    && usual.path().alike(rule.path()));
  }

  /** A provider, built in or configured; null if there is none of that name. */
  @Nullable Provider provider(String name) {
    return providers.get(name);
  }

  /** What the configuration says of a provider; null if it says nothing. */
  @Nullable ProviderSettings settings(String name) {
    return settings.get(name);
  }

  /** The value of an environment variable; null if it is not set. */
  @Nullable String variable(String name) {
    return env.get(name);
  }

  /** What goes through Cloudflare, and where. */
  Cloudflare cloudflare() {
    return cloudflare;
  }

  @Override
  public @Nullable Endpoint resolve(String method, URI uri) {
    HostPattern host = host(uri);
    Provider provider = host == null ? null : providers.get(host.provider());
    if (host == null || provider == null) {
      return null;
    }
    List<String> path = PathSegments.of(uri.getRawPath());
    FoundPath found = find(provider, host, method, path);
    Endpoint endpoint = found == null ? null : endpoint(provider, found, found.model(path));
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

  /** What a path means; null if it is not known, or the host is none of ours. */
  @Nullable FoundPath find(String method, URI uri) {
    HostPattern host = host(uri);
    Provider provider = host == null ? null : providers.get(host.provider());
    return host == null || provider == null
        ? null
        : find(provider, host, method, PathSegments.of(uri.getRawPath()));
  }

  private @Nullable FoundPath find(
      Provider provider, HostPattern host, String method, List<String> path) {
    FoundPath found = byRoots(provider, method, path);
    return found == null && (host.configured() || host.observed())
        ? behindPrefix(provider, method, path)
        : found;
  }

  private @Nullable FoundPath byRoots(Provider provider, String method, List<String> path) {
    for (ApiRoot root : provider.roots()) {
      FoundPath found = below(root, root.rules(), method, path);
      if (found != null) {
        return found;
      }
    }
    for (ApiRoot root : provider.roots()) {
      if (root.sets().contains("openai")) {
        FoundPath found = below(root, openAiCompany, method, path);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable FoundPath below(
      ApiRoot root, List<PathRule> rules, String method, List<String> path) {
    int from = root.prefix().matchPrefix(path, 0);
    PathRule rule = from < 0 ? null : first(rules, method, path, from);
    return rule == null ? null : new FoundPath(root, rule, from, true);
  }

  /**
   * Finds a known path behind a prefix that we do not know. A path of one word is only trusted
   * behind a version or the configured base URL: {@code /threads/x/messages} is not Anthropic's.
   */
  private @Nullable FoundPath behindPrefix(Provider provider, String method, List<String> path) {
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
          return new FoundPath(root, rule, from, false);
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

  /** What a known path of a provider is, given the model it names. */
  static Endpoint endpoint(Provider provider, FoundPath found, @Nullable String model) {
    PathRule rule = found.rule();
    Operation operation = rule.operation();
    if (rule.byModel() && model != null) {
      operation = ModelName.operation(model, operation);
    }
    String telemetryName = found.root().telemetryName();
    return new Endpoint(
        provider.name(),
        telemetryName != null ? telemetryName : provider.telemetryName(),
        rule.format(),
        operation,
        model,
        rule.streaming());
  }

  static boolean isVersion(String segment) {
    return segment.length() > 1
        && segment.charAt(0) == 'v'
        && segment.charAt(1) >= '0'
        && segment.charAt(1) <= '9';
  }
}
