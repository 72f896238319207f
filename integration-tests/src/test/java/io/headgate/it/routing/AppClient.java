// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.routing;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The ways an app may post JSON, each with a client that is made once. */
public enum AppClient {
  JDK_SEND {
    @Override
    public Answer post(String url, Map<String, String> headers, String body) throws Exception {
      return answer(Jdk.CLIENT.send(request(url, headers, body), lines()));
    }
  },
  JDK_ASYNC {
    @Override
    public Answer post(String url, Map<String, String> headers, String body) throws Exception {
      return answer(Jdk.CLIENT.sendAsync(request(url, headers, body), lines()).get());
    }
  },
  OKHTTP_EXECUTE {
    @Override
    public Answer post(String url, Map<String, String> headers, String body) throws Exception {
      try (Response response = Ok.CLIENT.newCall(okRequest(url, headers, body)).execute()) {
        return answer(response);
      }
    }
  },
  OKHTTP_ENQUEUE {
    @Override
    public Answer post(String url, Map<String, String> headers, String body) throws Exception {
      CompletableFuture<Answer> answer = new CompletableFuture<>();
      Ok.CLIENT.newCall(okRequest(url, headers, body)).enqueue(new Completing(answer));
      return answer.get();
    }
  },
  URL_CONNECTION {
    @Override
    public Answer post(String url, Map<String, String> headers, String body) throws Exception {
      HttpURLConnection connection = (HttpURLConnection) new URL(url).openConnection();
      connection.setDoOutput(true);
      connection.setRequestProperty("content-type", "application/json");
      headers.forEach(connection::setRequestProperty);
      connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
      int status = connection.getResponseCode();
      Map<String, String> fields = new TreeMap<>();
      connection
          .getHeaderFields()
          .forEach(
              (name, values) -> {
                if (name != null) {
                  fields.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
                }
              });
      try (InputStream in =
          status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
        return new Answer(status, fields, new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  };

  /**
   * An answer, read to its end.
   *
   * @param headers names in lower case
   */
  public record Answer(int status, Map<String, String> headers, String body) {
    /** Our fields, as {@link Out#ours} has them, after the status. */
    public String ours() {
      return (status + " " + Out.ours(headers)).strip();
    }
  }

  /** Posts JSON and reads all of the answer. */
  public abstract Answer post(String url, Map<String, String> headers, String body)
      throws Exception;

  private static final class Jdk {
    static final HttpClient CLIENT = HttpClient.newHttpClient();
  }

  private static final class Ok {
    static final OkHttpClient CLIENT = new OkHttpClient();
  }

  private static HttpRequest request(String url, Map<String, String> headers, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    headers.forEach(request::header);
    return request.build();
  }

  private static HttpResponse.BodyHandler<Stream<String>> lines() {
    return HttpResponse.BodyHandlers.ofLines();
  }

  private static Answer answer(HttpResponse<Stream<String>> response) {
    Map<String, String> fields = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> fields.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    return new Answer(
        response.statusCode(), fields, response.body().collect(Collectors.joining("\n")));
  }

  private static Request okRequest(String url, Map<String, String> headers, String body) {
    Request.Builder request =
        new Request.Builder()
            .url(url)
            .post(RequestBody.create(body, MediaType.get("application/json")));
    headers.forEach(request::header);
    return request.build();
  }

  private static Answer answer(Response response) throws IOException {
    Map<String, String> fields = new TreeMap<>();
    response
        .headers()
        .forEach(field -> fields.put(field.getFirst().toLowerCase(Locale.ROOT), field.getSecond()));
    return new Answer(response.code(), fields, response.body().string());
  }

  private record Completing(CompletableFuture<Answer> answer) implements Callback {
    @Override
    public void onFailure(okhttp3.Call call, IOException e) {
      answer.completeExceptionally(e);
    }

    @Override
    public void onResponse(okhttp3.Call call, Response response) {
      try (response) {
        answer.complete(AppClient.answer(response));
      } catch (IOException e) {
        answer.completeExceptionally(e);
      }
    }
  }
}
