// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.ProviderSettings.KeySetting;
import io.headgate.config.ProviderSettings.Platform;
import io.headgate.config.Secret;
import io.headgate.gateway.ApiKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyPoolsTest {

  private final AtomicLong nanos = new AtomicLong();
  private final Random random = new Random(7);
  private final KeyPools pools =
      KeyPools.of(
          new Config(
              null,
              Config.Mode.ENFORCE,
              Config.Fail.OPEN,
              "",
              Map.of(
                  "openai",
                  new ProviderSettings(
                      null,
                      null,
                      null,
                      Map.of(),
                      List.of(),
                      false,
                      List.of(key("a", 2), key("b", 1)),
                      Platform.NONE)),
              List.of()),
          nanos::get,
          random::nextDouble);

  private static KeySetting key(String alias, int weight) {
    return new KeySetting(alias, new Secret("secret-" + alias), weight);
  }

  private ApiKey take() {
    ApiKey key = pools.take("openai");
    assertThat(key).isNotNull();
    return key;
  }

  private ApiKey take(String alias) {
    ApiKey key = take();
    while (!key.alias().equals(alias)) {
      key = take();
    }
    return key;
  }

  @Test
  void keysAreTakenByWeight() {
    Map<String, Integer> taken = new TreeMap<>();
    for (int i = 0; i < 3000; i++) {
      taken.merge(take().alias(), 1, Integer::sum);
    }
    assertThat(taken.get("a")).isBetween(1900, 2100);
  }

  @Test
  void aLimitedKeyCoolsDownForAsLongAsItsProviderSays() {
    pools.limited("openai", take("a"), Duration.ofSeconds(5));
    for (int i = 0; i < 50; i++) {
      assertThat(take().alias()).isEqualTo("b");
    }
    nanos.addAndGet(5_000_000_000L);
    assertThat(take("a").reveal()).isEqualTo("secret-a");
  }

  @Test
  void aCallThatKnowsLessDoesNotEndACoolDown() {
    ApiKey key = take("a");
    pools.limited("openai", key, Duration.ofSeconds(60));
    pools.limited("openai", key, null);
    nanos.addAndGet(59_000_000_000L);
    for (int i = 0; i < 50; i++) {
      assertThat(take().alias()).isEqualTo("b");
    }
  }

  @Test
  void aRefusedKeyIsNotUsedAgain() {
    pools.refused("openai", take("a"));
    nanos.addAndGet(3_600_000_000_000L);
    for (int i = 0; i < 50; i++) {
      assertThat(take().alias()).isEqualTo("b");
    }
  }

  @Test
  void whenAllCoolDownTheOneThatIsReadyFirstIsTaken() {
    pools.limited("openai", take("a"), Duration.ofSeconds(50));
    pools.limited("openai", take("b"), Duration.ofSeconds(5));
    assertThat(pools.available("openai")).isFalse();
    assertThat(take().alias()).isEqualTo("b");
  }

  @Test
  void whenAllAreDeadThereIsNone() {
    pools.refused("openai", take("a"));
    pools.refused("openai", take("b"));
    assertThat(pools.take("openai")).isNull();
    assertThat(pools.has("openai")).isTrue();
  }

  @Test
  void aProviderWithoutAPoolNeedsNone() {
    assertThat(pools.take("groq")).isNull();
    assertThat(pools.available("groq")).isTrue();
    assertThat(pools.has("groq")).isFalse();
  }

  @Test
  void noKeyShowsItself() {
    assertThat(take().toString()).isIn("a", "b");
  }
}
