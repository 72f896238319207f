// SPDX-License-Identifier: Apache-2.0
package io.headgate.rewrite;

import io.headgate.config.RewriteSettings;
import io.headgate.gateway.BodyEdits;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.WireEditor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a request in other words, as an entry under {@code rewrite} says. Only the configuration
 * names fields; a caller's metadata can but be text in the values of some. Thread-safe.
 */
public final class Rewriter {

  private Rewriter() {}

  /**
   * A request in other words.
   *
   * @param request the very same one if nothing had to change
   * @param dropped what could not be done, as the configuration names it: {@code system}, or the
   *     name of a field; empty if all was done
   */
  public record Rewritten(GatewayRequest request, List<String> dropped) {}

  /**
   * Does the rewriting. A body that cannot be edited stays as it is; the headers change
   * nevertheless.
   *
   * @param metadata what is known of the call; what is missing becomes empty text
   */
  public static Rewritten apply(
      RewriteSettings settings,
      Endpoint endpoint,
      GatewayRequest request,
      Map<String, ?> metadata,
      WireEditor editor) {
    GatewayRequest rewritten = request;
    List<String> dropped = List.of();
    BodyEdits edits = edits(settings, metadata);
    if (!edits.isEmpty()) {
      RequestBody body = editor.edited(endpoint, request.body(), edits);
      if (body == null) {
        dropped = names(edits);
      } else if (body != request.body()) {
        rewritten = rewritten.withBody(body);
      }
    }
    Headers headers = headers(settings, request.headers(), metadata);
    if (headers != request.headers()) {
      rewritten = rewritten.withHeaders(headers);
    }
    return new Rewritten(rewritten, dropped);
  }

  private static BodyEdits edits(RewriteSettings settings, Map<String, ?> metadata) {
    Template template = new Template(metadata, text -> text);
    Map<String, @Nullable Object> set = new LinkedHashMap<>();
    settings.set().forEach((name, value) -> set.put(name, template.fillValue(value)));
    Map<String, BodyEdits.Range> clamp = new LinkedHashMap<>();
    settings.clamp().forEach((name, range) -> clamp.put(name, range(range)));
    return new BodyEdits(
        fill(template, settings.systemPrepend()),
        fill(template, settings.systemAppend()),
        set,
        clamp,
        settings.remove());
  }

  private static BodyEdits.Range range(double[] ends) {
    return new BodyEdits.Range(ends[0], ends[1]);
  }

  /** Null also for a text of which nothing is left. */
  private static @Nullable String fill(Template template, @Nullable String text) {
    String filled = text == null ? "" : template.fill(text);
    return filled.isBlank() ? null : filled;
  }

  private static List<String> names(BodyEdits edits) {
    Set<String> names = new LinkedHashSet<>();
    if (edits.systemPrepend() != null || edits.systemAppend() != null) {
      names.add("system");
    }
    names.addAll(edits.set().keySet());
    names.addAll(edits.clamp().keySet());
    names.addAll(edits.remove());
    return List.copyOf(names);
  }

  private static Headers headers(
      RewriteSettings settings, Headers headers, Map<String, ?> metadata) {
    Headers changed = headers;
    if (!settings.headersRemove().isEmpty()) {
      Set<String> removed = new HashSet<>();
      settings.headersRemove().forEach(name -> removed.add(name.toLowerCase(Locale.ROOT)));
      changed = changed.without(removed::contains);
    }
    Template template = new Template(metadata, HeaderText::encoded);
    for (Map.Entry<String, String> field : settings.headersSet().entrySet()) {
      // Clients differ in what they do with white space at the ends.
      changed = changed.with(field.getKey(), template.fill(field.getValue()).strip());
    }
    return changed;
  }
}
