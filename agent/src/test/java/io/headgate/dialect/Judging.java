// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.FailureKind;
import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.AnswerJudge.Verdict;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Has answers judged. */
record Judging(
    WireFormat format,
    Operation operation,
    boolean stream,
    int status,
    boolean whole,
    Headers headers) {

  /** What a judge says in the end. */
  record Sentence(
      Verdict verdict,
      @Nullable FailureKind failure,
      @Nullable String errorType,
      @Nullable String text) {

    static Sentence of(AnswerJudge judge) {
      return new Sentence(judge.verdict(), judge.failure(), judge.errorType(), judge.text());
    }
  }

  static Judging chat(WireFormat format) {
    return new Judging(
        format,
        Operation.CHAT,
        false,
        200,
        false,
        Headers.ofFlat("Content-Type", "application/json"));
  }

  /** A stream as the format has it: of lines for Ollama, of events for the others. */
  static Judging stream(WireFormat format) {
    String type = format == WireFormat.OLLAMA ? "application/x-ndjson" : "text/event-stream";
    return new Judging(
        format, Operation.CHAT, true, 200, false, Headers.ofFlat("content-type", type));
  }

  static Judging error(WireFormat format, int status) {
    return chat(format).status(status);
  }

  Judging status(int code) {
    return new Judging(format, operation, stream, code, whole, headers);
  }

  Judging operation(Operation other) {
    return new Judging(format, other, stream, status, whole, headers);
  }

  Judging asWhole() {
    return new Judging(format, operation, stream, status, true, headers);
  }

  Judging headers(String... fields) {
    return new Judging(format, operation, stream, status, whole, Headers.ofFlat(fields));
  }

  AnswerJudge judge() {
    RequestFacts.Builder facts = RequestFacts.builder();
    facts.stream = stream;
    boolean array = stream && "application/json".equals(headers.first("content-type"));
    Endpoint endpoint = new Endpoint("test", "test", format, operation, null, array);
    return new AnswerEdits().judge(endpoint, facts.build(), status, headers, whole);
  }

  Sentence of(String body) {
    byte[] bytes = bytes(body);
    return of(bytes, Math.max(1, bytes.length));
  }

  /** In chunks of this size. */
  Sentence of(byte[] body, int chunk) {
    AnswerJudge judge = judge();
    for (int at = 0; at < body.length; at += Math.min(chunk, body.length - at)) {
      judge.read(ByteBuffer.wrap(body, at, Math.min(chunk, body.length - at)));
    }
    judge.end();
    return Sentence.of(judge);
  }

  /** Cut once, with the second part in memory of another kind. */
  Sentence cut(byte[] body, int cut) {
    AnswerJudge judge = judge();
    judge.read(ByteBuffer.wrap(body, 0, cut).asReadOnlyBuffer());
    judge.read(
        ByteBuffer.allocateDirect(body.length - cut).put(body, cut, body.length - cut).flip());
    judge.end();
    return Sentence.of(judge);
  }

  /** What is said while no more than this has come. */
  Verdict sofar(String body) {
    AnswerJudge judge = judge();
    judge.read(ByteBuffer.wrap(bytes(body)));
    return judge.verdict();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
