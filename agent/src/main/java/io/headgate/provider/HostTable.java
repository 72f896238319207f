// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows which hosts are handled. Every HTTP call of the app asks it, so a question allocates
 * nothing and, for a host that is none of ours, ends after one hash look-up: of the host's last two
 * labels. Building it reads one string constant. Immutable, used from any thread.
 */
public final class HostTable {

  /** What SDKs take a base URL from, and the provider they belong to. */
  private static final String[] BASE_URL_VARIABLES = {
    "OPENAI_BASE_URL", "openai",
    "OPENAI_API_BASE", "openai",
    "ANTHROPIC_BASE_URL", "anthropic",
    "GOOGLE_GEMINI_BASE_URL", "gemini",
    "AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "bedrock",
    "AZURE_OPENAI_ENDPOINT", "azure"
  };

  private final @Nullable HostPattern[] slots;
  private final int mask;

  /**
   * The hosts of the catalogue and further ones.
   *
   * @param furtherHosts {@code name} or {@code name:port} by provider; they win over the
   *     catalogue's own, and among them those with a port
   */
  public HostTable(Map<String, List<String>> furtherHosts) {
    this(furtherHosts, Map.of());
  }

  private HostTable(Map<String, List<String>> furtherHosts, Map<String, String> env) {
    List<HostPattern> patterns = new ArrayList<>(160);
    List<HostPattern> anyPort = new ArrayList<>();
    for (Map.Entry<String, List<String>> entry : furtherHosts.entrySet()) {
      for (String host : entry.getValue()) {
        HostPattern pattern = HostPattern.configured(entry.getKey(), host);
        if (pattern != null) {
          (pattern.anyPort() ? anyPort : patterns).add(pattern);
        }
      }
    }
    patterns.addAll(anyPort);
    addBuiltIn(patterns);
    addObserved(patterns, env);
    int size = Integer.highestOneBit(patterns.size() * 4);
    slots = new HostPattern[size];
    mask = size - 1;
    for (HostPattern pattern : patterns) {
      put(pattern);
    }
  }

  /**
   * The hosts of the catalogue, those that the configuration adds, and those that variables give to
   * SDKs.
   */
  public static HostTable of(Config config, Map<String, String> env) {
    Map<String, List<String>> hosts = new LinkedHashMap<>();
    for (Map.Entry<String, ProviderSettings> entry : config.providers().entrySet()) {
      hosts.put(entry.getKey(), entry.getValue().hosts());
    }
    return new HostTable(hosts, env);
  }

  /**
   * Whether calls to this host are handled.
   *
   * @param host as the URI has it: any case, perhaps with a trailing dot
   * @param port the URI's port, -1 if it names none
   */
  public boolean handles(String host, int port) {
    return find(host, port) != null;
  }

  /** The pattern that a host falls under; null if it is none of ours. */
  @Nullable HostPattern find(String host, int port) {
    int end = host.length();
    if (end > 0 && host.charAt(end - 1) == '.') {
      end--;
    }
    int start = tailStart(host, end);
    int slot = hash(host, start, end) & mask;
    for (HostPattern head = slots[slot]; head != null; head = slots[slot]) {
      if (sameTail(head.glob(), host, start, end)) {
        for (HostPattern p = head; p != null; p = p.next()) {
          if (p.matches(host, end, port)) {
            return p;
          }
        }
        return null;
      }
      slot = (slot + 1) & mask;
    }
    return null;
  }

  private void put(HostPattern pattern) {
    String glob = pattern.glob();
    int start = tailStart(glob, glob.length());
    int slot = hash(glob, start, glob.length()) & mask;
    for (HostPattern head = slots[slot]; head != null; head = slots[slot]) {
      if (sameTail(head.glob(), glob, start, glob.length())) {
        head.append(pattern);
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = pattern;
  }

  /** Where the last two labels begin. */
  private static int tailStart(String host, int end) {
    int dot = host.lastIndexOf('.', end - 1);
    return dot <= 0 ? 0 : host.lastIndexOf('.', dot - 1) + 1;
  }

  private static int hash(String host, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = 31 * hash + HostPattern.lower(host.charAt(i));
    }
    return hash ^ (hash >>> 15);
  }

  /** Whether the last two labels of a pattern are those of a host. */
  private static boolean sameTail(String glob, String host, int start, int end) {
    int length = end - start;
    int offset = glob.length() - length;
    if (offset < 0 || tailStart(glob, glob.length()) != offset) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (glob.charAt(offset + i) != HostPattern.lower(host.charAt(start + i))) {
        return false;
      }
    }
    return true;
  }

  /** Behind all others: what the catalogue or the configuration knows is as they say. */
  private static void addObserved(List<HostPattern> patterns, Map<String, String> env) {
    for (int i = 0; i < BASE_URL_VARIABLES.length; i += 2) {
      String url = env.get(BASE_URL_VARIABLES[i]);
      HostPattern pattern =
          url == null ? null : HostPattern.observed(BASE_URL_VARIABLES[i + 1], url);
      if (pattern != null) {
        patterns.add(pattern);
      }
    }
  }

  /** The rows' first two columns; the exact hosts first, since they are meant exactly. */
  private static void addBuiltIn(List<HostPattern> patterns) {
    List<HostPattern> wild = new ArrayList<>(40);
    String text = ProviderRows.text();
    int at = 0;
    while (at < text.length()) {
      int lineEnd = text.indexOf('\n', at);
      int bar = text.indexOf('|', at);
      String provider = text.substring(at, bar - 1);
      int hostsEnd = text.indexOf('|', bar + 1);
      int from = bar + 2;
      List<String> all = Words.split(text.substring(from, hostsEnd - 1), ' ');
      while (from < hostsEnd) {
        int space = text.indexOf(' ', from);
        HostPattern pattern = HostPattern.builtIn(provider, text.substring(from, space), all);
        (pattern.literal() ? patterns : wild).add(pattern);
        from = space + 1;
      }
      at = lineEnd + 1;
    }
    patterns.addAll(wild);
  }
}
