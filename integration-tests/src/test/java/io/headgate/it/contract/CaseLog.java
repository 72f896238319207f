// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.WireRequest;
import io.headgate.it.contract.Client.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prints what an app and a server saw of each case, a line each, so that the lines of two runs can
 * be compared: no ports, no times, nothing that is chance.
 */
final class CaseLog {

  private final String client;
  private final ScriptedServer server;

  CaseLog(String client, ScriptedServer server) {
    this.client = client;
    this.server = server;
  }

  /** A case and what is to be said of it. */
  interface Case {
    Reply run() throws Exception;
  }

  /** Runs a case; what it returns or throws, and every request that the server got. */
  void report(String what, Case test) {
    server.seen.clear();
    try {
      print(what, describe(test.run()));
    } catch (Exception e) {
      print(what, describe(e));
    }
    requests(what, server);
  }

  /** Every request that a server got since it was last asked. */
  void requests(String what, ScriptedServer from) {
    List<WireRequest> seen = new ArrayList<>();
    from.seen.drainTo(seen);
    for (WireRequest request : seen) {
      print(what + " request", describe(request));
    }
  }

  private String describe(WireRequest request) {
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.replaceAll((name, value) -> value.replace(String.valueOf(server.port()), "PORT"));
    if (headers.remove("http2-settings") != null) {
      // The JDK's client offers HTTP/2 on a plain connection, but not on one that was to be TLS.
      headers.remove("upgrade");
      headers.remove("connection");
    }
    String line = request.line().replaceAll(":" + server.port() + "(?=[/ ])", ":PORT");
    return line + " " + headers + " " + request.framing() + " " + digest(request.body());
  }

  /** Of an answer that was never on a wire: without what tells of the wire. */
  static String describeUnframed(Reply reply) {
    List<String> framing = List.of("content-length", "transfer-encoding");
    Map<String, List<String>> headers = new TreeMap<>(reply.headers());
    headers.keySet().removeIf(name -> framing.contains(name.toLowerCase(Locale.ROOT)));
    return describe(new Reply(reply.status(), headers, reply.body()));
  }

  static String describe(Reply reply) {
    Map<String, List<String>> headers = new TreeMap<>();
    reply
        .headers()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), sorted(values)));
    if (Boolean.getBoolean("probe.acting")) {
      // A configuration that acts adds these to answers.
      headers.keySet().removeIf(name -> name.startsWith("x-headgate-"));
    }
    return reply.status() + " " + headers + " " + digest(reply.body());
  }

  private static List<String> sorted(List<String> values) {
    List<String> copy = new ArrayList<>(values);
    Collections.sort(copy);
    return copy;
  }

  String describe(Exception e) {
    StringBuilder text = new StringBuilder();
    String above = "";
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SocketTimeoutException) {
        // Two timers of OkHttp's run for the same time; which of them is first is chance.
        text.append(t.getClass().getName());
        break;
      }
      String line = t.getClass().getName() + ": " + message(t) + "; ";
      if (!line.equals(above)) {
        // The JDK and Kotlin's coroutines copy what crosses threads; how often is chance.
        text.append(line);
      }
      above = line;
      if (t instanceof HttpTimeoutException) {
        // The JDK's has a cause if the closed connection was noticed first.
        break;
      }
    }
    return text.toString().replace(String.valueOf(server.port()), "PORT");
  }

  /** The JDK's stream says "closed" or what its cause says, whichever of two threads is first. */
  private static String message(Throwable t) {
    Throwable cause = t.getCause();
    boolean chance = cause instanceof IOException && "closed".equals(t.getMessage());
    String message = chance ? cause.getMessage() : t.getMessage();
    // The AWS SDK adds the state of its channel.
    int channel = message == null ? -1 : message.indexOf(" Channel Information: ");
    return channel < 0 ? message : message.substring(0, channel);
  }

  private static String digest(byte[] bytes) {
    try {
      return bytes.length
          + ":"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void print(String test, Object outcome) {
    System.out.println("CASE " + client + ": " + test + "\t" + outcome);
    Stalls.progress();
  }
}
