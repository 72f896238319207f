// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Keeps OkHttp from repeating an attempt's request of its own accord: after a connection that broke
 * with the request on it, after a 408, and after a 503 with {@code Retry-After: 0}. Whether to
 * repeat is for whoever made the attempt to say, and to count. OkHttp repeats no body that can be
 * written only once, and asks for that when it is about to; so the body says so then, and only
 * then. What goes on as ever: trying the next address or connection as long as nothing was sent,
 * the app's authenticator, redirects. A request without a body cannot say anything; OkHttp may
 * repeat it, which by then is a GET on a broken connection.
 *
 * <p>As a network interceptor it sees each request go out, and what came of it. For one attempt.
 */
final class SentOnce implements Interceptor {

  /** A request went out, and nothing came back yet that is to be followed. */
  private volatile boolean over;

  /** The request with a body that knows when it has gone out. */
  Request watched(Request request) {
    RequestBody body = request.body();
    return body == null
        ? request
        : request.newBuilder().method(request.method(), new Body(body)).build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    over = true;
    Response response = chain.proceed(chain.request());
    over = response.code() == 408 || response.code() == 503;
    return response;
  }

  @Override
  public String toString() {
    return "Headgate attempt";
  }

  private final class Body extends RequestBody {
    private final RequestBody original;

    Body(RequestBody original) {
      this.original = original;
    }

    @Override
    public @Nullable MediaType contentType() {
      return original.contentType();
    }

    @Override
    public long contentLength() throws IOException {
      return original.contentLength();
    }

    @Override
    public boolean isOneShot() {
      return over || original.isOneShot();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      original.writeTo(sink);
    }
  }
}
