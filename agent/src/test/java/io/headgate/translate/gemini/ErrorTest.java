// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import static io.headgate.translate.gemini.Trees.GEMINI;
import static io.headgate.translate.gemini.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.translate.ErrorAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorTest {

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, 400, INVALID_ARGUMENT",
    "CONTEXT_LENGTH, 400, INVALID_ARGUMENT",
    "CONTENT_FILTER, 400, INVALID_ARGUMENT",
    "AUTHENTICATION, 401, UNAUTHENTICATED",
    "PERMISSION, 403, PERMISSION_DENIED",
    "NOT_FOUND, 404, NOT_FOUND",
    "CONFLICT, 409, ABORTED",
    "TOO_LARGE, 400, INVALID_ARGUMENT",
    "UNPROCESSABLE, 400, INVALID_ARGUMENT",
    "RATE_LIMIT, 429, RESOURCE_EXHAUSTED",
    "QUOTA, 429, RESOURCE_EXHAUSTED",
    "TIMEOUT, 504, DEADLINE_EXCEEDED",
    "OVERLOADED, 503, UNAVAILABLE",
    "SERVER, 500, INTERNAL",
  })
  void kindsAreGooglesStatus(Kind kind, int status, String word) {
    ErrorAnswer answer = GEMINI.error(new ApiFailure(kind, 0, "why", null, null));

    assertThat(answer.status()).isEqualTo(status);
    assertThat(Trees.json(answer.body()))
        .startsWith("{\"error\":{\"code\":" + status + ",\"message\":\"")
        .endsWith("why\",\"status\":\"" + word + "\",\"details\":[]}}");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anErrorIsNeverWithoutWords(Kind kind) {
    ErrorAnswer answer = GEMINI.error(new ApiFailure(kind, 0, "", null, null));

    assertThat(Trees.json(answer.body())).doesNotContain("\"message\":\"\"").doesNotContain("null");
  }

  @Test
  void inputThatIsTooLongIsSaidInGooglesWords() {
    assertThat(
            Trees.json(
                GEMINI
                    .error(new ApiFailure(Kind.CONTEXT_LENGTH, 400, "Too long.", "x", null))
                    .body()))
        .contains("exceeds the maximum number of tokens allowed. Too long.");
  }

  @Test
  void theParameterIsAFieldViolation() {
    ApiFailure failure = new ApiFailure(Kind.BAD_REQUEST, 400, "Bad.", "INVALID_ARGUMENT", "topK");

    assertThat(GEMINI.error(400, GEMINI.error(failure).body(), "")).isEqualTo(failure);
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ARGUMENT, Bad., BAD_REQUEST",
    "400, INVALID_ARGUMENT, API key not valid. Please pass a valid API key., AUTHENTICATION",
    "400, FAILED_PRECONDITION, User location is not supported for the API use., PERMISSION",
    "400, INVALID_ARGUMENT, The input token count (9) exceeds the maximum number of tokens allowed"
        + " (8)., CONTEXT_LENGTH",
    "400, INVALID_ARGUMENT, Request payload size exceeds the limit: 20971520 bytes., TOO_LARGE",
    "401, UNAUTHENTICATED, x, AUTHENTICATION",
    "403, PERMISSION_DENIED, x, PERMISSION",
    "404, NOT_FOUND, x, NOT_FOUND",
    "408, '', x, TIMEOUT",
    "409, ABORTED, x, CONFLICT",
    "413, '', x, TOO_LARGE",
    "429, RESOURCE_EXHAUSTED, x, RATE_LIMIT",
    "429, RESOURCE_EXHAUSTED, 'quota_limit: y, limit: 0, model: z', QUOTA",
    "499, CANCELLED, x, BAD_REQUEST",
    "500, INTERNAL, x, SERVER",
    "502, '', x, SERVER",
    "503, UNAVAILABLE, x, OVERLOADED",
    "504, DEADLINE_EXCEEDED, x, TIMEOUT",
    "0, RESOURCE_EXHAUSTED, x, RATE_LIMIT",
    "0, INVALID_ARGUMENT, x, BAD_REQUEST",
    "0, '', x, SERVER",
  })
  void statusThenWordThenTextDecide(int status, String word, String message, Kind kind) {
    ApiFailure failure =
        GEMINI.error(
            status,
            tree("{\"error\":{\"message\":\"" + message + "\",\"status\":\"" + word + "\"}}"),
            "");

    assertThat(failure)
        .isEqualTo(new ApiFailure(kind, status, message, word.isEmpty() ? null : word, null));
  }

  @Test
  void aBadKeyIsKnownByItsReason() {
    ApiFailure failure =
        GEMINI.error(
            400,
            tree(
                """
                {"error": {"code": 400, "message": "No.", "status": "INVALID_ARGUMENT", "details": [
                  {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}]}}
                """),
            "");

    assertThat(failure)
        .isEqualTo(new ApiFailure(Kind.AUTHENTICATION, 400, "No.", "API_KEY_INVALID", null));
  }

  @Test
  void theQuotaOfADayIsNotALimitThatPasses() {
    ApiFailure failure =
        GEMINI.error(
            429,
            tree(
                """
                {"error": {"code": 429, "message": "No.", "status": "RESOURCE_EXHAUSTED", "details": [
                  {"violations": [{"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]}]}}
                """),
            "");

    assertThat(failure.kind()).isEqualTo(Kind.QUOTA);
  }

  @Test
  void anArrayOfOneIsReadToo() {
    assertThat(
            GEMINI.error(
                503,
                null,
                "[{\"error\":{\"code\":503,\"message\":\"busy\",\"status\":\"UNAVAILABLE\"}}]"))
        .isEqualTo(new ApiFailure(Kind.OVERLOADED, 503, "busy", "UNAVAILABLE", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html>Bad gateway</html> | <html>Bad gateway</html>",
        "'' | ''",
        "[] | []",
        "[7] | [7]",
        "{\"error\":\"gone\"} | gone",
        "{\"error\":\"x\",\"error_description\":\"expired\"} | expired",
        "null | null",
      })
  void whateverElseComesIsAnErrorToo(String text, String message) {
    assertThat(GEMINI.error(502, null, text))
        .isEqualTo(new ApiFailure(Kind.SERVER, 502, message, null, null));
  }
}
