// SPDX-License-Identifier: Apache-2.0
package io.headgate.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;

/**
 * The collector that would get the traces: the one the environment names, else the usual port here.
 *
 * @param listening whether a connection could be made
 */
record Collector(URI uri, boolean listening) {

  private static final int PATIENCE_MILLIS = 500;

  static Collector find(Map<String, String> env) {
    String named = env.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", "");
    URI uri = URI.create(named.isBlank() ? "http://localhost:4318" : named);
    return new Collector(uri, listens(uri));
  }

  private static boolean listens(URI uri) {
    int port = uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    if (uri.getHost() == null) {
      return false;
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(uri.getHost(), port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
