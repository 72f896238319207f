// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a signature of AWS as the receiver does, written after AWS's description of version 4 and
 * not with the SDK that made it.
 */
final class SigV4 {

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + " *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})");

  private SigV4() {}

  /**
   * Whether the signature holds: {@code region/service} if so, else why not.
   *
   * @param fields the values of a field, by its name in lower case
   */
  static String check(
      String secret, String method, URI uri, Function<String, List<String>> fields, byte[] body) {
    String authorization = String.join("", fields.apply("authorization"));
    Matcher parts = AUTHORIZATION.matcher(authorization);
    if (!parts.matches()) {
      return "no signature: " + authorization;
    }
    List<String> signed = List.of(parts.group(5).split(";"));
    if (!signed.contains("host")) {
      return "the host is not signed";
    }
    String hash = hex(sha256(body));
    List<String> told = fields.apply("x-amz-content-sha256");
    if (!told.isEmpty() && !told.get(0).equals(hash)) {
      return "the body is another one";
    }
    String canonical =
        method
            + "\n"
            + path(uri.getRawPath())
            + "\n"
            + query(uri.getRawQuery())
            + "\n"
            + signed.stream()
                .map(name -> name + ":" + values(fields.apply(name)) + "\n")
                .collect(Collectors.joining())
            + "\n"
            + parts.group(5)
            + "\n"
            + hash;
    String scope = parts.group(2) + "/" + parts.group(3) + "/" + parts.group(4) + "/aws4_request";
    String text =
        "AWS4-HMAC-SHA256\n"
            + fields.apply("x-amz-date").get(0)
            + "\n"
            + scope
            + "\n"
            + hex(sha256(canonical.getBytes(StandardCharsets.UTF_8)));
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return hex(hmac(key, text)).equals(parts.group(6))
        ? parts.group(3) + "/" + parts.group(4)
        : "the signature is wrong for\n" + canonical;
  }

  private static String values(List<String> values) {
    return values.stream()
        .map(value -> value.strip().replaceAll(" +", " "))
        .collect(Collectors.joining(","));
  }

  /** Encoded once more than it came, as all services but S3 want it. */
  private static String path(String raw) {
    StringBuilder path = new StringBuilder();
    for (byte b : raw.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~/".indexOf(c) >= 0;
      path.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
    }
    return path.toString();
  }

  private static String query(String raw) {
    return raw == null
        ? ""
        : Arrays.stream(raw.split("&"))
            .map(parameter -> parameter.contains("=") ? parameter : parameter + "=")
            .sorted()
            .collect(Collectors.joining("&"));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
