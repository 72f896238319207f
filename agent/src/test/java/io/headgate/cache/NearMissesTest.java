// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.state.EntryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NearMissesTest {

  private static final String GROUP = NearMisses.group(Operation.CHAT, "m", new byte[32]);

  private final NearMisses misses = new NearMisses();

  private static EntryKey key(long number) {
    return new EntryKey(0, 0, 0, number);
  }

  private static Fingerprint of(String json) {
    return FingerprintTest.of(json);
  }

  @Test
  void theNearestIsTheOneWithTheMostInCommon() {
    misses.remember(GROUP, key(1), of("{'model':'m','a':'1','b':'2','seed':1}"));
    misses.remember(GROUP, key(2), of("{'model':'m','a':'1','b':'9','seed':2}"));
    assertThat(misses.nearest(GROUP, of("{'model':'m','a':'1','b':'2','seed':7}")))
        .isEqualTo("seed: 7 ≠ 1");
    assertThat(misses.nearest(GROUP, of("{'model':'m','a':'1','b':'9','seed':7}")))
        .isEqualTo("seed: 7 ≠ 2");
  }

  @Test
  void ofThoseAlikeItIsTheSmallestAndThenTheLatest() {
    misses.remember(GROUP, key(1), of("{'a':'1','seed':1}"));
    misses.remember(GROUP, key(2), of("{'a':'1','seed':2}"));
    misses.remember(GROUP, key(3), of("{'a':'1','seed':3,'u':4}"));
    assertThat(misses.nearest(GROUP, of("{'a':'1','seed':9}"))).isEqualTo("seed: 9 ≠ 2");
  }

  @Test
  void nothingIsSaidAcrossGroups() {
    byte[] other = new byte[32];
    other[0] = 1;
    misses.remember(GROUP, key(1), of("{'a':'1','seed':1}"));
    Fingerprint call = of("{'a':'1','seed':2}");
    for (String group :
        List.of(
            NearMisses.group(Operation.CHAT, "m", other),
            NearMisses.group(Operation.CHAT, "n", new byte[32]),
            NearMisses.group(Operation.EMBEDDINGS, "m", new byte[32]))) {
      assertThat(misses.knows(group)).isFalse();
      assertThat(misses.nearest(group, call)).isNull();
    }
    assertThat(misses.knows(GROUP)).isTrue();
    assertThat(misses.nearest(GROUP, call)).isNotNull();
  }

  @Test
  void whatHasNothingInCommonIsNotNear() {
    misses.remember(GROUP, key(1), of("{'a':'1'}"));
    assertThat(misses.nearest(GROUP, of("{'b':'1'}"))).isNull();
  }

  @Test
  void aDifferenceElsewhereIsSaidToBeElsewhere() {
    misses.remember(GROUP, key(1), of("{'a':'1'}"));
    assertThat(misses.nearest(GROUP, of("{'a':'1'}"))).isEqualTo("nothing in the body differs");
  }

  @Test
  void aKeyIsRememberedOnceAndCanBeForgotten() {
    misses.remember(GROUP, key(1), of("{'a':'1','seed':1}"));
    misses.remember(GROUP, key(1), of("{'a':'1','seed':2}"));
    assertThat(misses.nearest(GROUP, of("{'a':'1','seed':1}"))).isEqualTo("seed: 1 ≠ 2");
    misses.forget(key(1));
    assertThat(misses.knows(GROUP)).isFalse();
  }

  @Test
  void whatWasNotUsedForLongestGoesFirst() {
    misses.remember("first", key(-1), of("{'a':'1'}"));
    misses.remember("second", key(-2), of("{'a':'1'}"));
    assertThat(misses.nearest("first", of("{'a':'1','b':'2'}"))).isNotNull();
    for (int i = 0; i < NearMisses.MOST - 1; i++) {
      misses.remember(GROUP, key(i), of("{'a':'1'}"));
    }
    assertThat(misses.knows("first")).isTrue();
    assertThat(misses.knows("second")).isFalse();
    misses.remember(GROUP, key(NearMisses.MOST), of("{'a':'1'}"));
    assertThat(misses.knows("first")).isFalse();
  }

  @Test
  void largeOnesAreFewer() {
    StringBuilder json = new StringBuilder("{'a':1");
    for (int i = 0; i < 250; i++) {
      json.append(",'b").append(i).append("':").append(i);
    }
    Fingerprint large = of(json + "}");
    misses.remember("first", key(-1), large);
    for (int i = 0; i < NearMisses.MOST_LEAVES / large.size(); i++) {
      misses.remember(GROUP, key(i), large);
    }
    assertThat(misses.knows("first")).isFalse();
    assertThat(misses.knows(GROUP)).isTrue();
  }

  @Test
  void manyThreadsCanAskAndRemember() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int thread = t;
        done.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 2_000; i++) {
                    Fingerprint call = of("{'a':'1','seed':" + i + "}");
                    misses.remember(GROUP, key(10_000L * thread + i), call);
                    assertThat(misses.nearest(GROUP, call)).isNotNull();
                    misses.forget(key(10_000L * thread + i - 5));
                  }
                }));
      }
      for (Future<?> one : done) {
        one.get(1, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
