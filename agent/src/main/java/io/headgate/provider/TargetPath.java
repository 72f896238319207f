// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.WireFormat;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The path below which a provider does what another one was asked to do, in the same wire format.
 *
 * @param found the provider's own prefix and rule
 * @param path from the root of the default host, encoded
 * @param model the model it names; null if it names none
 */
record TargetPath(FoundPath found, String path, @Nullable String model) {

  /** What the wildcards of a path may stand for, with what comes before them. */
  private static final String OPENAPI = "openapi";

  private static final String GOOGLE = "google";

  /**
   * The first of the provider's paths that does the same; null if it has none.
   *
   * @param wanted what the app asked for
   * @param version the version in the app's path; empty if it has none
   */
  static @Nullable TargetPath find(
      Provider provider, TargetBase base, PathRule wanted, String version, String model) {
    for (ApiRoot root : provider.roots()) {
      for (PathRule rule : root.rules()) {
        if (provider.speaks(rule.format())
            && same(rule, wanted)
            && meant(provider, base, root)
            && has(provider, base.url(), root, rule.format())) {
          if (!canName(root, rule, model)) {
            // Not to be looked for at another path, which would be another way to the model.
            return null;
          }
          TargetPath path = write(base, root, rule, version, model);
          if (path != null) {
            return path;
          }
        }
      }
    }
    return null;
  }

  /**
   * The provider's chat in a format; null if it has none there.
   *
   * @param streaming whether a path is wanted that asks for a stream, in formats where it does
   */
  static @Nullable TargetPath chat(
      Provider provider, TargetBase base, WireFormat format, String model, boolean streaming) {
    TargetPath other = null;
    for (ApiRoot root : provider.roots()) {
      for (PathRule rule : root.rules()) {
        if (rule.format() == format
            && rule.isPlainChat()
            && (streaming || !rule.streaming())
            && provider.speaks(format)
            && meant(provider, base, root)
            && has(provider, base.url(), root, format)
            && canName(root, rule, model)) {
          TargetPath path = write(base, root, rule, "", model);
          if (path != null && rule.streaming() == streaming) {
            return path;
          }
          other = other == null ? path : other;
        }
      }
    }
    return other;
  }

  private static boolean canName(ApiRoot root, PathRule rule, String model) {
    for (PathPattern pattern : List.of(root.prefix(), rule.path())) {
      for (String part : pattern.parts()) {
        if (part.startsWith("{model") && model(part, rule, model) == null) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean same(PathRule rule, PathRule wanted) {
    return rule.format() == wanted.format()
        && rule.operation() == wanted.operation()
        && rule.streaming() == wanted.streaming()
        && rule.path().alike(wanted.path());
  }

  /** Leaves out the prefixes for which more would have to be known, or which are for uploads. */
  private static boolean meant(Provider provider, TargetBase base, ApiRoot root) {
    List<String> parts = root.prefix().parts();
    URI url = base.url();
    if (url != null && provider.name().equals("vertex")) {
      return TargetBase.namesProject(provider, url) && parts.contains("locations");
    }
    return parts.isEmpty() || !parts.get(0).equals("upload");
  }

  /** Whether it is there on the host that is called: some providers divide theirs. */
  private static boolean has(
      Provider provider, @Nullable URI base, ApiRoot root, WireFormat format) {
    List<String> parts = root.prefix().parts();
    String host = base == null || base.getHost() == null ? "" : base.getHost();
    String lower = host.toLowerCase(Locale.ROOT);
    return switch (provider.name()) {
      // The unified endpoint takes author/model; the others are one provider's each.
      case Cloudflare.NAME -> (format == WireFormat.OPENAI) == parts.contains("compat");
      case "azure" -> format != WireFormat.ANTHROPIC || !lower.endsWith(".openai.azure.com");
      case "bedrock" -> onBedrock(lower, parts, format);
      default -> true;
    };
  }

  /** The hosts called mantle have no Converse, the others neither Messages nor Responses. */
  private static boolean onBedrock(String host, List<String> parts, WireFormat format) {
    if (host.startsWith("bedrock-mantle.")) {
      return format != WireFormat.BEDROCK && !parts.contains("openai");
    }
    boolean runtime = host.contains("bedrock-runtime");
    return !runtime || format == WireFormat.BEDROCK || format == WireFormat.OPENAI;
  }

  private static @Nullable TargetPath write(
      TargetBase base, ApiRoot root, PathRule rule, String version, String model) {
    List<String> prefix = root.prefix().parts();
    FoundPath found = new FoundPath(root, rule, prefix.size(), true);
    List<String> replaced = PathSegments.of(base.path());
    StringBuilder path = new StringBuilder(64);
    boolean named = false;
    for (int i = 0; i < prefix.size() + rule.path().parts().size(); i++) {
      boolean inPrefix = i < prefix.size();
      String part = inPrefix ? prefix.get(i) : rule.path().parts().get(i - prefix.size());
      String text;
      if (part.startsWith("{model")) {
        named = true;
        text = model(part, rule, model);
      } else if (!part.startsWith("*")) {
        text = part;
      } else if (i < replaced.size() && replaced.get(i).startsWith("{")) {
        // What stands here is the base URL's.
        text = "x";
      } else {
        String before = path.substring(path.lastIndexOf("/") + 1);
        text = fill(before, rule.format(), inPrefix, version);
      }
      if (text == null) {
        return null;
      }
      path.append('/').append(text);
    }
    return new TargetPath(found, path.toString(), named ? model : null);
  }

  /** What stands below a prefix; null if more would have to be known to write it. */
  static @Nullable String rest(PathRule rule, String model) {
    StringBuilder path = new StringBuilder(32);
    for (String part : rule.path().parts()) {
      String before = path.substring(path.lastIndexOf("/") + 1);
      String text =
          part.startsWith("{model")
              ? model(part, rule, model)
              : part.startsWith("*") ? fill(before, rule.format(), false, "") : part;
      if (text == null) {
        return null;
      }
      path.append('/').append(text);
    }
    return path.toString();
  }

  private static @Nullable String model(String part, PathRule rule, String model) {
    boolean many = part.equals("{model..}");
    String name = ModelSegment.encode(model, many && rule.format() != WireFormat.BEDROCK);
    String verb = many ? "" : part.substring("{model}".length());
    return name == null ? null : name + verb;
  }

  private static @Nullable String fill(
      String before, WireFormat format, boolean inPrefix, String version) {
    if (!inPrefix) {
      return switch (before) {
        case "endpoints" -> OPENAPI;
        case "publishers" -> format == WireFormat.GEMINI ? GOOGLE : null;
        default -> null;
      };
    }
    boolean versioned =
        before.isEmpty() || before.equals("google-ai-studio") || before.equals("cohere");
    if (!versioned) {
      return null;
    }
    return switch (format) {
      case GEMINI -> version.isEmpty() ? "v1beta" : version;
      case OPENAI -> "v1beta";
      case COHERE -> version.isEmpty() ? "v2" : version;
      default -> null;
    };
  }
}
