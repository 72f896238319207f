// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import io.headgate.client.BlockingCall;
import io.headgate.client.Outcome;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;

/**
 * What {@code RestClient} and {@code RestTemplate} write a request into and execute. The factory's
 * own request is sent if nothing says otherwise.
 *
 * <p>A body is written twice: once on the app's thread, to be captured, and once to be sent. One
 * that says it is too large to be captured goes out as the app writes it.
 */
final class GatewayRequestOfFactory extends AbstractClientHttpRequest
    implements StreamingHttpOutputMessage {

  private final Engine engine;
  private final ClientHttpRequestFactory factory;
  private final ClientHttpRequest own;
  private @Nullable Body body;
  private @Nullable ByteArrayOutputStream stream;

  GatewayRequestOfFactory(Engine engine, ClientHttpRequestFactory factory, ClientHttpRequest own) {
    this.engine = engine;
    this.factory = factory;
    this.own = own;
  }

  @Override
  public HttpMethod getMethod() {
    return own.getMethod();
  }

  @Override
  public URI getURI() {
    return own.getURI();
  }

  @Override
  protected OutputStream getBodyInternal(HttpHeaders headers) {
    if (body != null) {
      throw new IllegalStateException("Invoke either getBody or setBody; not both");
    }
    if (stream == null) {
      stream = new ByteArrayOutputStream(1024);
    }
    return stream;
  }

  @Override
  public void setBody(Body newBody) {
    assertNotExecuted();
    if (stream != null) {
      throw new IllegalStateException("Invoke either getBody or setBody; not both");
    }
    body = newBody;
  }

  @Override
  protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
    Body written = body;
    ByteArrayOutputStream known = stream;
    if (written == null && known != null) {
      written = known::writeTo;
    }
    if (!SpringAdapter.on() || Ingress.bypassed()) {
      return original(headers, written);
    }
    if (written == null) {
      return execute(headers, RequestBody.NONE, null);
    }
    if (headers.getContentLength() > RequestBody.CAPTURE_LIMIT) {
      return execute(headers, RequestBody.OPAQUE, written);
    }
    if (known != null) {
      return execute(
          headers,
          known.size() > RequestBody.CAPTURE_LIMIT
              ? RequestBody.OPAQUE
              : RequestBody.of(known.toByteArray()),
          written);
    }
    try (WrittenBody taken = WrittenBody.of(written)) {
      return execute(headers, taken.captured(), taken.whole());
    }
  }

  /** As if we were not there. */
  private ClientHttpResponse original(HttpHeaders headers, @Nullable Body written)
      throws IOException {
    headers.forEach((name, values) -> values.forEach(value -> own.getHeaders().add(name, value)));
    if (written != null) {
      ((StreamingHttpOutputMessage) own).setBody(written);
    }
    return own.execute();
  }

  /**
   * @param written whole, and as often as the client likes; null if there is none
   */
  private ClientHttpResponse execute(
      HttpHeaders headers, RequestBody captured, @Nullable Body written) throws IOException {
    GatewayRequest asked =
        new GatewayRequest(getMethod().name(), getURI(), Fields.of(headers), captured);
    BlockingSender sender = new BlockingSender(engine, factory, own, asked, written);
    BlockingCall<ClientHttpResponse> call = new BlockingCall<>(asked, SpringAdapter.here(), sender);
    try {
      Outcome<ClientHttpResponse> outcome = call.run();
      return new BlockingAnswer(outcome, call);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
