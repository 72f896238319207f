// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

class RedisReplyTest {

  private static Object read(String reply) {
    return RedisReply.read(
        new RedisInputStream(new ByteArrayInputStream(reply.getBytes(ISO_8859_1))));
  }

  @Test
  void allKindsAreRead() {
    assertThat(read("+OK\r\n")).isEqualTo("OK".getBytes(ISO_8859_1));
    assertThat(read(":-12\r\n")).isEqualTo(-12L);
    assertThat(read("$3\r\na\r\n\r\n")).isEqualTo("a\r\n".getBytes(ISO_8859_1));
    assertThat(read("$0\r\n\r\n")).isEqualTo(new byte[0]);
    assertThat(read("$-1\r\n")).isNull();
    assertThat(read("*-1\r\n")).isNull();
    assertThat((List<?>) read("*3\r\n:1\r\n$-1\r\n*1\r\n:2\r\n"))
        .isEqualTo(java.util.Arrays.asList(1L, null, List.of(2L)));
    assertThatThrownBy(() -> read("-WRONGTYPE no\r\n"))
        .isInstanceOf(JedisDataException.class)
        .hasMessage("WRONGTYPE no");
  }

  @Test
  void longValuesComeInPieces() {
    String value = "0123456789abcdef".repeat(200_000);
    assertThat(read("$" + value.length() + "\r\n" + value + "\r\n"))
        .isEqualTo(value.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "\u0015\u0003\u0003\u0000\u0002\u0002\u0050",
        "$2147483647\r\n",
        "$999999999999\r\n",
        "$-2\r\n",
        "$\r\n",
        "$1x\r\n1\r\n",
        "$99999999999999999999\r\n",
        "$1\r\nabc",
        "*1000000000\r\n",
        "*1152921504606846976\r\n",
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n",
        ":\r\n",
        ":-\r\n",
        "+a\rb\r\n"
      })
  void whatIsNoReplyIsTakenForNone(String reply) {
    assertThatThrownBy(() -> read(reply)).isInstanceOf(RedisReply.GarbageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "$", "$5\r\nabc", "*2\r\n:1\r\n", "+OK"})
  void aPartOfAReplyIsALostConnection(String reply) {
    assertThatThrownBy(() -> read(reply))
        .isInstanceOf(JedisConnectionException.class)
        .isNotInstanceOf(RedisReply.GarbageException.class);
  }

  @Test
  void aLineWithoutAnEndIsNotRememberedForLong() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return '+';
          }
        };
    assertThatThrownBy(() -> RedisReply.read(new RedisInputStream(endless)))
        .isInstanceOf(RedisReply.GarbageException.class);
  }
}
