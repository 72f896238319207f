// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** A client that was given TLS settings of the app's. */
interface TlsClient extends AutoCloseable {

  /** The field of a request that names the call. */
  String CALL = "x-call";

  /** Fields of an answer that tell how its body came. */
  List<String> ABOUT_THE_BODY = List.of("Content-Type", "Content-Length", "Content-Encoding");

  /**
   * What an app can see of an answer, and of what it came over.
   *
   * @param version of HTTP, in the client's words
   * @param session what {@link #session} says; empty if the client shows none
   * @param fields those of {@link #ABOUT_THE_BODY}
   */
  record Answer(int status, String version, String session, String fields, byte[] body) {}

  /**
   * Posts JSON.
   *
   * @param name of the call, for the field {@link #CALL}
   * @param streamed whether to read the body as it comes
   */
  Answer post(String url, String name, byte[] json, boolean streamed) throws Exception;

  /** Protocol and cipher suite, and who was who. */
  static String session(SSLSession session) {
    if (session == null) {
      return "no session";
    }
    try {
      return session(
          session.getProtocol(),
          session.getCipherSuite(),
          session.getPeerPrincipal(),
          session.getLocalPrincipal());
    } catch (SSLPeerUnverifiedException e) {
      return e.getMessage();
    }
  }

  static String session(String protocol, String suite, Principal peer, Principal local) {
    return protocol + " " + suite + " with " + peer + " as " + local;
  }

  /** Those that are there. */
  static String fields(Map<String, String> fields) {
    Map<String, String> there = new TreeMap<>(fields);
    there.values().removeIf(Objects::isNull);
    return there.toString();
  }

  @Override
  default void close() throws Exception {}
}
