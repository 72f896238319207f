// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.ResponseReader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Plays recorded bodies through the readers. */
record Replay(
    WireFormat format,
    Operation operation,
    boolean stream,
    int status,
    long inputCharacters,
    Headers headers) {

  static Replay of(WireFormat format, Operation operation) {
    return new Replay(
        format, operation, false, 200, 0, Headers.ofFlat("Content-Type", "application/json"));
  }

  static Replay chat(WireFormat format) {
    return of(format, Operation.CHAT);
  }

  /** A chat asked for as a stream of events, whose request has 40 characters. */
  static Replay streamed(WireFormat format) {
    return new Replay(
        format,
        Operation.CHAT,
        true,
        200,
        40,
        Headers.ofFlat("content-type", "text/event-stream; charset=utf-8"));
  }

  Replay status(int code) {
    return new Replay(format, operation, stream, code, inputCharacters, headers);
  }

  Replay input(long characters) {
    return new Replay(format, operation, stream, status, characters, headers);
  }

  Replay headers(String... fields) {
    return new Replay(format, operation, stream, status, inputCharacters, Headers.ofFlat(fields));
  }

  Endpoint endpoint() {
    return new Endpoint("test", "test", format, operation, null, false);
  }

  ResponseReader reader() {
    RequestFacts.Builder facts = RequestFacts.builder();
    facts.stream = stream;
    facts.inputCharacters = inputCharacters;
    return new Dialects().response(endpoint(), facts.build(), status, headers);
  }

  ResponseFacts read(String body) {
    return read(body.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE, true);
  }

  /** The app stopped reading after this. */
  ResponseFacts abandoned(String body) {
    return read(body.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE, false);
  }

  ResponseFacts read(byte[] body, int chunk, boolean complete) {
    ResponseReader reader = reader();
    for (int at = 0; at < body.length; at += Math.min(chunk, body.length - at)) {
      reader.read(ByteBuffer.wrap(body, at, Math.min(chunk, body.length - at)));
    }
    return reader.finish(complete);
  }

  RequestFacts request(String body) {
    return request(endpoint(), body.getBytes(StandardCharsets.UTF_8));
  }

  static RequestFacts request(Endpoint endpoint, byte[] body) {
    return new Dialects()
        .request(
            endpoint,
            new GatewayRequest(
                "POST", URI.create("http://localhost/"), Headers.EMPTY, RequestBody.of(body)));
  }

  /** Events with these data, each of one line. */
  static String events(String... data) {
    StringBuilder stream = new StringBuilder();
    for (String event : data) {
      stream.append("data: ").append(event).append("\n\n");
    }
    return stream.toString();
  }
}
