// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.it.ForkedJvm;
import io.headgate.it.RunningJvm;
import io.headgate.standin.StandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JVMs that share a cache in a Redis, and go on without it. */
class CacheRedisIT {

  @TempDir Path dir;

  @BeforeEach
  void thereIsARedis() {
    assumeTrue(RedisProcess.installed(), "no redis-server on the PATH");
  }

  @Test
  void jvmsShareAnswers() throws Exception {
    try (StandIn hosts = StandIn.start();
        RedisProcess redis = new RedisProcess(dir)) {
      String login = "" + redis.port();
      Map<String, String> one =
          CacheRun.said(app(hosts, login).main(CacheApp.class, "ask|a|Q").run());
      ForkedJvm.Result result = app(hosts, login).main(CacheApp.class, "ask|b|Q").run();

      assertThat(one.get("a")).startsWith("200|MISS|In short");
      assertThat(CacheRun.said(result)).containsEntry("b", one.get("a").replace("MISS", "HIT"));
      assertThat(result.err()).isEmpty();
      assertThat(hosts.requests()).hasSize(1);
    }
  }

  @Test
  void callsGoOnWhileItIsAwayAndItIsUsedAgainWhenItIsBack() throws Exception {
    try (StandIn hosts = StandIn.start();
        RedisProcess redis = new RedisProcess(dir);
        RunningJvm jvm =
            app(hosts, "" + redis.port())
                .main(
                    CacheApp.class,
                    "ask|before|Q1",
                    "pause|asked",
                    "ask|away|Q2",
                    "ask|kept in memory|Q1",
                    "pause|asked without",
                    "until|HIT|back|Q3|x-headgate-cache: only",
                    "pause|asked again")
                .launch()) {
      jvm.awaitLine("PAUSED asked");
      redis.kill();
      jvm.go();
      jvm.awaitLine("PAUSED asked without");
      redis.start();
      // What another JVM finds out by then: it is empty.
      Map<String, String> other =
          CacheRun.said(app(hosts, "" + redis.port()).main(CacheApp.class, "ask|o|Q3").run());
      assertThat(other.get("o")).startsWith("200|MISS|");
      jvm.go();
      jvm.awaitLine("PAUSED asked again");
      jvm.go();
      ForkedJvm.Result result = jvm.end();

      Map<String, String> said = CacheRun.said(result);
      assertThat(said.get("before")).startsWith("200|MISS|");
      assertThat(said.get("away")).startsWith("200|MISS|");
      assertThat(said.get("kept in memory")).startsWith("200|HIT|");
      assertThat(said).containsEntry("back", other.get("o").replace("MISS", "HIT"));
      assertThat(result.err().lines())
          .hasSize(2)
          .allMatch(line -> line.contains("headgate") && line.contains("127.0.0.1:"));
      assertThat(result.err()).contains("is in use again");
      assertThat(hosts.requests()).hasSize(3);
    }
  }

  @Test
  void aWrongPasswordIsSaidOnceAndNotRepeated() throws Exception {
    try (StandIn hosts = StandIn.start();
        RedisProcess redis = new RedisProcess(dir, "--requirepass", "right")) {
      ForkedJvm.Result result =
          app(hosts, ":${REDIS_PASSWORD}@127.0.0.1:" + redis.port())
              .env("REDIS_PASSWORD", "canary-wrong")
              .main(CacheApp.class, "ask|a|Q", "ask|b|Q", "ask|c|Q2")
              .run();

      Map<String, String> said = CacheRun.said(result);
      assertThat(said.get("a")).startsWith("200|MISS|");
      assertThat(said.get("b")).startsWith("200|HIT|");
      assertThat(said.get("c")).startsWith("200|MISS|");
      assertThat(result.err().lines()).singleElement().asString().contains("password");
      assertThat(result.err()).doesNotContain("canary");
    }
  }

  /**
   * An app.
   *
   * @param place a port, or all that follows {@code redis://}
   */
  private ForkedJvm app(StandIn hosts, String place) throws IOException {
    String url = "redis://" + (place.contains("@") ? "" : "127.0.0.1:") + place;
    Path config =
        CacheRun.config(
            dir,
            hosts.url(""),
            """
            cache:
              - ttl: 1h
            state: {type: redis, url: "%s", timeout: 2s}
            """
                .formatted(url));
    return ForkedJvm.java().agent("config=" + config);
  }
}
