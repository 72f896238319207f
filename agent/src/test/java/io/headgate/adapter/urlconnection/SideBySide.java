// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headgate.gateway.Ingress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

/** Plays one script on a plain connection and on ours: same bytes out, same results back. */
final class SideBySide {

  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n"
          + "6\r\ndata: \r\n5\r\nhello\r\n0\r\n\r\n";

  private SideBySide() {}

  /** A server with all kinds of answers. */
  static RawServer answering() throws IOException {
    return new RawServer()
        .answer("/ok", reply("200 OK", "X-Twice: a\r\nX-Twice: b\r\nX-Number: 42", "fine"))
        .answer("/404", reply("404 Not Found", "", "no such model"))
        .answer("/410", reply("410 Gone", "", "gone"))
        .answer("/500", reply("500 Oops", "X-Number: x", "broken"))
        .answer("/429", reply("429 Too Many Requests", "Retry-After: 1", "slow down"))
        .answer("/401", reply("401 Unauthorized", "", "who"))
        .answer("/503", reply("503 Unavailable", "", ""))
        .answer("/empty", reply("200 OK", "", ""))
        .answer("/204", "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")
        .answer("/304", "HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n")
        .answer("/chunked", CHUNKED)
        .answer("/old", "HTTP/1.0 200\r\n\r\nuntil the end")
        .answer("/odd", "HTTP/1.1 200 OK\r\nNo-Colon\r\n: nameless\r\nX-Number: 1\r\n\r\nodd")
        .answer("/short", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\na")
        .answer("/noise", "what\r\nContent-Length: 0\r\n\r\n")
        .answer("/302", reply("302 Found", "Location: /ok", "moved"))
        .answer("/307", reply("307 Temporary", "Location: /ok", "moved"))
        .answer("/loop", reply("302 Found", "Location: /loop", "x"))
        .answer("/reset", RawServer.RESET)
        .answer("/silence", RawServer.SILENCE)
        .answer("/gzip", gzip("packed"))
        .answer(
            "/dates",
            reply(
                "200 OK",
                "Date: Sat, 21 Nov 2026 00:00:00 GMT\r\nLast-Modified: Sat, 21 Nov 2026 00:00:00\r\n"
                    + "Expires: never\r\nSet-Cookie: a=b; HttpOnly",
                "d"));
  }

  static String reply(String status, String fields, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + (fields.isEmpty() ? "" : fields + "\r\n")
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return reply("200 OK", "Content-Encoding: gzip", bytes.toString(StandardCharsets.ISO_8859_1));
  }

  static HttpURLConnection ours(URL url) throws IOException {
    return (HttpURLConnection)
        OpenConnectionAdvice.wrap(url.openConnection(), null, new LostBodies());
  }

  static List<String> same(String path, Transcript.Script script) throws Exception {
    return same(base -> URI.create(base + path).toURL(), script);
  }

  /** Where to go on a server at that base. */
  interface Place {
    URL at(String base) throws IOException;
  }

  /** What is sent, in both cases. */
  static List<String> same(Place place, Transcript.Script script) throws Exception {
    List<Doors> doors =
        List.of(
            Doors.watching(),
            Doors.watching().staying(),
            new Doors((request, upstream) -> upstream.send(request).thenApply(r -> r)),
            new Doors(
                (request, upstream) -> {
                  throw new IllegalStateException("before");
                }),
            new Doors(
                (request, upstream) -> {
                  upstream.send(request);
                  throw new StackOverflowError("after");
                }),
            new Doors(
                (request, upstream) -> CompletableFuture.failedFuture(new LinkageError("async"))),
            new Doors(
                (request, upstream) ->
                    upstream
                        .send(request)
                        .handle(
                            (response, failure) -> {
                              throw new IllegalArgumentException("late");
                            })));
    List<String> sent = same(place, script, doors);
    for (Doors door : doors.subList(0, 3)) {
      assertThat(door.faults).isEmpty();
    }
    return sent;
  }

  /** Behind each of these doors. */
  static List<String> same(Place place, Transcript.Script script, List<Doors> doors)
      throws Exception {
    Ingress.install(null);
    List<String> sent = new ArrayList<>();
    List<String> expected =
        play(url -> (HttpURLConnection) url.openConnection(), place, script, sent);
    for (Doors door : doors) {
      door.open();
      List<String> ours = new ArrayList<>();
      assertThat(play(SideBySide::ours, place, script, ours)).isEqualTo(expected);
      assertThat(ours).isEqualTo(sent);
    }
    return sent;
  }

  /** What makes the connection. */
  interface Opener {
    HttpURLConnection open(URL url) throws IOException;
  }

  /**
   * Each on a server of its own: the JDK's pool carries closed connections from one use to the
   * next.
   */
  private static List<String> play(
      Opener opener, Place place, Transcript.Script script, List<String> sent) throws Exception {
    try (RawServer own = answering()) {
      String port = ":" + own.port();
      List<String> told = new ArrayList<>();
      URL url = place.at(own.base());
      for (String line : Transcript.of(opener.open(url), script)) {
        told.add(line.replace(port, ":PORT").replace("localhost/", "/"));
      }
      if (url.getPath().equals("/silence")) {
        // The app has not waited for the server, which may be reading yet.
        await().until(() -> !own.requests().isEmpty());
      }
      for (String request : own.requests()) {
        sent.add(request.replace(port, ":PORT"));
      }
      return told;
    }
  }
}
