// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.translate.ErrorAnswer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, 400, invalid_request_error",
    "CONTEXT_LENGTH, 400, invalid_request_error",
    "CONTENT_FILTER, 400, invalid_request_error",
    "AUTHENTICATION, 401, authentication_error",
    "QUOTA, 402, billing_error",
    "PERMISSION, 403, permission_error",
    "NOT_FOUND, 404, not_found_error",
    "CONFLICT, 409, invalid_request_error",
    "TOO_LARGE, 413, request_too_large",
    "UNPROCESSABLE, 422, invalid_request_error",
    "RATE_LIMIT, 429, rate_limit_error",
    "SERVER, 500, api_error",
    "TIMEOUT, 504, timeout_error",
    "OVERLOADED, 529, overloaded_error",
  })
  void everyFailureHasItsStatusAndType(Kind kind, int status, String type) {
    ErrorAnswer answer = write(kind, 0, "prompt is too long: no");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(Trees.json(answer.body()))
        .isEqualTo(
            "{\"type\":\"error\",\"error\":{\"type\":\""
                + type
                + "\",\"message\":\"prompt is too long: no\"},\"request_id\":null}");
  }

  @ParameterizedTest
  @CsvSource({"502, 502", "500, 500", "200, 500", "0, 500", "400, 500"})
  void aFailureOfTheServerKeepsItsStatus(int status, int written) {
    assertThat(write(Kind.SERVER, status, "x").status()).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "This model's maximum context length is 8192 tokens."
        + ", prompt is too long: This model's maximum context length is 8192 tokens.",
    "Prompt is too long, prompt is too long",
    "'', prompt is too long",
  })
  void tooMuchInputIsSaidAsAnthropicSaysIt(String message, String written) {
    assertThat(Trees.json(write(Kind.CONTEXT_LENGTH, 400, message).body()))
        .contains("\"message\":\"" + written + "\"");
  }

  @Test
  void aFailureWithoutWordsGetsSome() {
    assertThat(Trees.json(write(Kind.SERVER, 500, " ").body()))
        .doesNotContain("\"message\":\"\"", "null\"", "None");
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, x, BAD_REQUEST",
    "400, invalid_request_error, 'prompt is too long: 210000 tokens > 200000', CONTEXT_LENGTH",
    "400, invalid_request_error, 'input length and `max_tokens` exceed context limit: 1', "
        + "CONTEXT_LENGTH",
    "400, invalid_request_error, Your credit balance is too low to access it, QUOTA",
    "400, invalid_request_error, Output blocked by content filtering policy, CONTENT_FILTER",
    "401, authentication_error, x, AUTHENTICATION",
    "402, billing_error, x, QUOTA",
    "403, permission_error, x, PERMISSION",
    "404, not_found_error, 'model: claude-x', NOT_FOUND",
    "408, '', x, TIMEOUT",
    "409, '', x, CONFLICT",
    "413, request_too_large, x, TOO_LARGE",
    "413, '', Prompt is too long, CONTEXT_LENGTH",
    "422, '', x, UNPROCESSABLE",
    "429, rate_limit_error, x, RATE_LIMIT",
    "500, api_error, x, SERVER",
    "502, '', x, SERVER",
    "503, '', x, OVERLOADED",
    "504, timeout_error, x, TIMEOUT",
    "529, overloaded_error, x, OVERLOADED",
    "0, invalid_request_error, x, BAD_REQUEST",
    "0, authentication_error, x, AUTHENTICATION",
    "0, billing_error, x, QUOTA",
    "0, permission_error, x, PERMISSION",
    "0, not_found_error, x, NOT_FOUND",
    "0, request_too_large, x, TOO_LARGE",
    "0, rate_limit_error, x, RATE_LIMIT",
    "0, timeout_error, x, TIMEOUT",
    "0, overloaded_error, x, OVERLOADED",
    "0, api_error, x, SERVER",
    "0, something_new, x, SERVER",
  })
  void theStatusDecidesThenTheTypeThenTheWords(int status, String type, String message, Kind kind) {
    ApiFailure failure =
        read(
            status,
            "{\"type\":\"error\",\"error\":{\"type\":\""
                + type
                + "\",\"message\":\""
                + message
                + "\"}}");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.message()).isEqualTo(message);
    assertThat(failure.code()).isEqualTo(type.isEmpty() ? null : type);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "top_k: Extra inputs are not permitted, top_k",
        "thinking.budget_tokens: must be less than max_tokens, thinking.budget_tokens",
        "`temperature` is deprecated for this model., temperature",
        "The `top_p` and `temperature` cannot both be said, top_p",
        "Something else went wrong,",
      })
  void theParameterIsNamed(String message, @Nullable String parameter) {
    ApiFailure failure =
        read(
            400,
            "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"" + message + "\"}}");
    assertThat(failure.parameter()).isEqualTo(parameter);
  }

  @Test
  void googlesErrorsAreReadToo() {
    String error =
        "{\"error\":{\"code\":429,\"message\":\"Quota\",\"status\":\"RESOURCE_EXHAUSTED\"}}";
    ApiFailure expected = new ApiFailure(Kind.RATE_LIMIT, 429, "Quota", "RESOURCE_EXHAUSTED", null);
    assertThat(read(429, error)).isEqualTo(expected);
    assertThat(Trees.DIALECT.error(429, null, "[" + error + "]")).isEqualTo(expected);
    assertThat(Trees.DIALECT.error(0, Trees.tree(error), error)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', the provider answered with status 502",
    "'<html>Bad Gateway</html>', the provider answered with status 502",
    "upstream connect error, upstream connect error",
    "'[]', '[]'",
  })
  void whatIsNoJsonIsStillAnError(String text, String message) {
    assertThat(Trees.DIALECT.error(502, null, text))
        .isEqualTo(new ApiFailure(Kind.SERVER, 502, message, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"error\":null}",
        "{\"error\":7}",
        "{\"error\":{\"type\":1,\"message\":[],\"code\":\"x\"}}",
        "{\"message\":{}}"
      })
  void errorsOfTheWrongKindAreNoFailure(String body) {
    assertThat(read(500, body).kind()).isEqualTo(Kind.SERVER);
  }

  @Test
  void anErrorThatIsATextIsThatText() {
    assertThat(read(500, "{\"error\":\"boom\"}").message()).isEqualTo("boom");
    assertThat(read(500, "{\"message\":\"boom\"}").message()).isEqualTo("boom");
  }

  private static ApiFailure read(int status, String body) {
    return Trees.DIALECT.error(status, Trees.tree(body), body);
  }

  private static ErrorAnswer write(Kind kind, int status, String message) {
    return Trees.DIALECT.error(new ApiFailure(kind, status, message, null, null));
  }
}
