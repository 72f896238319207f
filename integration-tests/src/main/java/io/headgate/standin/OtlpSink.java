// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Receives OTLP over HTTP/protobuf on loopback, traces and metrics, gzipped or not, and keeps what
 * it got for a test to look at. May pass every message on to a real collector, byte for byte.
 *
 * <p>A message is kept, then passed on, then confirmed to the exporter: once an exporter was
 * flushed, all it sent is here and there.
 */
public final class OtlpSink implements AutoCloseable {

  private static final String PROTOBUF = "application/x-protobuf";

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final List<SpanRecord> spans = new ArrayList<>();
  private final List<MetricPoint> points = new ArrayList<>();
  private final HttpServer server;
  private final ExecutorService threads;
  private final @Nullable OtlpForwarder forwarder;

  private OtlpSink(@Nullable OtlpForwarder forwarder) throws IOException {
    this.forwarder = forwarder;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "otlp-sink");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts on a free port. */
  public static OtlpSink start() throws IOException {
    return start(null);
  }

  /**
   * Starts on a free port.
   *
   * @param collector base URL to pass everything on to ({@code /v1/traces} is appended), or null
   */
  public static OtlpSink start(@Nullable URI collector) throws IOException {
    OtlpSink sink = new OtlpSink(collector == null ? null : new OtlpForwarder(collector));
    sink.server.setExecutor(sink.threads);
    sink.server.createContext("/", sink::handle);
    sink.server.start();
    return sink;
  }

  /** The value for {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** What came so far, in the order it came. */
  public List<SpanRecord> spans() {
    lock.lock();
    try {
      return List.copyOf(spans);
    } finally {
      lock.unlock();
    }
  }

  /** Metric points so far; a metric exported twice is here twice. */
  public List<MetricPoint> metrics() {
    lock.lock();
    try {
      return List.copyOf(points);
    } finally {
      lock.unlock();
    }
  }

  /** Points of one metric. */
  public List<MetricPoint> metrics(String name) {
    return metrics().stream().filter(point -> point.name().equals(name)).toList();
  }

  /** Waits until there are {@code count} spans; returns those there are when the time is over. */
  public List<SpanRecord> awaitSpans(int count, Duration atMost) {
    return awaitSpans(span -> true, count, atMost);
  }

  /** Waits until {@code count} spans are of the wanted sort; returns those of that sort. */
  public List<SpanRecord> awaitSpans(Predicate<SpanRecord> wanted, int count, Duration atMost) {
    return await(spans, wanted, count, atMost);
  }

  /** Waits until there is a point of the metric; empty when the time is over. */
  public List<MetricPoint> awaitMetric(String name, Duration atMost) {
    return await(points, point -> point.name().equals(name), 1, atMost);
  }

  private <T> List<T> await(List<T> all, Predicate<T> wanted, int count, Duration atMost) {
    long left = atMost.toNanos();
    lock.lock();
    try {
      List<T> found = all.stream().filter(wanted).toList();
      while (found.size() < count && left > 0) {
        left = arrived.awaitNanos(left);
        found = all.stream().filter(wanted).toList();
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  /** Messages a collector took so far. */
  public int forwarded() {
    return forwarder == null ? 0 : forwarder.delivered();
  }

  /** Forgets what came. */
  public void clear() {
    lock.lock();
    try {
      spans.clear();
      points.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    try {
      // Lets a message on its way to the collector arrive.
      if (!threads.awaitTermination(2, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] sent = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("content-type"));
    int status = type.startsWith(PROTOBUF) ? keep(path, decoded(exchange, sent)) : 415;
    if (status == 200 && forwarder != null) {
      forwarder.forward(path, exchange.getRequestHeaders(), sent);
    }
    exchange.getResponseHeaders().set("content-type", PROTOBUF);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private static byte[] decoded(HttpExchange exchange, byte[] sent) throws IOException {
    if (!"gzip".equals(exchange.getRequestHeaders().getFirst("content-encoding"))) {
      return sent;
    }
    try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(sent))) {
      return plain.readAllBytes();
    }
  }

  private int keep(String path, byte[] message) {
    lock.lock();
    try {
      switch (path) {
        case "/v1/traces" -> spans.addAll(OtlpReader.spans(message));
        case "/v1/metrics" -> points.addAll(OtlpReader.metrics(message));
        default -> {
          return 404;
        }
      }
      arrived.signalAll();
      return 200;
    } catch (InvalidProtocolBufferException e) {
      return 400;
    } finally {
      lock.unlock();
    }
  }
}
