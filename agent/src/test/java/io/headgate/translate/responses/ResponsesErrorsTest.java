// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.translate.ErrorAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, 400, invalid_request_error, null",
    "CONTEXT_LENGTH, 400, invalid_request_error, \"context_length_exceeded\"",
    "CONTENT_FILTER, 400, invalid_request_error, \"content_filter\"",
    "AUTHENTICATION, 401, invalid_request_error, \"invalid_api_key\"",
    "PERMISSION, 403, permission_error, null",
    "NOT_FOUND, 404, invalid_request_error, \"model_not_found\"",
    "CONFLICT, 409, invalid_request_error, null",
    "TOO_LARGE, 413, invalid_request_error, \"request_too_large\"",
    "UNPROCESSABLE, 422, invalid_request_error, null",
    "RATE_LIMIT, 429, requests, \"rate_limit_exceeded\"",
    "QUOTA, 429, insufficient_quota, \"insufficient_quota\"",
    "TIMEOUT, 504, server_error, null",
    "OVERLOADED, 503, server_error, \"server_is_overloaded\"",
    "SERVER, 502, server_error, null",
  })
  void failuresAreToldInOpenAisWords(ApiFailure.Kind kind, int status, String type, String code) {
    ErrorAnswer answer = Sample.DIALECT.error(Sample.failure(kind, 502));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().isEmpty()).isTrue();
    assertThat(Sample.text(answer.body()))
        .isEqualTo(
            "{\"error\":{\"message\":\"No.\",\"type\":\""
                + type
                + "\",\"param\":\"tools[0].name\",\"code\":"
                + code
                + "}}");
  }

  @Test
  void aStatusThatIsNoneOfAServersIsNotPassedOn() {
    assertThat(Sample.DIALECT.error(Sample.failure(ApiFailure.Kind.SERVER, 0)).status())
        .isEqualTo(500);
    assertThat(Sample.DIALECT.error(Sample.failure(ApiFailure.Kind.SERVER, 529)).status())
        .isEqualTo(500);
  }

  @Test
  void thereIsAlwaysAMessage() {
    assertThat(
            Sample.text(
                Sample.DIALECT
                    .error(new ApiFailure(ApiFailure.Kind.SERVER, 500, "", null, null))
                    .body()))
        .contains("\"message\":\"The model did not answer.\"", "\"param\":null", "\"code\":null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 |"
            + " {\"error\":{\"message\":\"m\",\"type\":\"invalid_request_error\",\"param\":\"p\",\"code\":null}}"
            + " | BAD_REQUEST | invalid_request_error | p",
        "400 | {\"error\":{\"message\":\"m\",\"code\":\"context_length_exceeded\"}}"
            + " | CONTEXT_LENGTH | context_length_exceeded | ",
        "400 | {\"error\":{\"message\":\"m: maximum context length is 8\"}} | CONTEXT_LENGTH | | ",
        "400 | {\"error\":{\"message\":\"m\",\"code\":\"content_filter\"}}"
            + " | CONTENT_FILTER | content_filter | ",
        "401 | {\"error\":{\"message\":\"m\",\"code\":\"invalid_api_key\"}}"
            + " | AUTHENTICATION | invalid_api_key | ",
        "402 | {\"error\":{\"message\":\"m\"}} | QUOTA | | ",
        "403 | {\"error\":{\"message\":\"m\"}} | PERMISSION | | ",
        "404 | {\"error\":{\"message\":\"m\",\"code\":\"model_not_found\"}}"
            + " | NOT_FOUND | model_not_found | ",
        "408 | {\"error\":{\"message\":\"m\"}} | TIMEOUT | | ",
        "409 | {\"message\":\"m\"} | CONFLICT | | ",
        "413 | {\"detail\":\"m\"} | TOO_LARGE | | ",
        "422 | {\"error\":\"m\"} | UNPROCESSABLE | | ",
        "429 | {\"error\":{\"message\":\"m\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}"
            + " | RATE_LIMIT | rate_limit_exceeded | ",
        "429 | {\"error\":{\"message\":\"m\",\"type\":\"insufficient_quota\"}}"
            + " | QUOTA | insufficient_quota | ",
        "500 | {\"error\":{\"message\":\"m\",\"type\":\"server_error\"}} | SERVER | server_error |"
            + " ",
        "500 | {\"error\":{\"message\":\"m, overloaded\"}} | OVERLOADED | | ",
        "503 | {\"error\":{\"message\":\"m\"}} | OVERLOADED | | ",
        "504 | {\"error\":{\"message\":\"m\",\"code\":504}} | TIMEOUT | 504 | ",
      })
  void whatProvidersSay(
      int status, String body, ApiFailure.Kind kind, String code, String parameter) {
    ApiFailure failure = Sample.DIALECT.error(status, Sample.json(body), body);

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.message()).startsWith("m");
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.parameter()).isEqualTo(parameter);
  }

  @Test
  void whatIsNoJsonIsToldShortly() {
    assertThat(Sample.DIALECT.error(502, null, "<html>Bad gateway</html>"))
        .isEqualTo(
            new ApiFailure(
                ApiFailure.Kind.SERVER, 502, "The provider answered with status 502.", null, null));
    assertThat(Sample.DIALECT.error(429, null, " Slow down ").message()).isEqualTo("Slow down");
    assertThat(Sample.DIALECT.error(500, null, "x".repeat(9000)).message()).hasSize(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"error\":null}", "{\"error\":[1]}", "{\"error\":{\"code\":{}}}"})
  void membersOfAnotherKindAreNoFailureOfOurs(String body) {
    assertThat(Sample.DIALECT.error(400, Sample.json(body), body))
        .isEqualTo(new ApiFailure(ApiFailure.Kind.BAD_REQUEST, 400, "", null, null));
  }

  @ParameterizedTest
  @EnumSource(ApiFailure.Kind.class)
  void errorsWithinAStreamAlwaysHaveAWord(ApiFailure.Kind kind) {
    assertThat(ResponsesErrors.streamCode(kind)).isNotEmpty();
  }
}
