// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.gateway.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpMessage;
import org.apache.http.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/** Header fields from the client's types to the gateway's and back. */
final class Fields {

  static final String TYPE = "Content-Type";
  static final String ENCODING = "Content-Encoding";

  private Fields() {}

  static Headers of(HttpMessage message) {
    return Headers.ofFlat(flat(message).toArray(new String[0]));
  }

  /** With what the entity says of itself, which the client writes as fields further down. */
  static Headers of(HttpMessage message, @Nullable HttpEntity entity) {
    List<String> flat = flat(message);
    if (entity != null) {
      add(flat, TYPE, message, entity.getContentType());
      add(flat, ENCODING, message, entity.getContentEncoding());
    }
    return Headers.ofFlat(flat.toArray(new String[0]));
  }

  private static void add(
      List<String> flat, String name, HttpMessage message, @Nullable Header own) {
    if (own != null && own.getValue() != null && !message.containsHeader(name)) {
      flat.add(name);
      flat.add(own.getValue());
    }
  }

  private static List<String> flat(HttpMessage message) {
    Header[] all = message.getAllHeaders();
    List<String> flat = new ArrayList<>(2 * all.length + 2);
    for (Header header : all) {
      flat.add(header.getName());
      flat.add(header.getValue() == null ? "" : header.getValue());
    }
    return flat;
  }

  /**
   * Changes a message's fields as the gateway changed them. The others stay the very objects that
   * they are.
   *
   * @param before as they were shown to the gateway
   */
  static void change(HttpMessage message, Headers before, Headers now) {
    if (before == now) {
      return;
    }
    for (String name : names(before, now)) {
      List<String> values = now.all(name);
      if (!values.equals(before.all(name))) {
        message.removeHeaders(name);
        values.forEach(value -> message.addHeader(name, value));
      }
    }
  }

  static Set<String> names(Headers one, Headers other) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    one.forEach((name, value) -> names.add(name));
    other.forEach((name, value) -> names.add(name));
    return names;
  }

  /** Whether a field of that name may hold what only the app's own host is to know. */
  static boolean secret(String field) {
    String name = field.toLowerCase(Locale.ROOT);
    return !name.startsWith("proxy-")
        && (name.contains("auth")
            || name.contains("key")
            || name.contains("token")
            || name.contains("secret")
            || name.contains("credential"));
  }

  /** In bytes; -1 if the fields do not say. */
  static long length(Headers headers) {
    String length = headers.first("Content-Length");
    try {
      return length == null ? -1 : Math.max(-1, Long.parseLong(length.trim()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** As {@code network.protocol.version} wants it. */
  static String protocol(@Nullable ProtocolVersion version) {
    return version == null ? "" : version.getMajor() + "." + version.getMinor();
  }
}
