// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.spring.restclient.SpringRestClientBuilder;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import org.springframework.web.client.ResourceAccessException;

/** The module {@code langchain4j-http-client-spring-restclient}, with the factory it chooses. */
public final class LangChainSpringClient extends LangChainClient {

  /** The module puts a request factory of its own into every {@code RestClient}: no proxy. */
  @Override
  HttpClient build(Call call) {
    if (call.proxy() != 0) {
      throw new UnsupportedOperationException("proxy");
    }
    SpringRestClientBuilder builder = new SpringRestClientBuilder();
    return call.timeout() == null ? builder.build() : builder.readTimeout(call.timeout()).build();
  }

  /** What is in Spring's exception names the URL as well, which is another one for a redirect. */
  @Override
  public Reply call(Call call) throws Exception {
    try {
      return super.call(call);
    } catch (RuntimeException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof ResourceAccessException) {
          if (cause.getCause() instanceof HttpTimeoutException) {
            // Its message tells whether Spring or the JDK was first, which is chance.
            throw new HttpTimeoutException(e.getClass().getName());
          }
          throw new IOException(e.getClass().getName(), cause.getCause());
        }
      }
      throw e;
    }
  }
}
