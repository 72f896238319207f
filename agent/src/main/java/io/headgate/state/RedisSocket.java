// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * One connection's socket, which any thread can cut at any moment without waiting: closing a TLS
 * socket waits for the other side, closing the one below does not.
 */
final class RedisSocket implements JedisSocketFactory {

  /** The client would open a lost connection again by itself, but not log in again. */
  static final class AgainException extends JedisConnectionException {
    private static final long serialVersionUID = 1;

    AgainException() {
      super("the connection was lost");
    }
  }

  /** No connection came about. */
  static final class UnreachableException extends JedisConnectionException {
    private static final long serialVersionUID = 1;

    UnreachableException(Exception cause) {
      super("no connection", cause);
    }
  }

  /** How many addresses of a host are tried. */
  private static final int ADDRESSES = 3;

  private final RedisUrl url;
  private final int connectMillis;
  private final int readMillis;
  private @Nullable Socket plain;
  private boolean cut;

  RedisSocket(RedisUrl url, int connectMillis, int readMillis) {
    this.url = url;
    this.connectMillis = connectMillis;
    this.readMillis = readMillis;
  }

  @Override
  public Socket createSocket() {
    try {
      Exception failure = new IOException("the host has no address");
      InetAddress[] addresses = InetAddress.getAllByName(url.host());
      for (int i = 0; i < Math.min(addresses.length, ADDRESSES); i++) {
        Socket socket = claim();
        try {
          socket.setTcpNoDelay(true);
          socket.setKeepAlive(true);
          socket.connect(new InetSocketAddress(addresses[i], url.port()), connectMillis);
          socket.setSoTimeout(readMillis);
          return url.tls() ? tls(socket) : socket;
        } catch (IOException e) {
          failure = e;
          release(socket);
        }
      }
      throw new UnreachableException(failure);
    } catch (IOException e) {
      throw new UnreachableException(e);
    }
  }

  private Socket tls(Socket socket) throws IOException {
    SSLContext context;
    try {
      // Not the JVM's own one: it is made once, of what the application has set by then.
      context = SSLContext.getInstance("TLS");
      context.init(null, null, null);
    } catch (GeneralSecurityException e) {
      throw new SSLException(e);
    }
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(socket, url.host(), url.port(), true);
    SSLParameters parameters = secure.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secure.setSSLParameters(parameters);
    try {
      secure.startHandshake();
    } catch (IOException e) {
      // Also if time is over: a server without TLS waits for more.
      throw new SSLException(e);
    }
    return secure;
  }

  private synchronized Socket claim() {
    if (cut || plain != null) {
      throw new AgainException();
    }
    Socket socket = new Socket();
    plain = socket;
    return socket;
  }

  private synchronized void release(Socket socket) {
    plain = null;
    close(socket);
  }

  /** At once, for good. */
  synchronized void cut() {
    cut = true;
    if (plain != null) {
      close(plain);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }
}
