// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.ResponseExtractor;
import org.springframework.web.client.RestTemplate;

/** {@code RestTemplate} over the JDK's client. */
public final class RestTemplateJdkClient extends RestClientJdkClient {

  @Override
  <T> T send(ClientHttpRequestFactory through, Call call, ResponseExtractor<T> read) {
    RestTemplate template = new RestTemplate(through);
    template.setErrorHandler(response -> false);
    HttpMethod method = call.body() == null ? HttpMethod.GET : HttpMethod.POST;
    return template.execute(call.url(), method, request -> write(call, request), read);
  }

  private static void write(Call call, ClientHttpRequest request) throws IOException {
    request.getHeaders().set("Authorization", "Bearer sk-app");
    if (call.body() == null) {
      return;
    }
    request.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    switch (call.framing()) {
      case FIXED -> {
        request.getHeaders().setContentLength(call.body().length);
        StreamUtils.copy(call.body(), request.getBody());
      }
      case CHUNKED -> StreamUtils.copy(call.body(), request.getBody());
      case ONE_SHOT ->
          ((StreamingHttpOutputMessage) request)
              .setBody(out -> new ByteArrayInputStream(call.body()).transferTo(out));
    }
  }
}
