// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** An app that traces itself with an OpenTelemetry SDK of its own, which exports to nobody. */
final class TracedProbe {

  static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  static final String PARENT = "b7ad6b7169203331";

  private static final URI URL = URI.create("https://api.openai.com/v1/chat/completions");
  private static final String BEARER = "Bearer " + Said.KEY + "openai";
  private static final String BODY =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private final Tracer tracer = SdkTracerProvider.builder().build().get("app");
  private final HttpClient jdk = HttpClient.newHttpClient();
  private final OkHttpClient okhttp = new OkHttpClient();

  public static void main(String[] args) {
    new TracedProbe().run();
    System.exit(0);
  }

  private void run() {
    inSpan("jdk send", () -> jdk.send(request().build(), BodyHandlers.ofString()).statusCode());
    inSpan(
        "jdk sendAsync",
        () -> jdk.sendAsync(request().build(), BodyHandlers.ofString()).get().statusCode());
    inSpan("okhttp execute", () -> status(okhttp.newCall(okHttpRequest()).execute()));
    inSpan("okhttp enqueue", () -> status(enqueued()));
    inSpan("urlconnection", TracedProbe::urlConnection);
    Said.call(
        "traceparent",
        () -> {
          HttpRequest request =
              request().header("traceparent", "00-" + TRACE + "-" + PARENT + "-01").build();
          return "" + jdk.send(request, BodyHandlers.ofString()).statusCode();
        });
    Said.call(
        "neither", () -> "" + jdk.send(request().build(), BodyHandlers.ofString()).statusCode());
  }

  private interface Work {
    int status() throws Exception;
  }

  /** Tells the status, and where the call belongs. */
  private void inSpan(String name, Work work) {
    Said.call(
        name,
        () -> {
          Span span = tracer.spanBuilder("work").startSpan();
          SpanContext context = span.getSpanContext();
          try (Scope current = span.makeCurrent()) {
            return work.status() + " " + context.getTraceId() + " " + context.getSpanId();
          } finally {
            span.end();
          }
        });
  }

  private static HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URL)
        .header("authorization", BEARER)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(BODY));
  }

  private static Request okHttpRequest() {
    return new Request.Builder()
        .url(URL.toString())
        .header("authorization", BEARER)
        .post(RequestBody.create(BODY, MediaType.get("application/json")))
        .build();
  }

  private Response enqueued() throws Exception {
    CompletableFuture<Response> answer = new CompletableFuture<>();
    okhttp
        .newCall(okHttpRequest())
        .enqueue(
            new Callback() {
              @Override
              public void onResponse(Call call, Response response) {
                answer.complete(response);
              }

              @Override
              public void onFailure(Call call, IOException failure) {
                answer.completeExceptionally(failure);
              }
            });
    return answer.get();
  }

  private static int status(Response response) throws IOException {
    try (response) {
      response.body().bytes();
      return response.code();
    }
  }

  private static int urlConnection() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) URL.toURL().openConnection();
    connection.setRequestProperty("authorization", BEARER);
    connection.setRequestProperty("content-type", "application/json");
    connection.setDoOutput(true);
    connection.getOutputStream().write(BODY.getBytes(StandardCharsets.UTF_8));
    connection.getInputStream().readAllBytes();
    return connection.getResponseCode();
  }
}
