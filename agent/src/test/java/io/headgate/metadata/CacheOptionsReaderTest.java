// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.CacheOptions;
import io.headgate.gateway.CacheOptions.Control;
import io.headgate.gateway.CallOptions;
import io.headgate.gateway.Headers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheOptionsReaderTest {

  private final List<String> ignored = new ArrayList<>();

  private CacheOptions read(String... headers) {
    return CallOptionsReader.read(
            Headers.ofFlat(headers), (name, why) -> ignored.add(name + ": " + why))
        .cache();
  }

  @Test
  void aCallThatAsksNothingOfTheCacheGetsTheSharedOptions() {
    assertThat(read("x-headgate-log", "true")).isSameAs(CacheOptions.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "on, ON",
    "Off, OFF",
    "REFRESH, REFRESH",
    "no-store, NO_STORE",
    "' only ', ONLY",
  })
  void everyWordIsRead(String word, Control control) {
    assertThat(read("X-Headgate-Cache", word)).isEqualTo(new CacheOptions(control, -1, null));
    assertThat(ignored).isEmpty();
  }

  @Test
  void aLifetimeOrAKeyTurnsTheCacheOn() {
    CacheOptions both = read("x-headgate-cache-ttl", "1", "x-headgate-cache-key", " faq 7 ");
    assertThat(both).isEqualTo(new CacheOptions(Control.UNSAID, 1, "faq 7"));
    assertThat(both.turnsOn()).isTrue();
    assertThat(read("cf-aig-cache-key", "k").turnsOn()).isTrue();
    assertThat(read("x-headgate-cache-ttl", "31536000").ttlSeconds()).isEqualTo(31_536_000);
    assertThat(ignored).isEmpty();
  }

  @Test
  void theFieldsOfCloudflareMeanTheSame() {
    assertThat(read("cf-aig-cache-ttl", "3600", "cf-aig-cache-key", "k"))
        .isEqualTo(new CacheOptions(Control.UNSAID, 3600, "k"));
    assertThat(read("cf-aig-skip-cache", "true"))
        .isEqualTo(new CacheOptions(Control.OFF, -1, null));
    assertThat(read("cf-aig-skip-cache", "False")).isSameAs(CacheOptions.NONE);
    assertThat(ignored).isEmpty();
  }

  @Test
  void cloudflaresLifetimeOfZeroMeansNoCaching() {
    assertThat(read("cf-aig-cache-ttl", "0")).isEqualTo(new CacheOptions(Control.OFF, -1, null));
    assertThat(read("cf-aig-cache-ttl", "0", "x-headgate-cache", "on").control())
        .isEqualTo(Control.ON);
    assertThat(ignored).isEmpty();
  }

  @Test
  void oursWinsWhicheverComesFirst() {
    assertThat(
            read(
                "cf-aig-skip-cache", "true",
                "x-headgate-cache", "refresh",
                "x-headgate-cache-ttl", "5",
                "cf-aig-cache-ttl", "0",
                "cf-aig-cache-key", "theirs",
                "x-headgate-cache-key", "ours"))
        .isEqualTo(new CacheOptions(Control.REFRESH, 5, "ours"));
  }

  @Test
  void whoSkipsTheCacheHasNoUseForALifetime() {
    assertThat(read("cf-aig-skip-cache", "true", "cf-aig-cache-ttl", "60").turnsOn()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x-headgate-cache     | true | expected on, off, refresh, no-store or only",
        "x-headgate-cache     | ''   | expected on, off, refresh, no-store or only",
        "cf-aig-skip-cache    | yes  | expected true or false",
        "x-headgate-cache-ttl | 0    | expected a whole number from 1 to 31536000",
        "x-headgate-cache-ttl | -1   | expected a whole number from 1 to 31536000",
        "x-headgate-cache-ttl | 1h   | expected a whole number from 1 to 31536000",
        "x-headgate-cache-ttl | 31536001 | expected a whole number from 1 to 31536000",
        "cf-aig-cache-ttl     | -1   | expected a whole number from 1 to 31536000",
      })
  void aValueThatCannotBeUsedIsLeftOutAndTold(String name, String value, String why) {
    CallOptions options =
        CallOptionsReader.read(
            Headers.ofFlat(name, value), (field, reason) -> ignored.add(field + ": " + reason));
    assertThat(options).isEqualTo(CallOptions.NONE);
    assertThat(ignored).containsExactly(name + ": " + why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0007b", "a\u0085b", "a\tb"})
  void aKeyWithControlCharactersIsLeftOutAndTold(String key) {
    assertThat(read("cf-aig-cache-key", key)).isSameAs(CacheOptions.NONE);
    assertThat(ignored)
        .containsExactly(
            "cf-aig-cache-key: expected at most 1024 characters, none a control character");
  }

  @Test
  void aKeyMayHave1024Characters() {
    assertThat(read("x-headgate-cache-key", "k".repeat(1024)).key()).hasSize(1024);
    assertThat(ignored).isEmpty();
    assertThat(read("x-headgate-cache-key", "k".repeat(1025))).isSameAs(CacheOptions.NONE);
    assertThat(ignored).hasSize(1);
  }

  @Test
  void anEmptyKeyIsNone() {
    assertThat(read("x-headgate-cache-key", " ")).isSameAs(CacheOptions.NONE);
    assertThat(ignored).isEmpty();
  }
}
