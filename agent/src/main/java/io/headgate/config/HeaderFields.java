// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Value.Entry;
import io.headgate.config.Value.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code headers}. Their values are never shown: any of them may be a credential. */
final class HeaderFields {
  /** Belong to the connection or the body, so that only the client can set them. */
  private static final Set<String> CLIENTS =
      Set.of("host", "content-length", "transfer-encoding", "connection", "expect", "upgrade");

  /** What a name has in it if the field may carry a credential. */
  private static final List<String> CREDENTIAL_WORDS =
      List.of("auth", "token", "secret", "key", "cookie", "credential", "password");

  /** What may stand before the placeholder: RFC 9110's authentication schemes and usual others. */
  private static final List<String> SCHEMES =
      List.of("bearer ", "basic ", "token ", "key ", "apikey ", "api-key ");

  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private final ConfigBinder binder;
  private final Problems problems;
  private final boolean templates;

  /**
   * @param templates whether <code>${metadata.x}</code> in a value is for each call to fill in
   */
  HeaderFields(ConfigBinder binder, Problems problems, boolean templates) {
    this.binder = binder;
    this.problems = problems;
    this.templates = templates;
  }

  /** Names as written, the last one of those that differ only in case. */
  Map<String, String> read(@Nullable Value value, String path) {
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Map<String, Entry> entries =
        binder.section(value, path, "field names, such as x-team:").entries();
    for (Map.Entry<String, Entry> entry : entries.entrySet()) {
      String name = entry.getKey();
      Value field = entry.getValue().value();
      if (!isAllowed(name, entry.getValue().keyAt(), path)) {
        continue;
      }
      String full = path + "." + name;
      Scalar scalar = templates ? binder.template(field, full) : binder.scalar(field, full, "text");
      if (scalar == null || !isAllowed(name, scalar, field)) {
        continue;
      }
      boolean override = field instanceof Text text && !text.inFile();
      if (override) {
        fields.remove(name);
      }
      if (fields.put(name, scalar.value()) != null) {
        problems.add(entry.getValue().keyAt(), scalar.path() + " is written twice; keep one");
      }
    }
    return new LinkedHashMap<>(fields);
  }

  /** Whether a field may be set or taken out; a problem if not. */
  boolean isAllowed(String name, String at, String path) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (!isToken(name)) {
      problems.add(at, Problems.quote(name) + " under " + path + " is not an HTTP field name");
    } else if (CLIENTS.contains(lower)) {
      problems.add(at, path + "." + name + " cannot be set; the HTTP client sets it");
    } else if (lower.startsWith("x-headgate-")) {
      problems.add(at, path + "." + name + " cannot be set; x-headgate-* never leaves the JVM");
    } else {
      return true;
    }
    return false;
  }

  private boolean isAllowed(String name, Scalar scalar, Value field) {
    String lower = name.toLowerCase(Locale.ROOT);
    boolean inFile = field instanceof Text text && text.inFile();
    if (inFile && isCredential(lower) && isWrittenOut(lower, scalar)) {
      problems.add(
          scalar.at(),
          scalar.path() + ": a credential must not stand in the file; write it with ${VARIABLE}");
    } else if (!isValue(scalar.value())) {
      problems.add(
          scalar.at(), scalar.path() + ": expected one line of printable ASCII characters");
    } else {
      return true;
    }
    return false;
  }

  private static boolean isCredential(String lowerCaseName) {
    for (String word : CREDENTIAL_WORDS) {
      if (lowerCaseName.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** Whether anything that may be the credential itself is written out. */
  private static boolean isWrittenOut(String lowerCaseName, Scalar scalar) {
    Placeholders.Plain plain = scalar.plain();
    if (!plain.placeholder() || plain.inDefault() >= ProviderBinder.KEY_LENGTH) {
      return true;
    }
    // A cookie has a name in front of what is secret.
    int allowed = lowerCaseName.equals("cookie") ? ProviderBinder.KEY_LENGTH - 1 : 0;
    String written = scalar.written().strip().toLowerCase(Locale.ROOT);
    for (String scheme : SCHEMES) {
      if (written.startsWith(scheme)) {
        allowed = scheme.length() - 1;
      }
    }
    return plain.outside() > allowed;
  }

  /** Whether every HTTP client will send a value: RFC 9110 allows more, OkHttp does not. */
  static boolean isValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c > '~')) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text can be the name of a field. */
  static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!word && TOKEN_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
