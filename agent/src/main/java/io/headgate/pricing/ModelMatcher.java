// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a model in the price lists. Rules are tried from the surest to the loosest, and the first
 * that hits decides. A name is never searched in the list of a provider that did not serve it,
 * except for resellers, and never by "contains".
 */
final class ModelMatcher {

  private static final Set<String> RESELLERS =
      Set.of("openrouter", "vercel", "cloudflare", "helicone", "requesty", "llmgateway", "portkey");

  /** What resellers and gateways call a vendor, where it is not our name. */
  private static final Map<String, String> VENDORS =
      Map.ofEntries(
          Map.entry("google", "gemini"),
          Map.entry("google-ai-studio", "gemini"),
          Map.entry("google-vertex-ai", "vertex"),
          Map.entry("mistralai", "mistral"),
          Map.entry("x-ai", "xai"),
          Map.entry("grok", "xai"),
          Map.entry("moonshotai", "moonshot"),
          Map.entry("z-ai", "zai"),
          Map.entry("qwen", "alibaba"),
          Map.entry("perplexity-ai", "perplexity"),
          Map.entry("cerebras-ai", "cerebras"),
          Map.entry("azure-openai", "azure"),
          Map.entry("aws-bedrock", "bedrock"));

  /** The same models under another kind of host. */
  private static final Map<String, String> SIBLINGS =
      Map.of("azure", "azure-ai", "azure-ai", "azure");

  private static final String[] GEOGRAPHIES = {
    "us.", "eu.", "apac.", "jp.", "au.", "ca.", "us-gov.", "in.", "global."
  };

  private static final String LATEST = "-latest";

  private static final String[] STAGES = {"-preview", "-exp", "-thinking"};

  private final PriceLists lists;

  ModelMatcher(PriceLists lists) {
    this.lists = lists;
  }

  /**
   * A line of a list.
   *
   * @param loose whether the name was only alike
   * @param free whether the name itself says that the call costs nothing
   * @param searches whether the name itself asks for a web search
   */
  record Match(String line, PriceList list, boolean loose, boolean free, boolean searches) {
    Match loosely() {
      return loose ? this : new Match(line, list, true, free, searches);
    }
  }

  /**
   * The line for a call that was served in a region: where that has a price of its own it holds.
   *
   * @param region as the provider calls it; null if unknown
   */
  @Nullable Match find(
      String provider,
      @Nullable String region,
      @Nullable String requested,
      @Nullable String answered) {
    PriceList list = region == null ? null : lists.of(provider);
    String asked = requested != null ? requested : answered;
    if (list != null && asked != null) {
      String line = dated(provider, list, region + "/" + ModelName.plain(asked));
      if (line != null) {
        return match(line, list, false);
      }
    }
    return find(provider, requested, answered);
  }

  /**
   * The line for a call. The name in the answer decides, unless the request's is the more specific
   * one or the only one that is known.
   */
  @Nullable Match find(String provider, @Nullable String requested, @Nullable String answered) {
    String asked = requested == null ? "" : ModelName.plain(requested);
    String served = answered == null ? "" : ModelName.plain(answered);
    Match byAnswer = served.isEmpty() ? null : find(provider, served);
    if (asked.isEmpty() || asked.equals(served)) {
      return byAnswer;
    }
    if (provider.equals("azure")) {
      // What Azure is asked for is the name of a deployment, which may be called anything.
      return byAnswer != null ? byAnswer : loosely(listed(provider, asked));
    }
    boolean moreSpecific = asked.contains(served) || asked.startsWith("ft:");
    if (byAnswer != null && !byAnswer.loose() && !moreSpecific) {
      return byAnswer;
    }
    Match byRequest = find(provider, asked);
    if (byRequest != null && moreSpecific && (!byRequest.loose() || byRequest.searches())) {
      return byRequest;
    }
    if (byAnswer != null) {
      return byAnswer;
    }
    return served.isEmpty() ? byRequest : loosely(byRequest);
  }

  private static @Nullable Match loosely(@Nullable Match match) {
    return match == null ? null : match.loosely();
  }

  private @Nullable Match find(String provider, String name) {
    Match match = listed(provider, name);
    if (match == null) {
      match = inFamily(provider, name);
    }
    String sibling = SIBLINGS.get(provider);
    if (match == null && sibling != null) {
      match = listed(sibling, name);
    }
    if (match == null && RESELLERS.contains(provider)) {
      match = atVendor(provider, name);
    }
    return match != null ? match : byPrefix(provider, name);
  }

  /** Rules that lead to the very model. */
  private @Nullable Match listed(String provider, String name) {
    PriceList list = lists.of(provider);
    if (list == null) {
      return null;
    }
    String line = dated(provider, list, name);
    if (line == null && provider.equals("vertex")) {
      line = dated(provider, list, name.substring(name.lastIndexOf('/') + 1));
    }
    if (line == null) {
      line = name.endsWith(LATEST) ? dated(provider, list, stem(name)) : list.line(name + LATEST);
    }
    if (line != null) {
      return match(line, list, false);
    }
    return provider.equals("bedrock") ? inGeography(list, name) : null;
  }

