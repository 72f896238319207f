// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * What an app tells its client of TLS, in code: the JVM's own settings know nothing of it.
 *
 * @param keys who the client is
 * @param trust whom it trusts
 * @param verifier null for the client's own
 */
record TlsSettings(KeyManager keys, X509TrustManager trust, HostnameVerifier verifier) {

  /** Of the key store below. */
  static final String PASSWORD = "changeit";

  /**
   * Trusts the certificate in a key store and shows it too.
   *
   * @param store PKCS #12, with one key and its certificate
   */
  static TlsSettings trusting(Path store) throws GeneralSecurityException, IOException {
    KeyStore both = read(store);
    return new TlsSettings(keys(both), trust(both), null);
  }

  /** The same, whatever name is asked for. */
  static TlsSettings ofAnyName(Path store) throws GeneralSecurityException, IOException {
    KeyStore both = read(store);
    return new TlsSettings(keys(both), new AnyName(trust(both)), (name, session) -> true);
  }

  /** Shows the certificate and trusts only whom the JVM trusts. */
  static TlsSettings doubting(Path store) throws GeneralSecurityException, IOException {
    return new TlsSettings(keys(read(store)), trust(null), null);
  }

  SSLContext context() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {keys}, new TrustManager[] {trust}, null);
    return context;
  }

  private static KeyStore read(Path file) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private static KeyManager keys(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, PASSWORD.toCharArray());
    return factory.getKeyManagers()[0];
  }

  private static X509TrustManager trust(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  /** Looks at the certificate and not at the name, which an extended manager is to look at. */
  private static final class AnyName extends X509ExtendedTrustManager {

    private final X509TrustManager trust;

    AnyName(X509TrustManager trust) {
      this.trust = trust;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      trust.checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      trust.checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      trust.checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      trust.checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      trust.checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      trust.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return trust.getAcceptedIssuers();
    }
  }
}
