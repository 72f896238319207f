// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in for the LLM hosts, on loopback: OpenAI, Anthropic, Gemini and Vertex, Cohere, Ollama,
 * Bedrock.
 *
 * <p>It answers at the real paths, whatever stands before them, strictly enough for the real SDKs:
 * requests that the real host would refuse are refused as it does. Answers and token counts follow
 * from the request alone ({@link Tokens}), except that a first text of 1024 tokens or more is
 * cached once it was sent. A stream's events are flushed one by one. HTTP/1.1 only.
 *
 * <p>Without a script a request gets what it asks for natively: the tool it forces, JSON that fits
 * its schema, a text cut at its stop sequences; else words that repeat the tools' results, the
 * media ({@code I see image/png 9f86d081.}, the beginning of the bytes' SHA-256, or a URL) or the
 * last text.
 *
 * <p>An answer can be bent by switches joined with semicolons in the header {@code x-standin}, by
 * {@code [[standin:...]]} anywhere in the body, by {@link #next} or for all requests by {@link
 * #start(int, String)}; the header wins over the body, the body over {@code next}.
 *
 * <ul>
 *   <li>{@code status=429}: refuses in the host's own form; with {@code retry-after=2}, {@code
 *       retry-after-ms=5}, {@code should-retry=false}
 *   <li>{@code header=name:value}: adds a header, repeatable
 *   <li>{@code delay-ms=50} before the status line, {@code chunk-delay-ms=5} between events
 *   <li>{@code hang}: nothing is ever answered; {@code hang-after=3}: falls silent after 3 events
 *   <li>{@code cut-after=3}: breaks the connection after 3 events, or 3 bytes of a whole answer
 *   <li>{@code error-after=2}: an error event after 2 events ends the stream
 *   <li>{@code gzip}; {@code crlf} line ends in a stream; {@code split=7}: 7 bytes at a time
 *   <li>{@code html}, {@code empty}, {@code malformed}, {@code nested=9000}: bodies that are not
 *       what they should be; combine with {@code status}
 *   <li>{@code size=50MB}: length of the answer's text; {@code answer=text}: the answer itself
 *   <li>{@code no-usage}; {@code cached=N}, {@code cache-write=N}, {@code reasoning=N}: tokens;
 *       {@code model=name}: the model that answers
 *   <li>{@code tool=name,other()}: the model calls these tools, {@code ()} without arguments and
 *       {@code #1} the first declared, until a tool's result is in the conversation
 *   <li>{@code thinks} or {@code thinks=text}: thoughts, if the request asks to be shown them
 *   <li>{@code ends=length}, {@code ends=filter}, {@code ends=refusal}
 * </ul>
 */
public final class StandIn implements AutoCloseable {

  private static final int MOST_RECORDED = 10_000;

  static {
    // Without it the kernel holds back each small event until the one before is acknowledged.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final List<Surface> surfaces =
      List.of(
          new Gemini(),
          new Bedrock(),
          new Anthropic(),
          new OpenAiChat(),
          new OpenAiResponses(),
          new Ollama(),
          new Cohere(),
          new OpenAiOthers());
  private final ConcurrentLinkedDeque<Recorded> requests = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedQueue<String> nextScripts = new ConcurrentLinkedQueue<>();
  private final AtomicLong answered = new AtomicLong();
  private final PromptCache cache = new PromptCache();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReplyWriter writer = new ReplyWriter(closed);
  private final String script;
  private final HttpServer server;
  private final ExecutorService threads;

  private StandIn(int port, String script) throws IOException {
    this.script = script;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "standin");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts on a free port. */
  public static StandIn start() throws IOException {
    return start(0, "");
  }

  /**
   * Starts on a port, 0 for a free one.
   *
   * @param script switches for every request, see above; may be empty
   */
  public static StandIn start(int port, String script) throws IOException {
    StandIn standIn = new StandIn(port, script);
    standIn.server.setExecutor(standIn.threads);
    standIn.server.createContext("/", standIn::handle);
    standIn.server.start();
    return standIn;
  }

  /** Runs until the process is ended: {@code StandIn PORT [SCRIPT]}. */
  public static void main(String[] args) throws Exception {
    StandIn standIn =
        start(args.length > 0 ? Integer.parseInt(args[0]) : 8099, args.length > 1 ? args[1] : "");
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println("stand-in for LLM hosts at " + standIn.url(""));
    standIn.closed.await();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** {@code http://127.0.0.1:PORT} and the path, which starts with a slash or is empty. */
  public String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** {@link #url} as a URI. */
  public URI uri(String path) {
    return URI.create(url(path));
  }

  /** Scripts for the next requests, one each, in the order they arrive. */
  public void next(String... scripts) {
    nextScripts.addAll(List.of(scripts));
  }

  /** What arrived so far, in order; the last 10 000. A request is here before it is answered. */
  public List<Recorded> requests() {
    return List.copyOf(requests);
  }

  /** The last request. Throws if there was none. */
  public Recorded lastRequest() {
    return requests.getLast();
  }

  /** Forgets the requests and the scripts for the next ones. */
  public void clear() {
    requests.clear();
    nextScripts.clear();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Recorded request = record(exchange);
    Surface surface = surface(request.path());
    Reply reply;
    Script scripted = Script.NONE;
    try {
      scripted =
          Script.parse(
              script, nextScripts.poll(), Script.inBody(request), request.header("x-standin"));
      reply = Bend.apply(reply(request, surface, scripted), scripted, surface);
    } catch (Refusal refusal) {
      reply = surface.refuse(refusal);
    } catch (RuntimeException e) {
      // A test that asks for nonsense, or a fault of ours: seen by whoever reads the answer.
      reply = Reply.json(500, Json.object("error", Json.object("message", e.toString())));
    }
    writer.write(exchange, reply, scripted);
  }

  private Reply reply(Recorded request, Surface surface, Script scripted) {
    try {
      if (scripted.has("status") && scripted.number("status", 200) >= 300) {
        throw Refusal.scripted(scripted.number("status", 500));
      }
      if (!surface.handles(request.path())) {
        throw new Refusal(
            404, "Unknown request URL: " + request.method() + " " + request.path() + ".");
      }
      if (!surface.authorized(request)) {
        throw Refusal.scripted(401);
      }
      JsonNode body = request.json();
      if (body.isMissingNode() && !request.method().equals("GET")) {
        throw new Refusal(400, "We could not parse the JSON body of your request.");
      }
      long number = answered.incrementAndGet();
      return surface.answer(Call.of(request, body, scripted, cache, number));
    } catch (Refusal refusal) {
      return surface.refuse(refusal);
    }
  }

  /** The last surface stands for the others at a path of nobody's. */
  private Surface surface(String path) {
    for (Surface surface : surfaces) {
      if (surface.handles(path)) {
        return surface;
      }
    }
    return surfaces.get(surfaces.size() - 1);
  }

  private Recorded record(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(values)));
    Recorded request =
        new Recorded(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            headers,
            exchange.getRequestBody().readAllBytes());
    requests.add(request);
    if (requests.size() > MOST_RECORDED) {
      requests.poll();
    }
    return request;
  }
}
