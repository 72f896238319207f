// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.FailureKind;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerJudge.Verdict;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      nullValues = "-",
      value = {
        "OPENAI|401|{\"error\":{\"message\":\"Incorrect API key provided\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}|AUTH|invalid_api_key",
        "OPENAI|403|{\"error\":{\"message\":\"Country not supported\",\"code\":\"unsupported_country_region_territory\"}}|AUTH|unsupported_country_region_territory",
        "OPENAI|404|{\"error\":{\"message\":\"The model does not exist\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"}}|CLIENT_ERROR|model_not_found",
        "OPENAI|429|{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}|RATE_LIMIT|rate_limit_exceeded",
        "OPENAI|429|{\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}}|QUOTA|insufficient_quota",
        "OPENAI|429|{\"error\":{\"type\":\"engine_overloaded_error\",\"message\":\"busy\"}}|OVERLOADED|engine_overloaded_error",
        "OPENAI|500|{\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\",\"code\":null}}|SERVER_ERROR|server_error",
        "OPENAI|503|{\"error\":{\"message\":\"The engine is currently overloaded, please try again later\",\"type\":\"server_error\"}}|OVERLOADED|server_error",
        "OPENAI|400|{\"error\":{\"message\":\"This model's maximum context length is 8192 tokens.\",\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"}}|CONTEXT_WINDOW|context_length_exceeded",
        "OPENAI|400|{\"error\":{\"message\":\"x\",\"code\":\"string_above_max_length\"}}|CONTEXT_WINDOW|string_above_max_length",
        "OPENAI|400|{\"error\":{\"message\":\"Your request was rejected as a result of our safety system.\",\"code\":\"content_policy_violation\"}}|CONTENT_FILTER|content_policy_violation",
        "OPENAI|400|{\"error\":{\"message\":\"max_tokens is too large: 100000. This model supports at most 4096 completion tokens\",\"type\":\"invalid_request_error\"}}|CLIENT_ERROR|invalid_request_error",
        "OPENAI|400|{\"error\":{\"message\":\"The response was filtered\",\"type\":null,\"param\":\"prompt\",\"code\":\"content_filter\",\"status\":400,\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}|CONTENT_FILTER|content_filter",
        "OPENAI|400|{\"error\":{\"message\":\"x\",\"innererror\":{\"code\":\"ResponsibleAIPolicyViolation\"}}}|CONTENT_FILTER|ResponsibleAIPolicyViolation",
        "OPENAI|402|{\"error\":{\"message\":\"Insufficient Balance\",\"type\":\"unknown_error\",\"code\":\"invalid_request_error\"}}|QUOTA|invalid_request_error",
        "OPENAI|403|{\"error\":{\"code\":403,\"message\":\"Your input was flagged\",\"metadata\":{}},\"type\":\"moderation\"}|CONTENT_FILTER|moderation",
        "OPENAI|403|{\"code\":\"forbidden\",\"error\":\"Your team has used all available credits\"}|QUOTA|forbidden",
        "OPENAI|400|{\"code\":\"x\",\"error\":\"This model's maximum prompt length is 131072 but the request contains 2\"}|CONTEXT_WINDOW|x",
        "OPENAI|413|{\"error\":{\"message\":\"Request too large for model `x` on tokens per minute\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}|CONTEXT_WINDOW|rate_limit_exceeded",
        "OPENAI|422|{\"detail\":[{\"type\":\"value_error\",\"msg\":\"Prompt contains 40000 tokens, too large for model with 32768 maximum context length\"}]}|CONTEXT_WINDOW|-",
        "OPENAI|400|{\"object\":\"error\",\"message\":\"too long: maximum context length is 4096\",\"type\":\"BadRequestError\",\"code\":400}|CONTEXT_WINDOW|BadRequestError",
        "OPENAI|400|{\"error\":{\"message\":\"Content Exists Risk\",\"type\":\"invalid_request_error\"}}|CONTENT_FILTER|invalid_request_error",
        "OPENAI|400|[{\"error\":{\"code\":400,\"message\":\"The input token count (2000000) exceeds the maximum\",\"status\":\"INVALID_ARGUMENT\"}}]|CONTEXT_WINDOW|INVALID_ARGUMENT",
        "OPENAI|408|{}|CLIENT_ERROR|-",
        "OPENAI|409|{}|CLIENT_ERROR|-",
        "OPENAI|425|{}|CLIENT_ERROR|-",
        "OPENAI|504|upstream request timeout|SERVER_ERROR|-",
        "OPENAI|502|<html>Bad Gateway</html>|SERVER_ERROR|-",
        "OPENAI|529|-|OVERLOADED|-",
        "OPENAI|429|-|RATE_LIMIT|-",
        "OPENAI_RESPONSES|400|{\"error\":{\"message\":\"x\",\"code\":\"context_length_exceeded\"}}|CONTEXT_WINDOW|context_length_exceeded",
        "ANTHROPIC|529|{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"},\"request_id\":\"r\"}|OVERLOADED|overloaded_error",
        "ANTHROPIC|500|{\"error\":{\"type\":\"api_error\",\"message\":\"x\"},\"type\":\"error\"}|SERVER_ERROR|api_error",
        "ANTHROPIC|429|{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"This would exceed the rate limit\"}}|RATE_LIMIT|rate_limit_error",
        "ANTHROPIC|400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 210000 tokens > 200000 maximum\"}}|CONTEXT_WINDOW|invalid_request_error",
        "ANTHROPIC|400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"input length and `max_tokens` exceed context limit\"}}|CONTEXT_WINDOW|invalid_request_error",
        "ANTHROPIC|413|{\"type\":\"error\",\"error\":{\"type\":\"request_too_large\",\"message\":\"x\"}}|CONTEXT_WINDOW|request_too_large",
        "ANTHROPIC|400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Your credit balance is too low to access the API\"}}|QUOTA|invalid_request_error",
        "ANTHROPIC|402|{\"type\":\"error\",\"error\":{\"type\":\"billing_error\",\"message\":\"x\"}}|QUOTA|billing_error",
        "ANTHROPIC|400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Output blocked by content filtering policy\"}}|CONTENT_FILTER|invalid_request_error",
        "ANTHROPIC|400|{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"max_tokens: field required\"}}|CLIENT_ERROR|invalid_request_error",
        "GEMINI|503|{\"error\":{\"code\":503,\"message\":\"The model is overloaded. Please try again later.\",\"status\":\"UNAVAILABLE\"}}|OVERLOADED|UNAVAILABLE",
        "GEMINI|503|{\"error\":{\"code\":503,\"message\":\"The service is currently unavailable.\",\"status\":\"UNAVAILABLE\"}}|SERVER_ERROR|UNAVAILABLE",
        "GEMINI|429|{\"error\":{\"code\":429,\"message\":\"You exceeded your current quota, please check your plan and billing details.\",\"status\":\"RESOURCE_EXHAUSTED\"}}|RATE_LIMIT|RESOURCE_EXHAUSTED",
        "GEMINI|400|{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"reason\":\"API_KEY_INVALID\"}]}}|AUTH|INVALID_ARGUMENT",
        "GEMINI|400|{\"error\":{\"code\":400,\"message\":\"The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).\",\"status\":\"INVALID_ARGUMENT\"}}|CONTEXT_WINDOW|INVALID_ARGUMENT",
        "GEMINI|504|{\"error\":{\"code\":504,\"message\":\"x\",\"status\":\"DEADLINE_EXCEEDED\"}}|SERVER_ERROR|DEADLINE_EXCEEDED",
        "BEDROCK|400|{\"message\":\"Input is too long for requested model.\",\"__type\":\"ValidationException\"}|CONTEXT_WINDOW|ValidationException",
        "BEDROCK|429|{\"message\":\"Too many requests\",\"__type\":\"com.amazon#ThrottlingException\"}|RATE_LIMIT|com.amazon#ThrottlingException",
        "BEDROCK|400|{\"message\":\"x\",\"__type\":\"ServiceQuotaExceededException\"}|RATE_LIMIT|ServiceQuotaExceededException",
        "BEDROCK|424|{\"message\":\"x\",\"__type\":\"ModelErrorException\"}|SERVER_ERROR|ModelErrorException",
        "COHERE|400|{\"id\":\"x\",\"message\":\"too many tokens: total number of tokens in the prompt exceeds the limit of 4081\"}|CONTEXT_WINDOW|-",
        "COHERE|498|{\"message\":\"invalid api token\"}|AUTH|-",
        "OLLAMA|404|{\"error\":\"model 'x' not found\"}|CLIENT_ERROR|-",
        "OTHER|503|{\"error\":\"Model is overloaded\",\"error_type\":\"overloaded\"}|OVERLOADED|overloaded"
      })
  void everyProvidersErrorsAreSorted(
      WireFormat format,
      int status,
      @Nullable String body,
      FailureKind kind,
      @Nullable String type) {
    Judging judging = Judging.error(format, status);
    Judging.Sentence sentence = new Judging.Sentence(Verdict.FAILED, kind, type, null);
    byte[] bytes = Judging.bytes(body == null ? "" : body);
    assertThat(judging.of(bytes, Math.max(1, bytes.length))).isEqualTo(sentence);
    for (int cut = 0; cut <= bytes.length; cut++) {
      assertThat(judging.cut(bytes, cut)).isEqualTo(sentence);
    }
  }

  @Test
  void theHeaderOfBedrockNamesTheError() {
    Judging judging =
        Judging.error(WireFormat.BEDROCK, 400)
            .headers("x-amzn-ErrorType", "ThrottlingException:http://internal");
    assertThat(judging.of("{\"message\":\"x\"}"))
        .isEqualTo(
            new Judging.Sentence(
                Verdict.FAILED, FailureKind.RATE_LIMIT, "ThrottlingException", null));
  }

  @Test
  void anErrorIsOpenUntilItsEndButNotForEver() {
    Judging judging = Judging.error(WireFormat.OPENAI, 500);
    assertThat(judging.sofar("{\"error\":{}}")).isEqualTo(Verdict.OPEN);
    assertThat(judging.sofar("x".repeat(65_535))).isEqualTo(Verdict.OPEN);
    assertThat(judging.sofar("x".repeat(65_536))).isEqualTo(Verdict.FAILED);
  }

  @Test
  void aSentenceIsNoName() {
    String body = "{\"error\":{\"type\":\"" + "y".repeat(200) + "\",\"code\":\"he said so\"}}";
    assertThat(Judging.error(WireFormat.OPENAI, 500).of(body).errorType()).isNull();
  }
}
