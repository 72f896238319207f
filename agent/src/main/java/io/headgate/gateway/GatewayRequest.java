// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.net.URI;

/**
 * A call on its way out. Immutable; interceptors pass changed copies on. An adapter compares with
 * the one it made: what is identical is sent as the app built it, byte for byte.
 *
 * @param uri the absolute URI, exactly as the app encoded it
 * @param headers what the app and its SDK set; fields that the client adds below us are not in it
 * @param signs whether the client signs what is changed, with the app's own signer and credentials
 */
public record GatewayRequest(
    String method, URI uri, Headers headers, RequestBody body, boolean signs) {

  /** Of a client that signs nothing. */
  public GatewayRequest(String method, URI uri, Headers headers, RequestBody body) {
    this(method, uri, headers, body, false);
  }

  public GatewayRequest withUri(URI newUri) {
    return new GatewayRequest(method, newUri, headers, body, signs);
  }

  public GatewayRequest withHeaders(Headers newHeaders) {
    return new GatewayRequest(method, uri, newHeaders, body, signs);
  }

  public GatewayRequest withBody(RequestBody newBody) {
    return new GatewayRequest(method, uri, headers, newBody, signs);
  }

  /** Whether a signature of AWS holds for path and body as they are, and nobody signs others. */
  public boolean sealed() {
    String authorization = headers.first("authorization");
    return !signs && authorization != null && authorization.startsWith("AWS4-");
  }

  /** Neither query nor headers: both may hold credentials. */
  @Override
  public String toString() {
    return method + " " + uri.getHost() + uri.getRawPath();
  }
}