  private static String stem(String latest) {
    return latest.substring(0, latest.length() - LATEST.length());
  }

  /** The exact name, then without its version, then without its date. */
  private static @Nullable String dated(String provider, PriceList list, String name) {
    String line = list.line(name);
    String form = ModelName.withoutAt(name);
    for (int i = 0; line == null && i < 4; i++) {
      line = list.line(form);
      String shorter = provider.equals("bedrock") ? ModelName.withoutRevision(form) : form;
      form = shorter.equals(form) ? ModelName.withoutDate(form) : shorter;
    }
    return line;
  }

  /**
   * Bedrock's cross-region profiles. From Claude 4.5 on all but the global ones cost a tenth more,
   * so a Claude found only without its geography is a guess.
   */
  private static @Nullable Match inGeography(PriceList list, String name) {
    for (String geography : GEOGRAPHIES) {
      if (name.startsWith(geography)) {
        String bare = name.substring(geography.length());
        String line = dated("bedrock", list, bare);
        boolean loose = bare.startsWith("anthropic.") && !geography.equals("global.");
        return line == null ? null : match(line, list, loose);
      }
    }
    return null;
  }

  /** Rules that lead to a near relative: variants, fine-tunes, the newest of a line. */
  private @Nullable Match inFamily(String provider, String name) {
    Match match = fineTuned(provider, name);
    if (match == null) {
      match = suffixed(provider, name);
    }
    PriceList list = lists.of(provider);
    if (match == null && list != null && name.endsWith(LATEST)) {
      String line = list.newest(stem(name));
      match = line == null ? null : match(line, list, true);
    }
    String stem = ModelName.withoutDate(name);
    for (int i = 0; match == null && i < STAGES.length; i++) {
      if (stem.endsWith(STAGES[i])) {
        match = loosely(listed(provider, stem.substring(0, stem.length() - STAGES[i].length())));
      }
    }
    return match;
  }

  /** {@code ft:BASE:ORG:NAME:ID} and Azure's old {@code BASE.ft-ID}. */
  private @Nullable Match fineTuned(String provider, String name) {
    String base;
    if (name.startsWith("ft:")) {
      int end = name.indexOf(':', 3);
      base = end < 0 ? name.substring(3) : name.substring(3, end);
    } else {
      int dot = name.indexOf(".ft-");
      if (dot < 0) {
        return null;
      }
      base = name.substring(0, dot);
    }
    Match tuned = listed(provider, "ft:" + base);
    return tuned != null ? tuned : loosely(listed(provider, base));
  }

  /** OpenRouter's {@code :free}, {@code :online}, {@code :nitro} and their like. */
  private @Nullable Match suffixed(String provider, String name) {
    int colon = name.lastIndexOf(':');
    if (!provider.equals("openrouter") || colon < 0) {
      return null;
    }
    String suffix = name.substring(colon + 1);
    PriceList list = lists.of(provider);
    if (suffix.equals("free") && list != null) {
      return new Match("", list, false, true, false);
    }
    String base = name.substring(0, colon);
    Match match = find(provider, base);
    if (match == null) {
      return null;
    }
    return new Match(match.line(), match.list(), true, match.free(), suffix.equals("online"));
  }

  /** {@code vendor/model} that the reseller's own list does not have. */
  private @Nullable Match atVendor(String reseller, String name) {
    if (name.startsWith("@cf/")) {
      return listed("workers-ai", name);
    }
    int slash = name.indexOf('/');
    if (slash <= 0) {
      return null;
    }
    String vendor = name.substring(0, slash);
    String provider = VENDORS.getOrDefault(vendor, vendor);
    String model = name.substring(slash + 1);
    if (RESELLERS.contains(provider)) {
      return null;
    }
    Match match = listed(provider, model);
    if (match == null && provider.equals("anthropic")) {
      match = listed(provider, model.replace('.', '-'));
    }
    // Cloudflare's gateway passes calls on to the vendor, who bills them by the vendor's list.
    return reseller.equals("cloudflare") ? match : loosely(match);
  }

  /** The longest listed name that this one goes on from at a boundary. */
  private @Nullable Match byPrefix(String provider, String name) {
    PriceList list = lists.of(provider);
    if (list == null) {
      return null;
    }
    for (int end = name.length() - 1; end > 0; end--) {
      char c = name.charAt(end);
      if (c == '-' || c == '.' || c == '/') {
        String prefix = name.substring(0, end);
        String line = specific(prefix) ? list.line(prefix) : null;
        if (line != null) {
          return match(line, list, true);
        }
      }
    }
    return null;
  }

  /** A bare family name such as {@code claude} or {@code command} says nothing of the price. */
  private static boolean specific(String prefix) {
    for (int i = 0; i < prefix.length(); i++) {
      char c = prefix.charAt(i);
      if (c == '-' || c == '.' || c == '/' || (c >= '0' && c <= '9')) {
        return true;
      }
    }
    return false;
  }

  private static Match match(String line, PriceList list, boolean loose) {
    return new Match(line, list, loose, false, false);
  }
}
