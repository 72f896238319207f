// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import io.headgate.gateway.Headers;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code x-headgate-*} fields of a request, and the {@code cf-aig-*} fields of the same meaning
 * ({@code developers.cloudflare.com/ai-gateway}, "Header glossary"). Of two fields ours counts. A
 * value that cannot be used is left out and told, but never shown.
 */
final class CallFields {

  private static final String OWN = "x-headgate-";
  private static final String CLOUDFLARE = "cf-aig-";

  private final Headers headers;
  private final BiConsumer<String, String> ignored;

  /**
   * @param ignored told the field's name, and why its value is left out
   */
  CallFields(Headers headers, BiConsumer<String, String> ignored) {
    this.headers = headers;
    this.ignored = ignored;
  }

  /**
   * A field of the request.
   *
   * @param own whether it is one of ours
   * @param value without white space at its ends
   */
  record Field(String name, boolean own, String value) {}

  /** Whether there is any such field. */
  boolean any() {
    boolean[] any = new boolean[1];
    headers.forEach(
        (name, value) ->
            any[0] |=
                name.regionMatches(true, 0, OWN, 0, OWN.length())
                    || name.regionMatches(true, 0, CLOUDFLARE, 0, CLOUDFLARE.length()));
    return any[0];
  }

  /**
   * A field; null if there is none.
   *
   * @param own what follows {@code x-headgate-}
   * @param cloudflare what follows {@code cf-aig-} in the field of the same meaning; null if there
   *     is no such field
   */
  @Nullable Field find(String own, @Nullable String cloudflare) {
    String value = headers.first(OWN + own);
    if (value != null) {
      return new Field(OWN + own, true, value.strip());
    }
    value = cloudflare == null ? null : headers.first(CLOUDFLARE + cloudflare);
    return value == null ? null : new Field(CLOUDFLARE + cloudflare, false, value.strip());
  }

  boolean flag(@Nullable Field field, boolean otherwise) {
    if (field == null) {
      return otherwise;
    }
    if (field.value().equalsIgnoreCase("true") || field.value().equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(field.value());
    }
    ignore(field, "expected true or false");
    return otherwise;
  }

  /** Null if the field is absent or empty. */
  static @Nullable String text(@Nullable Field field) {
    return field == null || field.value().isEmpty() ? null : field.value();
  }

  long number(@Nullable Field field, long least, long most, long otherwise) {
    if (field == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(field.value());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // As below.
    }
    ignore(field, "expected a whole number from " + least + " to " + most);
    return otherwise;
  }

  /** Tells that a field's value, or a part of it, is left out. */
  void ignore(Field field, String why) {
    ignored.accept(field.name(), why);
  }
}
