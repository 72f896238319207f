// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

  @Test
  void aHostIsEnough() {
    assertThat(RedisUrl.parse("redis://cache_1"))
        .isEqualTo(new RedisUrl("cache_1", 6379, 0, null, null, false));
  }

  @Test
  void allPartsAreTaken() {
    assertThat(RedisUrl.parse("rediss://ann:pa%20ss@example.com:7000/3"))
        .isEqualTo(new RedisUrl("example.com", 7000, 3, "ann", "pa ss", true));
  }

  @Test
  void aPasswordNeedsNoUser() {
    RedisUrl url = RedisUrl.parse("redis://:secret@h/");
    assertThat(url.user()).isNull();
    assertThat(url.password()).isEqualTo("secret");
    assertThat(url.database()).isZero();
    assertThat(RedisUrl.parse("redis://secret@h")).isEqualTo(RedisUrl.parse("redis://:secret@h/"));
  }

  @Test
  void aPasswordMayHaveAnyCharacter() {
    assertThat(RedisUrl.parse("redis://u:%C3%A4%2F%40%3a+%25@h").password()).isEqualTo("ä/@:+%");
    assertThat(RedisUrl.parse("redis://u:a@b/c:d@h:1").password()).isEqualTo("a@b/c:d");
    assertThat(RedisUrl.parse("redis://u:%41@h").password()).isEqualTo("A");
  }

  @Test
  void addressesMayBeOfVersionSix() {
    assertThat(RedisUrl.parse("redis://[::1]:7000").host()).isEqualTo("::1");
    assertThat(RedisUrl.parse("redis://[fe80::2]").port()).isEqualTo(6379);
    assertThat(RedisUrl.parse("redis://[::1]:7000")).hasToString("[::1]:7000");
  }

  @Test
  void itsTextIsThePlaceAlone() {
    assertThat(RedisUrl.parse("redis://ann:hush@h:7000/3")).hasToString("h:7000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "h:6379",
        "http://hush@h",
        "redis://",
        "redis://:hush@",
        "redis://u:hush@h:port",
        "redis://u:hush@h:0",
        "redis://u:hush@h:65536",
        "redis://u:hush@h/one",
        "redis://u:hush@h/-1",
        "redis://u:hush%@h",
        "redis://u:hush%4@h",
        "redis://u:hush%zz@h",
        "redis://u:hush%ff@h",
        "redis://u:hush@h?x=y",
        "redis://u:hush@h h",
        "redis://h:hush"
      })
  void whatIsNoneIsRefusedAndNotRepeated(String url) {
    assertThatThrownBy(() -> RedisUrl.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .message()
        .isNotEmpty()
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix:///run/redis.sock", "redis+unix:///a", "redis-socket:///a"})
  void unixSocketsAreSaidNotToBeSupported(String url) {
    assertThatThrownBy(() -> RedisUrl.parse(url)).hasMessageContaining("Unix sockets");
  }
}
