// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.client.Hold;
import io.headgate.client.Unsent;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Origin;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpEntityEnclosingRequest;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.client.methods.Configurable;
import org.apache.http.client.methods.HttpEntityEnclosingRequestBase;
import org.apache.http.client.methods.HttpRequestBase;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** The app's request on its way out, and requests of ours in its place. */
final class Outgoing {

  private final Object client;
  private final @Nullable HttpHost target;
  private final HttpRequest original;
  private final @Nullable HttpEntity entity;
  private final Capture capture;
  private final GatewayRequest asked;

  /**
   * @throws URISyntaxException if the client may send what is no URI
   */
  Outgoing(Object client, @Nullable HttpHost target, HttpRequest original, Capture capture)
      throws URISyntaxException {
    this.client = client;
    this.target = target;
    this.original = original;
    this.entity = Capture.entity(original);
    this.capture = capture;
    this.asked =
        new GatewayRequest(
            original.getRequestLine().getMethod(),
            Targets.uri(target, original),
            Fields.of(original, entity),
            capture.seen());
  }

  /** For the gateway. */
  GatewayRequest asked() {
    return asked;
  }

  HttpRequest original() {
    return original;
  }

  @Nullable HttpHost originalTarget() {
    return target;
  }

  Capture capture() {
    return capture;
  }

  /** Whether it can be the app's own object that goes out. */
  boolean asBuilt(GatewayRequest wanted, Hold hold) {
    return hold.single() && capture.instead() == null && !changed(wanted);
  }

  private boolean changed(GatewayRequest wanted) {
    return wanted.headers() != asked.headers()
        || wanted.body() != asked.body()
        || !wanted.uri().equals(asked.uri())
        || !wanted.method().equals(asked.method());
  }

  private boolean foreign(GatewayRequest wanted) {
    return !wanted.uri().equals(asked.uri())
        && Origin.within(asked.uri(), wanted.uri().toString()) == null;
  }

  /** A request of ours, and what belongs to it. */
  record Built(@Nullable HttpHost target, HttpRequestBase request, SendContext context) {}

  /**
   * Builds a request.
   *
   * @throws Unsent if that is not possible
   */
  Built build(GatewayRequest wanted, Hold hold, @Nullable HttpContext appContext) {
    try {
      return built(wanted, hold, appContext);
    } catch (RuntimeException | LinkageError e) {
      Apache4Adapter.fault(e);
      throw new Unsent(e);
    }
  }

  private Built built(GatewayRequest wanted, Hold hold, @Nullable HttpContext appContext) {
    boolean foreign = foreign(wanted);
    Guard guard = changed(wanted) ? new Guard(asked, wanted, foreign) : null;
    HttpHost to = foreign ? Targets.host(wanted.uri()) : target;
    HttpRequestBase request = message(wanted);
    request.setURI(uri(wanted));
    request.setProtocolVersion(original.getProtocolVersion());
    fields(wanted, request, foreign);
    if (original instanceof Configurable configurable) {
      request.setConfig(configurable.getConfig());
    }
    LegacyParams.carry(client, original, request, guard, hold.connectNanos());
    SendContext context = new SendContext(appContext, guard, hold.connectNanos());
    if (foreign && to != null) {
      LegacyParams.keepCredentials(client, to, context);
    }
    return new Built(to, request, context);
  }

  /** As the app wrote it, if it is the same. */
  private URI uri(GatewayRequest wanted) {
    if (!wanted.uri().equals(asked.uri())) {
      return wanted.uri();
    }
    return original instanceof HttpUriRequest known
        ? known.getURI()
        : URI.create(original.getRequestLine().getUri());
  }

  private HttpRequestBase message(GatewayRequest wanted) {
    HttpEntity content = content(wanted);
    if (content == null && !(original instanceof HttpEntityEnclosingRequest)) {
      return new Plain(wanted.method());
    }
    Enclosing request = new Enclosing(wanted.method());
    request.setEntity(content);
    return request;
  }

  private @Nullable HttpEntity content(GatewayRequest wanted) {
    RequestBody body = wanted.body();
    if (body.opaque()) {
      return capture.instead() != null ? capture.instead() : entity;
    }
    if (body.bytes().length == 0 && entity == null) {
      return null;
    }
    if (entity != null && body == asked.body() && wanted.headers() == asked.headers()) {
      return CapturedEntity.same(entity, body.bytes());
    }
    return CapturedEntity.instead(
        entity, body, ofEntity(Fields.TYPE, wanted), ofEntity(Fields.ENCODING, wanted));
  }

  /** What the entity is to say of itself, because the app's one does; else null. */
  private @Nullable String ofEntity(String name, GatewayRequest wanted) {
    return saidByEntity(name) ? wanted.headers().first(name) : null;
  }

  private boolean saidByEntity(String name) {
    if (entity == null || original.containsHeader(name)) {
      return false;
    }
    return (name.equals(Fields.TYPE) ? entity.getContentType() : entity.getContentEncoding())
        != null;
  }

  private void fields(GatewayRequest wanted, HttpRequestBase request, boolean foreign) {
    if (wanted.headers() == asked.headers()) {
      for (Header header : original.getAllHeaders()) {
        request.addHeader(header);
      }
    } else {
      boolean type = saidByEntity(Fields.TYPE);
      boolean encoding = saidByEntity(Fields.ENCODING);
      wanted
          .headers()
          .forEach(
              (name, value) -> {
                if (!(type && name.equalsIgnoreCase(Fields.TYPE))
                    && !(encoding && name.equalsIgnoreCase(Fields.ENCODING))) {
                  request.addHeader(name, value);
                }
              });
    }
    if (foreign) {
      request.removeHeaders("Host");
    }
  }

  private static final class Plain extends HttpRequestBase {
    private final String method;

    Plain(String method) {
      this.method = method;
    }

    @Override
    public String getMethod() {
      return method;
    }
  }

  private static final class Enclosing extends HttpEntityEnclosingRequestBase {
    private final String method;

    Enclosing(String method) {
      this.method = method;
    }

    @Override
    public String getMethod() {
      return method;
    }
  }
}
