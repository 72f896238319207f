// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.jdk;

import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;

/** The head of an answer in the client's terms. */
record Head(int statusCode, HttpHeaders headers, HttpClient.Version version)
    implements ResponseInfo {

  /** Of an answer that did not come from the client as it is. */
  static Head of(GatewayResponse response) {
    return new Head(
        response.status(),
        headers(response.headers()),
        response.protocol().equals("2") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
  }

  static HttpHeaders headers(Headers headers) {
    return HttpHeaders.of(headers.toMap(), (name, value) -> true);
  }
}
