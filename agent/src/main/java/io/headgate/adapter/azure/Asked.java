// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.BinaryData;
import io.headgate.client.Unsent;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Origin;
import io.headgate.gateway.RequestBody;
import java.net.MalformedURLException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of the app: as the gateway sees it, and as the client sends it. */
final class Asked {

  private final HttpRequest own;
  private final GatewayRequest request;

  /** What the client gets for the request as it was asked for. */
  private final HttpRequest unchanged;

  /**
   * @param body as {@link BodyReading} has it
   */
  Asked(HttpRequest own, RequestBody body) {
    this.own = own;
    HttpRequest sent = own;
    BinaryData data = own.getBodyAsBinaryData();
    if (data != null && !body.opaque() && !data.isReplayable()) {
      // It was read, and there is no other way to read it again. The app's request stays its own.
      sent = own.copy();
      HttpHeaders headers = new HttpHeaders(sent.getHeaders());
      sent.setBody(BinaryData.fromBytes(body.bytes()));
      sent.setHeaders(headers);
    }
    this.unchanged = sent;
    this.request =
        new GatewayRequest(
            own.getHttpMethod().toString(),
            URI.create(own.getUrl().toString()),
            headers(own.getHeaders()),
            body);
  }

  /** Whether it says all that a request is made of; otherwise the client throws something. */
  static boolean complete(HttpRequest request) {
    return request.getHttpMethod() != null && request.getHeaders() != null;
  }

  GatewayRequest request() {
    return request;
  }

  /** The very request that the app made. */
  HttpRequest own() {
    return own;
  }

  /**
   * What the client is to send.
   *
   * @param changed whether the gateway says something that the app did not
   * @param foreign whether it leads to another origin than the app chose
   */
  record Sent(HttpRequest request, boolean changed, boolean foreign) {}

  /**
   * What the client is to send.
   *
   * @throws Unsent if there is no such request
   */
  Sent toSend(GatewayRequest wanted) {
    if (wanted == request) {
      return new Sent(unchanged, false, false);
    }
    try {
      return new Sent(changed(wanted), true, foreign(wanted.uri()));
    } catch (MalformedURLException | RuntimeException e) {
      throw new Unsent(e);
    }
  }

  private HttpRequest changed(GatewayRequest wanted) throws MalformedURLException {
    HttpRequest changed = unchanged.copy();
    if (!wanted.uri().equals(request.uri())) {
      changed.setUrl(wanted.uri().toURL());
    }
    if (!wanted.method().equals(request.method())) {
      changed.setHttpMethod(HttpMethod.valueOf(wanted.method()));
    }
    HttpHeaders headers = new HttpHeaders();
    boolean elsewhere = !sameHost(wanted.uri());
    wanted
        .headers()
        .forEach(
            (name, value) -> {
              if (!elsewhere || !name.equalsIgnoreCase("Host")) {
                headers.add(HttpHeaderName.fromString(name), value);
              }
            });
    changed.setHeaders(headers);
    RequestBody body = wanted.body();
    if (body != request.body() && !body.opaque()) {
      // Sets the length, too.
      changed.setBody(BinaryData.fromBytes(body.bytes()));
    }
    return changed;
  }

  private boolean foreign(URI wanted) {
    return !wanted.equals(request.uri()) && Origin.within(request.uri(), wanted.toString()) == null;
  }

  private boolean sameHost(URI uri) {
    URI asked = request.uri();
    String host = asked.getHost();
    return host != null && host.equalsIgnoreCase(uri.getHost()) && asked.getPort() == uri.getPort();
  }

  static Headers headers(@Nullable HttpHeaders headers) {
    if (headers == null) {
      return Headers.EMPTY;
    }
    List<String> flat = new ArrayList<>(2 * headers.getSize());
    for (HttpHeader header : headers) {
      for (String value : header.getValuesList()) {
        flat.add(header.getName());
        flat.add(value);
      }
    }
    return Headers.ofFlat(flat.toArray(new String[0]));
  }

  static HttpHeaders headers(Headers headers) {
    HttpHeaders result = new HttpHeaders();
    headers.forEach((name, value) -> result.add(HttpHeaderName.fromString(name), value));
    return result;
  }
}
