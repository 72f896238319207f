// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.BodyEdits;
import io.headgate.gateway.ContentTransform;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.WireEditor;
import io.headgate.gateway.WireError;
import org.jspecify.annotations.Nullable;

/** Changes requests and answers in all wire formats we know. Thread-safe. */
public final class WireEdits implements WireEditor {

  private final AnswerEdits answers = new AnswerEdits();

  public WireEdits() {}

  @Override
  public @Nullable RequestBody withModel(Endpoint endpoint, RequestBody body, String model) {
    return RequestEdits.withModel(endpoint, body, model);
  }

  @Override
  public @Nullable RequestBody edited(Endpoint endpoint, RequestBody body, BodyEdits edits) {
    return RequestEdits.edited(endpoint, body, edits);
  }

  @Override
  public @Nullable ContentTransform answeringAs(
      Endpoint endpoint, GatewayResponse answer, String model) {
    return answers.answeringAs(endpoint, answer, model);
  }

  @Override
  public AnswerJudge judge(
      Endpoint endpoint, RequestFacts request, int status, Headers headers, boolean whole) {
    return answers.judge(endpoint, request, status, headers, whole);
  }

  @Override
  public int status(WireError error) {
    return answers.errorStatus(error.kind());
  }

  @Override
  public Headers errorHeaders(WireFormat format, WireError error) {
    return answers.errorHeaders(format, error);
  }

  @Override
  public byte[] error(WireFormat format, WireError error) {
    return answers.error(format, error);
  }

  @Override
  public byte[] streamError(WireFormat format, WireError error) {
    return answers.streamError(format, error);
  }
}
