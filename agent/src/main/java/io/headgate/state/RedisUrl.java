// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where a Redis is: {@code redis://[[user:]password@]host[:port][/database]}, {@code rediss://} for
 * TLS. User and password may be percent-encoded. Read by hand: {@link java.net.URI} knows no host
 * with an underscore, as container networks have them, and puts passwords into its messages.
 */
public record RedisUrl(
    String host,
    int port,
    int database,
    @Nullable String user,
    @Nullable String password,
    boolean tls) {

  private static final int DEFAULT_PORT = 6379;

  /**
   * Reads the URL of a Redis.
   *
   * @throws IllegalArgumentException that says what is wrong, and has nothing of a password
   */
  public static RedisUrl parse(String url) {
    int colon = url.indexOf("://");
    String scheme = colon < 0 ? "" : url.substring(0, colon);
    boolean tls = scheme.equalsIgnoreCase("rediss");
    if (!tls && !scheme.equalsIgnoreCase("redis")) {
      throw new IllegalArgumentException(
          scheme.contains("unix") || scheme.contains("socket")
              ? "Unix sockets are not supported: use redis://host:port"
              : "the URL of a Redis begins with redis:// or, for TLS, with rediss://");
    }
    String rest = url.substring(colon + 3);
    // The last one: passwords with an @ that nobody encoded are common.
    int at = rest.lastIndexOf('@');
    String user = null;
    String password = null;
    if (at >= 0) {
      String login = rest.substring(0, at);
      int between = login.indexOf(':');
      // A password alone, with or without its colon, is common, too.
      user = between <= 0 ? null : decode(login.substring(0, between));
      password = decode(login.substring(between + 1));
    }
    String place = rest.substring(at + 1);
    int slash = place.indexOf('/');
    String address = slash < 0 ? place : place.substring(0, slash);
    String database = slash < 0 ? "" : place.substring(slash + 1);
    int portAt = portAt(address);
    String host = portAt < 0 ? address : address.substring(0, portAt);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || !host.matches("[\\w.:%-]+")) {
      throw new IllegalArgumentException("the URL of the Redis names no host");
    }
    return new RedisUrl(
        host,
        portAt < 0 ? DEFAULT_PORT : number(address.substring(portAt + 1), 1, 65_535, "port"),
        database.isEmpty() ? 0 : number(database, 0, Integer.MAX_VALUE, "database"),
        user,
        password,
        tls);
  }

  /** Where the colon before the port is; those of an IPv6 address are none. */
  private static int portAt(String address) {
    int colon = address.lastIndexOf(':');
    return colon > address.lastIndexOf(']') ? colon : -1;
  }

  private static int number(String text, int least, int most, String what) {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below. Without what was there: of a URL with a slip it can be part of a password.
    }
    throw new IllegalArgumentException(
        "the " + what + " in the URL of the Redis is no number that one can have");
  }

  private static String decode(String text) {
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer to = ByteBuffer.allocate(from.length);
    for (int i = 0; i < from.length; i++) {
      if (from[i] != '%') {
        to.put(from[i]);
        continue;
      }
      int high = i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
      int low = i + 2 < from.length ? Character.digit(from[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw new IllegalArgumentException(
            "a % in the login of the Redis's URL stands for no character: write it %25");
      }
      to.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(to.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "what is percent-encoded in the login of the Redis's URL is not UTF-8", null);
    }
  }

  /** The place alone. */
  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
