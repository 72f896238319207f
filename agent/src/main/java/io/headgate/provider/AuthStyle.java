// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import org.jspecify.annotations.Nullable;

/** Where a provider wants its credential. */
enum AuthStyle {
  BEARER("bearer", "Authorization", "Bearer ", "`Authorization: Bearer`"),
  X_API_KEY("x-api-key", "x-api-key", "", "`x-api-key`"),
  API_KEY("api-key", "api-key", "", "`api-key`"),
  X_GOOG_API_KEY("x-goog-api-key", "x-goog-api-key", "", "`x-goog-api-key` or `?key=`"),
  GOOGLE_OAUTH(
      "google-oauth", "Authorization", "Bearer ", "`Authorization: Bearer` (Google OAuth)"),
  X_PORTKEY_API_KEY("x-portkey-api-key", "x-portkey-api-key", "", "`x-portkey-api-key`"),
  /** A gateway's own key; the credential of the provider behind it travels beside it. */
  CF_AIG("cf-aig-authorization", "cf-aig-authorization", "Bearer ", "`cf-aig-authorization`"),
  /** AWS signs; a key that is configured is one of Bedrock's bearer keys. */
  SIGV4("sigv4", "Authorization", "Bearer ", "AWS SigV4 or `Authorization: Bearer`"),
  /** Every request is signed: there is no key that could replace the app's. */
  SIGNED("signed", null, "", "signed requests");

  private final String text;
  private final @Nullable String header;
  private final String prefix;
  private final String description;

  AuthStyle(String text, @Nullable String header, String prefix, String description) {
    this.text = text;
    this.header = header;
    this.prefix = prefix;
    this.description = description;
  }

  /** The style that a row names. */
  static AuthStyle of(String text) {
    for (AuthStyle style : values()) {
      if (style.text.equals(text)) {
        return style;
      }
    }
    throw new IllegalArgumentException("no authentication style is called " + text);
  }

  /** The header field it goes into; null if a key cannot stand for the app's credential. */
  @Nullable String header() {
    return header;
  }

  /** The header field's value for a key. */
  String value(String key) {
    return prefix + key;
  }

  /** Whether the key stands beside the credential of a provider behind it, which then stays. */
  boolean beside() {
    return this == X_PORTKEY_API_KEY || this == CF_AIG;
  }

  /** Whether the app may have sent its credential as the query parameter {@code key}. */
  boolean keyInQuery() {
    return this == X_GOOG_API_KEY || this == GOOGLE_OAUTH;
  }

  /** For the table of providers. */
  String description() {
    return description;
  }
}
