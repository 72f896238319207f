// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an application's answers come from.
 *
 * @param name for people
 * @param options of its JVM
 * @param host where it sends its calls
 * @param answersItself whether the LLM host is to be asked no more once every question was
 */
record CacheVariant(String name, List<String> options, String host, boolean answersItself) {

  /** The yardstick: with the agent, which changes calls, but without a cache. */
  static final String LIVE = "live";

  /** The same without an agent. */
  static final String BARE = "no agent";

  /** All in memory. */
  static final String MEMORY = "memory";

  /** On disk, behind the smallest memory there can be. */
  static final String DISK = "disk";

  /** In Redis, behind the smallest memory there can be. */
  static final String REDIS = "redis";

  /** In an nginx between an application without an agent and the host. */
  static final String NGINX = "nginx";

  /** Every answer is fetched and kept anew, on disk. */
  static final String KEPT = "kept anew";

  private static final String SMALLEST = "1MB";

  static CacheVariant bare(String name, String host, int redisPort) {
    return new CacheVariant(name, List.of("-Dbench.redis=" + redisPort), host, name.equals(NGINX));
  }

  static CacheVariant live(Setup setup, Peer peer) throws IOException {
    return agent(setup, peer, LIVE, "", false);
  }

  static CacheVariant memory(Setup setup, Peer peer) throws IOException {
    return agent(setup, peer, MEMORY, cache("type: memory, memory: 64MB"), true);
  }

  static CacheVariant disk(Setup setup, Peer peer) throws IOException {
    return agent(setup, peer, DISK, onDisk(setup, DISK), true);
  }

  static CacheVariant kept(Setup setup, Peer peer) throws IOException {
    CacheVariant like = agent(setup, peer, KEPT, onDisk(setup, "kept"), false);
    List<String> options = new ArrayList<>(like.options());
    options.add("-Dbench.refresh=true");
    return new CacheVariant(KEPT, options, like.host(), false);
  }

  static CacheVariant redis(Setup setup, Peer peer, int port) throws IOException {
    String url = "redis://127.0.0.1:" + port;
    String state = "type: redis, memory: " + SMALLEST + ", timeout: 1s, url: \"" + url + "\"";
    return agent(setup, peer, REDIS, cache(state), true);
  }

  private static String onDisk(Setup setup, String name) throws IOException {
    Path directory = Files.createTempDirectory(setup.scratch(), name);
    return cache("type: disk, memory: " + SMALLEST + ", path: \"" + directory + "\"");
  }

  private static String cache(String state) {
    return "cache: [{match: {operation: chat}, ttl: 1h}]\nstate: {" + state + "}\n";
  }

  private static CacheVariant agent(
      Setup setup, Peer peer, String name, String cache, boolean answersItself) throws IOException {
    Path config = Files.createTempFile(setup.scratch(), "cache-", ".yaml");
    Files.writeString(
        config, "mode: enforce\nproviders: {openai: {hosts: [\"127.0.0.1\"]}}\n" + cache);
    List<String> options = List.of("-javaagent:" + setup.headgate(), "-Dheadgate.config=" + config);
    return new CacheVariant(name, options, peer.llm(), answersItself);
  }
}
