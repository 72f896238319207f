// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.WireFormat;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of the catalogue.
 *
 * @param name our short name, stable
 * @param hosts the host patterns, as {@link ProviderRows} writes them
 * @param baseUrl the default base URL, <code>{x}</code> for what differs per customer or region;
 *     empty for a server of the user's own
 * @param auth where the credential goes
 * @param authByFormat where it goes instead, for some wire formats
 * @param keyVariables environment variables that usually hold the key
 * @param telemetryName the value of {@code gen_ai.provider.name}
 * @param roots the path prefixes of its APIs, in the order they are tried
 * @param basePath the path that {@code base-url} stands for when a call is led here: that of the
 *     default base URL, or for a server of the user's own, of the provider it is like
 * @param dialect what a server of the user's own speaks; null for those of the catalogue
 */
record Provider(
    String name,
    List<String> hosts,
    String baseUrl,
    AuthStyle auth,
    Map<WireFormat, AuthStyle> authByFormat,
    List<String> keyVariables,
    String telemetryName,
    List<ApiRoot> roots,
    String basePath,
    @Nullable WireFormat dialect) {

  Provider {
    hosts = List.copyOf(hosts);
    authByFormat = Map.copyOf(authByFormat);
    keyVariables = List.copyOf(keyVariables);
    roots = List.copyOf(roots);
  }

  /** Reads one row. */
  static Provider parse(String row, PathRules rules) {
    List<String> columns = Words.split(row, '|');
    List<String> auth = Words.split(columns.get(3), ' ');
    Map<WireFormat, AuthStyle> byFormat = new EnumMap<>(WireFormat.class);
    for (String exception : auth.subList(1, auth.size())) {
      int equals = exception.indexOf('=');
      byFormat.put(
          WireFormat.valueOf(exception.substring(0, equals)),
          AuthStyle.of(exception.substring(equals + 1)));
    }
    List<ApiRoot> roots = new ArrayList<>();
    for (String root : Words.split(columns.get(6), ' ')) {
      roots.add(ApiRoot.parse(root, rules));
    }
    return new Provider(
        columns.get(0),
        Words.split(columns.get(1), ' '),
        columns.get(2),
        AuthStyle.of(auth.get(0)),
        byFormat,
        columns.get(4).equals("-") ? List.of() : Words.split(columns.get(4), ' '),
        columns.get(5),
        roots,
        BaseUrl.path(columns.get(2)),
        null);
  }

  /** Where the credential goes in a call of this format. */
  AuthStyle auth(WireFormat format) {
    return authByFormat.getOrDefault(format, auth);
  }

  /** Whether it is in the catalogue rather than a server of the user's own. */
  boolean builtIn() {
    return !baseUrl.isEmpty();
  }

  /** Whether it can be taken at its word that it speaks a format at the paths that have it. */
  boolean speaks(WireFormat format) {
    if (format == WireFormat.OTHER || dialect == null) {
      return format != WireFormat.OTHER;
    }
    return format == dialect
        || (dialect == WireFormat.OPENAI && format == WireFormat.OPENAI_RESPONSES);
  }
}
