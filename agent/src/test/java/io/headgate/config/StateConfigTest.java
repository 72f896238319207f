// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateConfigTest {
  private static final String URL =
      "a URL such as redis://127.0.0.1:6379 or rediss://redis.internal";
  private final Fixture fixture = new Fixture();

  @BeforeEach
  void atHome() {
    fixture.props.setProperty("user.home", "/home/ada");
  }

  private StateSettings state(String yaml) {
    return fixture.file("state: " + yaml).state();
  }

  @Test
  void withoutItEntriesAreBelowTheUsersHome() {
    StateSettings usual =
        new StateSettings(null, "/home/ada/.headgate", 64L << 20, 1L << 30, null, 50);
    assertThat(fixture.file("mode: enforce").state()).isEqualTo(usual);
    assertThat(fixture.file("state:").state()).isEqualTo(usual);
    assertThat(fixture.file("state: {}").state()).isEqualTo(usual);
    assertThat(fixture.overridesOnly().state()).isEqualTo(usual);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", " "})
  void aHomeThatTheVirtualMachineDoesNotKnowIsThatOfTheVariable(String unknown) {
    fixture.props.setProperty("user.home", unknown);
    fixture.env.put("HOME", "/srv");
    assertThat(fixture.file("mode: enforce").state().path()).isEqualTo("/srv/.headgate");
  }

  @Test
  void everyKeyIsRead() {
    StateSettings state =
        state(
            "{type: redis, path: /var/cache/headgate, memory: 1MB, disk: 1024GB,"
                + " url: 'rediss://redis.internal:6380/2', timeout: 10s, on-failure: Local}");
    assertThat(state.type()).isEqualTo(StateSettings.Type.REDIS);
    assertThat(state.path()).isEqualTo("/var/cache/headgate");
    assertThat(state.memory()).isEqualTo(1 << 20);
    assertThat(state.disk()).isEqualTo(1L << 40);
    assertThat(state.url().reveal()).isEqualTo("rediss://redis.internal:6380/2");
    assertThat(state.timeoutMillis()).isEqualTo(10_000);
    assertThat(state("{type: Memory}").type()).isEqualTo(StateSettings.Type.MEMORY);
    assertThat(state("{type: disk}").type()).isEqualTo(StateSettings.Type.DISK);
    assertThat(state("{timeout: 1ms}").timeoutMillis()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "~/cache, /home/ada/cache",
    "~, /home/ada",
    "~other/cache, ~other/cache",
    "${HOME}/.headgate, /root/.headgate",
    "cache, cache",
  })
  void aPathMayStartAtHome(String written, String path) {
    fixture.env.put("HOME", "/root");
    assertThat(state("{path: '" + written + "'}").path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://127.0.0.1",
        "REDIS://localhost:6379/",
        "redis://[::1]:6379/15",
        "redis://cache_1:6379",
        "redis://${PASSWORD}@redis.internal",
        "redis://:${PASSWORD}@redis.internal",
        "redis://app:${PASSWORD}@redis.internal:6379/0",
        "redis://${USER}:${PASSWORD}@redis.internal",
        "redis://:${PASSWORD:}@127.0.0.1",
        "${REDIS_URL}",
        "${NOT_SET:redis://127.0.0.1:6379}",
      })
  void credentialsComeFromVariables(String url) {
    fixture.env.put("PASSWORD", "p%40ss");
    fixture.env.put("USER", "app");
    fixture.env.put("REDIS_URL", "redis://app:s3cret@redis.internal:6379");
    StateSettings state = state("{type: redis, url: '" + url + "'}");
    assertThat(state.url().reveal()).startsWithIgnoringCase("redis://").doesNotContain("${");
    assertThat(state.toString()).doesNotContain("p%40ss", "s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:literal@127.0.0.1",
        "redis://literal@127.0.0.1",
        "redis://app:literal@127.0.0.1",
        "redis://${USER:app}:literal${PASSWORD:}@127.0.0.1",
        "redis://app:${PASSWORD:literal}@127.0.0.1",
        "${REDIS_URL:redis://:literal@127.0.0.1}",
        "redis:/:literal@127.0.0.1",
      })
  void aPasswordDoesNotStandInTheFile(String url) {
    assertThat(fixture.problems("state: {type: redis, url: '" + url + "'}"))
        .containsExactly(
            "headgate.yaml:1:27: state.url: the password itself must not stand in the file; write"
                + " redis://:${REDIS_PASSWORD}@host and set that variable");
  }

  @Test
  void anOverrideMayHoldThePassword() {
    fixture.env.put("HEADGATE_STATE_TYPE", "redis");
    fixture.env.put("HEADGATE_STATE_URL", "redis://:s3cret@127.0.0.1:6379");
    assertThat(fixture.overridesOnly().state().url().reveal())
        .isEqualTo("redis://:s3cret@127.0.0.1:6379");
  }

  @Test
  void aUrlWithAPasswordIsNeverShown() {
    fixture.env.put("REDIS_URL", "redis://:s3%cret@127.0.0.1");
    assertThat(fixture.problems("state: {type: redis, url: '${REDIS_URL}'}"))
        .containsExactly(
            "headgate.yaml:1:27: state.url: expected "
                + URL
                + ", with user:password@ before the host; special characters in these are written"
                + " as %40 for @, %2F for /, %25 for %");
    fixture.props.setProperty("headgate.state.url", "s3cret-without-anything-else");
    assertThat(fixture.problems("state: {type: redis}"))
        .containsExactly(
            "-Dheadgate.state.url: state.url: expected " + URL + ", found something else");
  }

  @Test
  void keysCanBeOverriddenOneByOne() {
    fixture.env.put("HEADGATE_STATE_MEMORY", "32MB");
    fixture.env.put("HEADGATE_STATE_ONFAILURE", "local");
    fixture.props.setProperty("headgate.state.timeout", "20ms");
    fixture.props.setProperty("headgate.state.path", "/tmp/x");
    StateSettings state = state("{type: disk, memory: 1MB, disk: 2GB}");
    assertThat(state)
        .isEqualTo(
            new StateSettings(StateSettings.Type.DISK, "/tmp/x", 32L << 20, 2L << 30, null, 20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "disk | 8: state: expected a mapping of settings, such as type: disk, found a single value",
        "{type: file} | 15: state.type: expected memory, disk or redis, found \"file\"",
        "{type: disc} | 15: state.type: expected memory, disk or redis, found \"disc\"; did you mean \"disk\"?",
        "{memory: 64} | 17: state.memory: expected a size such as 512KB, 16MB or 1GB, found \"64\"",
        "{memory: 512KB} | 17: state.memory: expected a size from 1MB to 1024GB, found \"512KB\"",
        "{disk: 1025GB} | 15: state.disk: expected a size from 1MB to 1024GB, found \"1025GB\"",
        "{timeout: 50} | 18: state.timeout: expected a time such as 250ms, 30s, 5m, 1h or 7d, found \"50\"",
        "{timeout: 0s} | 18: state.timeout: expected a time from 1ms to 10s, found \"0s\"",
        "{timeout: 11s} | 18: state.timeout: expected a time from 1ms to 10s, found \"11s\"",
        "{on-failure: deny} | 21: state.on-failure: \"deny\" is not supported yet; expected local",
        "{on-failure: lokal} | 21: state.on-failure: expected local, found \"lokal\"; did you mean \"local\"?",
        "{path: [a]} | 15: state.path: expected a directory such as ${HOME}/.headgate, found a list",
        "{path: \"a\\0b\"} | 15: state.path: expected a directory such as ${HOME}/.headgate, found \"a?b\"",
        "{size: 1GB} | 9: unknown key \"size\" under state; expected type, path, memory, disk, url, timeout or on-failure",
        "{pth: a} | 9: unknown key \"pth\" under state; did you mean \"path\"?",
        "{type: redis} | 15: state: type redis needs url, a URL such as redis://127.0.0.1:6379 or rediss://redis.internal",
        "{type: redis, url: '${X:}'} | 15: state: type redis needs url, a URL such as redis://127.0.0.1:6379 or rediss://redis.internal",
        "{type: redis, url: [a]} | 27: state.url: expected a URL such as redis://127.0.0.1:6379 or rediss://redis.internal, found a list",
        "{type: disk, url: 'redis://a'} | 26: state: url is only for type redis; add type: redis, or remove url",
        "{url: 'redis://a'} | 14: state: url is only for type redis; add type: redis, or remove url",
        "{type: redis, url: 'http://a'} | 27: state.url: expected a URL such as redis://127.0.0.1:6379 or rediss://redis.internal, found \"http://a\"",
        "{type: redis, url: 'redis://a:0'} | 27: state.url: expected a URL such as redis://127.0.0.1:6379 or rediss://redis.internal, found \"redis://a:0\"",
        "{type: redis, url: 'redis://a:65536'} | 27: state.url: expected a URL such as redis://127.0.0.1:6379 or rediss://redis.internal, found \"redis://a:65536\"",
        "{type: redis, url: 'redis://a/b'} | 27: state.url: expected a URL such as redis://127.0.0.1:6379 or rediss://redis.internal, found \"redis://a/b\"",
        "{type: redis, url: 'redis://a?timeout=1s'} | 27: state.url: expected a URL such as redis://127.0.0.1:6379 or rediss://redis.internal, found \"redis://a?timeout=1s\"",
        "{type: redis, url: 'redis:a'} | 27: state.url: expected a URL such as redis://127.0.0.1:6379 or rediss://redis.internal, found \"redis:a\"",
        "{type: redis, url: 'redis://a b'} | 27: state.url: expected a URL such as redis://127.0.0.1:6379 or rediss://redis.internal, found \"redis://a b\"",
      })
  void mistakesAreNamed(String yaml, String problem) {
    assertThat(fixture.problems("state: " + yaml)).containsExactly("headgate.yaml:1:" + problem);
  }

  @Test
  void ofATypeWithAMistakeTheUrlIsNotBlamed() {
    assertThat(fixture.problems("state: {type: rediss, url: 'redis://a'}"))
        .containsExactly(
            "headgate.yaml:1:15: state.type: expected memory, disk or redis, found \"rediss\"; did"
                + " you mean \"redis\"?");
  }
}
