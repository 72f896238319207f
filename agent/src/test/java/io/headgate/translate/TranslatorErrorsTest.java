// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.agent.Translations;
import io.headgate.chat.ApiFailure;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Headers;
import io.headgate.json.JsonTree;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TranslatorErrorsTest {

  private static final Headers QUOTA =
      Headers.ofFlat("x-amzn-ErrorType", "ServiceQuotaExceededException:http://x/");

  private static final byte[] BODY = "{\"message\":\"Enough\"}".getBytes(StandardCharsets.UTF_8);

  @Test
  void fieldsOfAnAnswerTellOfItsError() {
    assertThat(Translations.translator().failure(WireFormat.BEDROCK, 400, QUOTA, BODY))
        .isEqualTo(
            new ApiFailure(
                ApiFailure.Kind.QUOTA, 400, "Enough", "ServiceQuotaExceededException", null));
    assertThat(Translations.translator().failure(WireFormat.OPENAI, 400, QUOTA, BODY).kind())
        .isEqualTo(ApiFailure.Kind.BAD_REQUEST);
  }

  @Test
  void appsAreToldWhatTheFieldsSay() {
    Translation.Answer answer =
        Pairs.translation(WireFormat.OPENAI, WireFormat.BEDROCK, false).error(400, QUOTA, BODY);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(JsonTree.at(JsonTree.read(answer.body()), "error.code"))
        .isEqualTo("insufficient_quota");
  }
}
