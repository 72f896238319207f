// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.adapter.jdk.SendAdvice;
import io.headgate.adapter.okhttp.CallAdvice;
import io.headgate.adapter.okhttp.InterceptorsAdvice;
import io.headgate.adapter.urlconnection.OpenConnectionAdvice;
import io.headgate.config.Config;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a call to a host that is none of ours is asked, by each client's advice with the real host
 * table behind it. Every call of the application pays this; it must allocate nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PassThroughBenchmark {

  private final HttpClient jdk = HttpClient.newHttpClient();
  private final HttpRequest jdkRequest =
      HttpRequest.newBuilder(URI.create("https://tickets.example.com/v1/tickets")).build();
  private final BodyHandler<String> jdkHandler = BodyHandlers.ofString();
  private final OkHttpClient okhttp = new OkHttpClient();
  private final Call okhttpCall =
      okhttp.newCall(new Request.Builder().url("https://tickets.example.com/v1/tickets").build());
  private final List<Interceptor> okhttpInterceptors = List.of();
  private final String host = "tickets.example.com";
  private URL url;
  private URLConnection connection;

  @Setup
  public void open() throws IOException {
    FrontDoor door = new FrontDoor(new FaultLog(System::nanoTime, false));
    door.use(Config.OBSERVE_ONLY);
    Ingress.install(door);
    url = new URL("https://tickets.example.com/v1/tickets");
    connection = url.openConnection();
  }

  /** The question itself. */
  @Benchmark
  public boolean handles() {
    return Ingress.handles(host, -1);
  }

  @Benchmark
  public Object jdkSend() {
    return SendAdvice.exit(SendAdvice.enter(jdk, jdkRequest, jdkHandler));
  }

  @Benchmark
  public Object okhttpExecute() {
    Object entered = CallAdvice.enter(okhttpCall);
    try {
      return InterceptorsAdvice.exit(okhttp, okhttpInterceptors);
    } finally {
      CallAdvice.exit(entered);
    }
  }

  @Benchmark
  public Object urlOpenConnection() {
    return OpenConnectionAdvice.exit(url, null, connection);
  }
}
