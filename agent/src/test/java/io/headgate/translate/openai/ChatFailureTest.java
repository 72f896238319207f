// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import static io.headgate.translate.openai.ChatJson.DIALECT;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import io.headgate.translate.ErrorAnswer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChatFailureTest {

  private static ApiFailure read(int status, String text) {
    Object body = JsonTree.exact(text.getBytes(StandardCharsets.UTF_8));
    return DIALECT.error(status, Nodes.map(body), text);
  }

  @Test
  void openAisErrorIsReadWhole() {
    assertThat(
            read(
                400,
                """
                {"error":{"message":"Unsupported parameter: 'max_tokens'",
                  "type":"invalid_request_error","param":"max_tokens",
                  "code":"unsupported_parameter"}}
                """))
        .isEqualTo(
            new ApiFailure(
                Kind.BAD_REQUEST,
                400,
                "Unsupported parameter: 'max_tokens'",
                "unsupported_parameter",
                "max_tokens"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | x | null | BAD_REQUEST",
        "400 | maximum context length is 10 | `\"context_length_exceeded\"` | CONTEXT_LENGTH",
        "400 | This model's maximum context length is 8192 tokens | null | CONTEXT_LENGTH",
        "413 | prompt is too long | null | CONTEXT_LENGTH",
        "422 | input is too long | null | CONTEXT_LENGTH",
        "400 | x | `\"content_filter\"` | CONTENT_FILTER",
        "400 | x | `\"content_policy_violation\"` | CONTENT_FILTER",
        "400 | API key not valid. | null | AUTHENTICATION",
        "400 | x | `\"billing_hard_limit_reached\"` | QUOTA",
        "400 | x | `\"model_not_found\"` | NOT_FOUND",
        "401 | x | `\"invalid_api_key\"` | AUTHENTICATION",
        "402 | x | null | QUOTA",
        "403 | x | null | PERMISSION",
        "403 | Your chosen model requires moderation | 403 | CONTENT_FILTER",
        "404 | x | `\"model_not_found\"` | NOT_FOUND",
        "408 | x | null | TIMEOUT",
        "409 | x | null | CONFLICT",
        "413 | x | null | TOO_LARGE",
        "413 | x | `\"rate_limit_exceeded\"` | RATE_LIMIT",
        "422 | x | null | UNPROCESSABLE",
        "429 | x | `\"rate_limit_exceeded\"` | RATE_LIMIT",
        "429 | x | `\"insufficient_quota\"` | QUOTA",
        "429 | The engine is currently overloaded | null | OVERLOADED",
        "498 | x | null | OVERLOADED",
        "500 | x | null | SERVER",
        "502 | x | null | SERVER",
        "503 | x | null | OVERLOADED",
        "504 | x | null | TIMEOUT",
        "529 | x | null | OVERLOADED",
      })
  void theStatusDecidesThenTheCodeThenTheWords(int status, String message, String code, Kind kind) {
    String body = "{\"error\":{\"message\":\"" + message + "\",\"code\":" + code + "}}";
    ApiFailure failure = read(status, body);
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
    assertThat(failure.message()).isEqualTo(message);
  }

  @Test
  void azuresFilterIsFoundInTheInnerError() {
    ApiFailure failure =
        read(
            400,
            """
            {"error":{"message":"The response was filtered","type":null,"param":"prompt",
              "code":"400","status":400,
              "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{}}}}
            """);
    assertThat(failure.kind()).isEqualTo(Kind.CONTENT_FILTER);
    assertThat(failure.parameter()).isEqualTo("prompt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Mistral
        "422 | {\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"seed\"],"
            + "\"msg\":\"Extra inputs are not permitted\"}]}"
            + " | seed: Extra inputs are not permitted | seed | UNPROCESSABLE",
        "400 | {\"object\":\"error\",\"message\":\"Invalid model: x\","
            + "\"type\":\"invalid_model\",\"param\":null,\"code\":\"1500\"}"
            + " | Invalid model: x | | NOT_FOUND",
        "422 | {\"object\":\"error\",\"message\":{\"detail\":[{\"loc\":[\"body\",\"messages\",0],"
            + "\"msg\":\"bad\"}]},\"type\":\"invalid_request_error\"}"
            + " | messages.0: bad | | UNPROCESSABLE",
        "401 | {\"detail\":\"Unauthorized\"} | Unauthorized | | AUTHENTICATION",
        // Google's array
        "429 | [{\"error\":{\"code\":429,\"message\":\"slow\",\"status\":\"RESOURCE_EXHAUSTED\"}}]"
            + " | slow | | RATE_LIMIT",
        "400 | [{\"error\":{\"code\":400,\"message\":\"bad\",\"status\":\"INVALID_ARGUMENT\","
            + "\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}] | bad | | AUTHENTICATION",
        // Hugging Face
        "503 | {\"error\":\"Model is loading\"} | Model is loading | | OVERLOADED",
        // Cloudflare Workers AI
        "400 | {\"result\":null,\"success\":false,\"errors\":[{\"code\":5006,\"message\":\"bad\"}]}"
            + " | bad | | BAD_REQUEST",
        // OpenRouter
        "502 | {\"error\":{\"code\":502,\"message\":\"Provider returned error\","
            + "\"metadata\":{\"raw\":\"boom\"}}} | Provider returned error: boom | | SERVER",
        "404 | {\"message\":\"gone\"} | gone | | NOT_FOUND",
        // No JSON at all
        "502 | <html><body>Bad Gateway</body></html> | `` | | SERVER",
        "503 | `` | `` | | OVERLOADED",
        "500 | upstream connect error | upstream connect error | | SERVER",
        "500 | [] | `` | | SERVER",
        "500 | [1 | `` | | SERVER",
      })
  void allWhoCopiedTheFormatAreUnderstood(
      int status, String text, String message, String parameter, Kind kind) {
    ApiFailure failure = read(status, text);
    assertThat(failure.message()).isEqualTo(message);
    if (parameter != null) {
      assertThat(failure.parameter()).isEqualTo(parameter);
    }
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST, 400, invalid_request_error, ",
    "CONTEXT_LENGTH, 400, invalid_request_error, context_length_exceeded",
    "CONTENT_FILTER, 400, invalid_request_error, content_filter",
    "AUTHENTICATION, 401, invalid_request_error, invalid_api_key",
    "PERMISSION, 403, invalid_request_error, ",
    "NOT_FOUND, 404, invalid_request_error, model_not_found",
    "CONFLICT, 409, invalid_request_error, ",
    "TOO_LARGE, 413, invalid_request_error, ",
    "UNPROCESSABLE, 422, invalid_request_error, ",
    "RATE_LIMIT, 429, requests, rate_limit_exceeded",
    "QUOTA, 429, insufficient_quota, insufficient_quota",
    "TIMEOUT, 504, server_error, ",
    "OVERLOADED, 503, server_error, ",
    "SERVER, 500, server_error, ",
  })
  void everyKindHasAStatusThatSdksKnow(Kind kind, int status, String type, String code) {
    ErrorAnswer answer = DIALECT.error(new ApiFailure(kind, 0, "why", "some_api_error", "p"));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body())
        .isEqualTo(
            Nodes.object(
                "error", Nodes.object("message", "why", "type", type, "param", "p", "code", code)));
  }

  @Test
  void anothersStatusIsKeptOnlyWhereItIsOpenAisToo() {
    assertThat(DIALECT.error(new ApiFailure(Kind.OVERLOADED, 529, "", null, null)).status())
        .isEqualTo(503);
    assertThat(DIALECT.error(new ApiFailure(Kind.SERVER, 502, "", null, null)).status())
        .isEqualTo(502);
    assertThat(DIALECT.error(new ApiFailure(Kind.SERVER, 424, "", null, null)).status())
        .isEqualTo(500);
    assertThat(DIALECT.error(new ApiFailure(Kind.TIMEOUT, 408, "", null, null)).status())
        .isEqualTo(408);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void allFourMembersAreThereAndThereIsAlwaysAMessage(Kind kind) {
    Object error = DIALECT.error(new ApiFailure(kind, 0, "", null, null)).body().get("error");
    assertThat(Nodes.map(error)).containsOnlyKeys("message", "type", "param", "code");
    assertThat(Nodes.text(Nodes.map(error).get("message"))).isNotBlank();
  }
}
