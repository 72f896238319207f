// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider;

/** Spring's {@code WebClient} over Reactor Netty, which agrees on HTTP/2. */
final class TlsWebClient implements TlsClient {

  private final WebClient client;

  /** Under the newest answer; the app has its client show it. */
  private volatile SslHandler tls;

  TlsWebClient(TlsSettings settings) {
    SslProvider.GenericSslContextSpec<SslContextBuilder> context =
        Http2SslContextSpec.forClient()
            .configure(made -> made.keyManager(settings.keys()).trustManager(settings.trust()));
    HttpClient reactor =
        HttpClient.create()
            .compress(true)
            .protocol(HttpProtocol.H2, HttpProtocol.HTTP11)
            .doOnResponse((response, connection) -> tls = below(connection.channel()))
            .secure(
                secure -> {
                  SslProvider.Builder used = secure.sslContext(context);
                  if (settings.verifier() != null) {
                    used.handlerConfigurator(TlsWebClient::verifyNothing);
                  }
                });
    client = WebClient.builder().clientConnector(new ReactorClientHttpConnector(reactor)).build();
  }

  private static void verifyNothing(SslHandler handler) {
    SSLEngine engine = handler.engine();
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("");
    engine.setSSLParameters(parameters);
  }

  @Override
  public Answer post(String url, String name, byte[] json, boolean streamed) throws Exception {
    tls = null;
    Mono<Answer> answer =
        client
            .post()
            .uri(url)
            .header("Authorization", "Bearer sk-app")
            .header(CALL, name)
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue(json)
            .exchangeToMono(response -> streamed ? pieces(response) : whole(response));
    try {
      return answer.toFuture().get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private Mono<Answer> whole(ClientResponse response) {
    return response.bodyToMono(byte[].class).map(body -> answer(response, body));
  }

  private Mono<Answer> pieces(ClientResponse response) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    return response
        .bodyToFlux(DataBuffer.class)
        .doOnNext(
            buffer -> {
              byte[] bytes = new byte[buffer.readableByteCount()];
              buffer.read(bytes);
              DataBufferUtils.release(buffer);
              all.writeBytes(bytes);
            })
        .then(Mono.fromSupplier(() -> answer(response, all.toByteArray())));
  }

  private Answer answer(ClientResponse response, byte[] body) {
    Map<String, String> fields = new HashMap<>();
    for (String field : ABOUT_THE_BODY) {
      fields.put(field, response.headers().asHttpHeaders().getFirst(field));
    }
    return new Answer(
        response.statusCode().value(),
        tls == null ? "no TLS" : String.valueOf(tls.applicationProtocol()),
        TlsClient.session(tls == null ? null : tls.engine().getSession()),
        TlsClient.fields(fields),
        body);
  }

  /** A stream of HTTP/2 is a channel within the connection's. */
  private static SslHandler below(Channel channel) {
    Channel connection = channel.parent() instanceof SocketChannel parent ? parent : channel;
    return connection.pipeline().get(SslHandler.class);
  }
}
