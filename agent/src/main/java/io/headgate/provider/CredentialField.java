// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.util.List;

/**
 * Which header fields and query parameters of a request say whose it is. Only for telling callers
 * apart: what is sent, replaced or removed is decided elsewhere.
 *
 * <p>It goes by parts of names, since gateways and proxies call their credentials what they like:
 * rather one too many, which costs a hit, than one too few, which gives a caller another one's
 * answer.
 */
final class CredentialField {

  private static final String CREDENTIAL = "Credential=";

  /** In the names of what may prove who calls. */
  private static final List<String> SECRETS =
      List.of("auth", "key", "token", "secret", "jwt", "credential", "passw", "assertion");

  /** In the names of what may say who calls, or who pays. */
  private static final List<String> OWNERS =
      List.of(
          "session",
          "cookie",
          "tenant",
          "account",
          "org",
          "project",
          "user",
          "customer",
          "cert",
          "identity",
          "subject",
          "principal",
          "oidc",
          "bill",
          "team",
          "workspace");

  private CredentialField() {}

  /** Whether a field may be a credential, or name a caller or the account that pays. */
  static boolean identifies(String lowerCaseName) {
    // A key that Cloudflare's gateway keeps, by another name.
    return lowerCaseName.equals("cf-aig-byok-alias")
        || (!isHarmless(lowerCaseName)
            && (hasPart(lowerCaseName, SECRETS) || hasPart(lowerCaseName, OWNERS)));
  }

  /** Whether a field may be a credential, which a provider would let the call in by. */
  static boolean proves(String lowerCaseName) {
    return !isHarmless(lowerCaseName) && hasPart(lowerCaseName, SECRETS);
  }

  /** Of those with such a name, the ones that say what sends, or are new in every call. */
  private static boolean isHarmless(String name) {
    return switch (name) {
      // What else is addressed to this gateway says how to cache, or is new in every call.
      case "cf-aig-authorization" -> false;
      case ":authority" -> true;
      default ->
          name.startsWith("x-headgate-")
              || name.startsWith("cf-aig-")
              || name.startsWith("x-stainless-")
              || name.startsWith("sec-")
              || name.contains("idempotency")
              || name.endsWith("user-agent")
              || name.endsWith("useragent")
              || name.endsWith("request-id")
              || name.endsWith("correlation-id");
    };
  }

  private static boolean hasPart(String name, List<String> parts) {
    // Of all that is called by this company's name only some is a key.
    String its = name.replace("portkey", "");
    return parts.stream().anyMatch(its::contains);
  }

  /**
   * What stays the same in the {@code Authorization} of one owner: of a signature of AWS the id of
   * the access key, else all of it.
   */
  static String owner(String authorization) {
    if (authorization.startsWith("AWS4-")) {
      int from = authorization.indexOf(CREDENTIAL);
      int end = from < 0 ? -1 : authorization.indexOf('/', from);
      if (end > from + CREDENTIAL.length()) {
        return "AWS4 " + authorization.substring(from + CREDENTIAL.length(), end);
      }
    }
    return authorization;
  }
}
