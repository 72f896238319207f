// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.Request;
import io.headgate.it.ForkedJvm;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * An LLM's host with HTTP/2, HTTP/1.1 and TLS, on loopback. Its certificate is for {@code
 * localhost} and signed by nobody; it talks only to clients that show the same.
 */
final class TlsServer implements AutoCloseable {

  /** A request as it arrived. */
  record Seen(String call, String protocol, String rest) {}

  private static final String PATH = "/v1/chat/completions?do=";

  private final Path store;
  private final WireMockServer server;

  /**
   * @param directory where to make the key store
   */
  TlsServer(Path directory) {
    store = directory.resolve("localhost.p12");
    ForkedJvm.java()
        .option("-genkeypair")
        .main("-alias", "localhost", "-keyalg", "EC", "-validity", "7", "-dname", "CN=localhost")
        .main("-ext", "san=dns:localhost", "-storetype", "PKCS12", "-keystore", store.toString())
        .main("-storepass", TlsSettings.PASSWORD)
        .tool("keytool")
        .orThrow();
    server =
        new WireMockServer(
            wireMockConfig()
                .bindAddress("127.0.0.1")
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(store.toString())
                .keystorePassword(TlsSettings.PASSWORD)
                .keyManagerPassword(TlsSettings.PASSWORD)
                .needClientAuth(true)
                .trustStoreType("PKCS12")
                .trustStorePath(store.toString())
                .trustStorePassword(TlsSettings.PASSWORD)
                .gzipDisabled(true));
    server.start();
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    Answers.EVENTS.forEach(events::writeBytes);
    stub("json", json().withBody(Answers.CHAT));
    stub("gzip", json().withHeader("Content-Encoding", "gzip").withBody(Answers.GZIPPED));
    stub(
        "stream",
        aResponse()
            .withHeader("Content-Type", "text/event-stream")
            .withBody(events.toByteArray())
            .withChunkedDribbleDelay(6, 60));
  }

  private static ResponseDefinitionBuilder json() {
    return aResponse().withHeader("Content-Type", "application/json");
  }

  private void stub(String script, ResponseDefinitionBuilder answer) {
    server.stubFor(post(urlEqualTo(PATH + script)).willReturn(answer));
  }

  /** The certificate and its key. */
  Path store() {
    return store;
  }

  /** Its base URL by some name of it. */
  String url(String host) {
    return "https://" + host + ":" + server.httpsPort() + "/v1";
  }

  /** What came since this was last asked, in the order of the calls' names. */
  List<Seen> seen() {
    List<Seen> seen =
        server.getAllServeEvents().stream()
            .map(event -> seen(event.getRequest()))
            .sorted((one, other) -> one.toString().compareTo(other.toString()))
            .toList();
    server.resetRequests();
    return seen;
  }

  private static Seen seen(Request request) {
    TreeMap<String, List<String>> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpHeader header : request.getHeaders().all()) {
      fields.put(header.key().toLowerCase(java.util.Locale.ROOT), header.values());
    }
    List<String> call = fields.remove(TlsClient.CALL);
    return new Seen(
        call == null ? "unknown" : call.get(0),
        request.getProtocol(),
        request.getMethod()
            + " "
            + request.getUrl()
            + " "
            + fields
            + " "
            + request.getBodyAsString());
  }

  @Override
  public void close() {
    server.stop();
  }
}
