// SPDX-License-Identifier: Apache-2.0
package io.headgate.bench.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Makes calls for as long as it is told to, one window at a time, so that several of these can take
 * turns. Reads lines {@code CASE THREADS MILLIS} and answers each with one line; {@code bytes}
 * instead asks for a digest of what streams brought, and {@code fill CASE} to ask each of its
 * questions once.
 */
public final class Loop {

  private final String llm;
  private final String other;
  private final String paced;
  private final Map<String, Work> works = new HashMap<>();
  private final Workers workers = new Workers();

  private Loop(String llm, String other, String paced) {
    this.llm = llm;
    this.other = other;
    this.paced = paced;
  }

  /** The arguments are the addresses of the LLM host, another host and the paced LLM host. */
  public static void main(String[] args) throws Exception {
    Loop loop = new Loop(args[0], args[1], args[2]);
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    System.out.println("READY " + Footprint.peakKilobytes());
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ");
      System.out.println(
          switch (words[0]) {
            case "bytes" -> loop.bytes();
            case "fill" -> loop.fill(words[1]);
            default -> loop.window(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2]));
          });
    }
    System.exit(0);
  }

  private String window(String name, int threads, long millis) throws Exception {
    Work work = known(name);
    // Wakes threads and connections that fell asleep since the last window.
    workers.run(work, threads, 20);
    Meter meter = Meter.start();
    long start = System.nanoTime();
    Workers.Result result = workers.run(work, threads, millis);
    long wall = System.nanoTime() - start;
    Meter.Used used = meter.used();
    return "WINDOW "
        + result.calls()
        + ' '
        + wall
        + ' '
        + used.processCpu()
        + ' '
        + used.threadCpu()
        + ' '
        + used.allocated()
        + ' '
        + median(result.latencies())
        + ' '
        + median(result.firstBytes());
  }

  private String fill(String name) throws Exception {
    Work work = known(name);
    int count = Asking.questions(name);
    for (int i = 0; i < count; i++) {
      work.call();
    }
    return "FILLED " + count;
  }

  private Work known(String name) throws IOException {
    Work work = works.get(name);
    if (work == null) {
      work = Asking.work(name, llm);
      work = work == null ? work(name) : work;
      works.put(name, work);
    }
    return work;
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private Work work(String name) throws IOException {
    return switch (name) {
      case "jdk-call" -> JdkWork.whole(llm + Payload.CHAT_PATH);
      case "ok-call" -> OkHttpWork.whole(llm + Payload.CHAT_PATH);
      case "openai-call" -> OpenAiWork.whole(llm + "/v1");
      case "jdk-other" -> JdkWork.whole(other + "/other");
      case "ok-other" -> OkHttpWork.whole(other + "/other");
      case "huc-other" -> UrlConnectionWork.whole(other + "/other");
      case "jdk-stream" -> JdkWork.stream(llm + Payload.CHAT_PATH);
      case "ok-stream" -> OkHttpWork.stream(llm + Payload.CHAT_PATH);
      case "openai-stream" -> OpenAiWork.stream(llm + "/v1");
      case "jdk-paced" -> JdkWork.stream(paced + Payload.CHAT_PATH);
      case "ok-paced" -> OkHttpWork.stream(paced + Payload.CHAT_PATH);
      default -> throw new IllegalArgumentException("no case is called " + name);
    };
  }

  private String bytes() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream jdk = JdkWork.body(llm + Payload.CHAT_PATH);
        InputStream okhttp = OkHttpWork.body(llm + Payload.CHAT_PATH)) {
      digest.update(jdk.readAllBytes());
      digest.update(okhttp.readAllBytes());
    }
    return "BYTES " + HexFormat.of().formatHex(digest.digest());
  }
}
