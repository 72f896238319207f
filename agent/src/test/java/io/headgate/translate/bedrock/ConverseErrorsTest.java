// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ApiFailure.Kind;
import io.headgate.gateway.Headers;
import io.headgate.translate.ErrorAnswer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseErrorsTest {

  @ParameterizedTest
  @CsvSource({
    "BAD_REQUEST,400,ValidationException,validationException",
    "CONTEXT_LENGTH,400,ValidationException,validationException",
    "CONTENT_FILTER,400,ValidationException,validationException",
    "AUTHENTICATION,403,UnrecognizedClientException,validationException",
    "PERMISSION,403,AccessDeniedException,validationException",
    "NOT_FOUND,404,ResourceNotFoundException,validationException",
    "CONFLICT,400,ConflictException,validationException",
    "TOO_LARGE,400,ValidationException,validationException",
    "UNPROCESSABLE,400,ValidationException,validationException",
    "RATE_LIMIT,429,ThrottlingException,throttlingException",
    "QUOTA,400,ServiceQuotaExceededException,throttlingException",
    "TIMEOUT,408,ModelTimeoutException,modelStreamErrorException",
    "OVERLOADED,503,ServiceUnavailableException,serviceUnavailableException",
    "SERVER,500,InternalServerException,modelStreamErrorException"
  })
  void everyFailureIsAnExceptionOfTheSdk(Kind kind, int status, String type, String inStream) {
    ApiFailure failure = new ApiFailure(kind, 0, "input is too long", null, null);
    ErrorAnswer answer = Converse.DIALECT.error(failure);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers().first("x-amzn-errortype")).isEqualTo(type);
    assertThat(Converse.written(answer.body())).isEqualTo("{\"message\":\"input is too long\"}");
    assertThat(ConverseErrorWriter.event(failure).name()).isEqualTo("exception:" + inStream);
  }

  @Test
  void modelThatFailedIsToldFromTheServer() {
    ApiFailure model = new ApiFailure(Kind.SERVER, 424, "m", null, null);
    assertThat(Converse.DIALECT.error(model).status()).isEqualTo(424);
    assertThat(Converse.DIALECT.error(model).headers().first("x-amzn-errortype"))
        .isEqualTo("ModelErrorException");
    ApiFailure server = new ApiFailure(Kind.SERVER, 502, "m", null, null);
    assertThat(ConverseErrorWriter.event(server).name())
        .isEqualTo("exception:internalServerException");
  }

  @Test
  void inputThatIsTooLongSaysSoInBedrocksWords() {
    ApiFailure failure = new ApiFailure(Kind.CONTEXT_LENGTH, 400, "8192 at most", null, null);
    assertThat(Converse.DIALECT.error(failure).body())
        .containsEntry("message", "Input is too long for requested model. 8192 at most");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400|{"message":"malformed"}|BAD_REQUEST
          400|{"message":"Input is too long for requested model."}|CONTEXT_LENGTH
          400|{"message":"prompt is too long: 9 tokens > 8 maximum"}|CONTEXT_LENGTH
          400|{"message":"The document name is too long."}|BAD_REQUEST
          400|{"message":"Input Tokens Exceeded: Number of input tokens exceeds"}|CONTEXT_LENGTH
          400|{"message":"stopped by the content filter"}|CONTENT_FILTER
          400|{"__type":"com.amazon#ThrottlingException","Message":"slow"}|RATE_LIMIT
          400|{"__type":"ServiceQuotaExceededException:http://x","message":"no"}|QUOTA
          403|{"message":"You don't have access to the model"}|PERMISSION
          403|{"message":"The security token included in the request is invalid."}|AUTHENTICATION
          403|{"__type":"UnrecognizedClientException","message":"x"}|AUTHENTICATION
          403|{"__type":"AccessDeniedException","message":"Signature expired"}|AUTHENTICATION
          401|{"__type":"AccessDeniedException","message":"x"}|AUTHENTICATION
          404|{"message":"no such model"}|NOT_FOUND
          408|{"message":"x"}|TIMEOUT
          409|{"message":"x"}|CONFLICT
          413|{"message":"x"}|TOO_LARGE
          422|{"message":"x"}|UNPROCESSABLE
          424|{"message":"x"}|SERVER
          429|{"message":"Too many requests"}|RATE_LIMIT
          429|{"__type":"ModelNotReadyException","message":"x"}|RATE_LIMIT
          500|{"message":"x"}|SERVER
          503|{"message":"x"}|OVERLOADED
          400|{}|BAD_REQUEST
          400|{"message":[1]}|BAD_REQUEST
          """)
  void everyErrorHasItsKind(int status, String body, Kind kind) {
    ApiFailure failure = Converse.DIALECT.error(status, Converse.tree(body), "x");
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400|ServiceQuotaExceededException:http://internal.amazon.com/coral/|QUOTA|\
          ServiceQuotaExceededException
          403|UnrecognizedClientException|AUTHENTICATION|UnrecognizedClientException
          403|AccessDeniedException:|PERMISSION|AccessDeniedException
          429|ModelNotReadyException|RATE_LIMIT|ModelNotReadyException
          424|ModelErrorException|SERVER|ModelErrorException
          400|ValidationException|BAD_REQUEST|ValidationException
          400||BAD_REQUEST|
          """)
  void typeIsInAFieldOfTheAnswer(
      int status, @Nullable String field, Kind kind, @Nullable String code) {
    Headers headers = field == null ? Headers.EMPTY : Headers.ofFlat("X-Amzn-ErrorType", field);
    ApiFailure failure =
        Converse.DIALECT.error(status, headers, Converse.tree("{\"message\":\"no\"}"), "x");
    assertThat(failure).isEqualTo(new ApiFailure(kind, status, "no", code, null));
  }

  @Test
  void typeIsTheFieldsRatherThanTheBodys() {
    ApiFailure failure =
        Converse.DIALECT.error(
            400,
            Headers.ofFlat("x-amzn-errortype", "ThrottlingException"),
            Converse.tree("{\"__type\":\"ValidationException\",\"message\":\"no\"}"),
            "x");
    assertThat(failure.code()).isEqualTo("ThrottlingException");
    assertThat(Converse.DIALECT.error(503, Headers.ofFlat("x-amzn-errortype", "X"), null, "html"))
        .isEqualTo(new ApiFailure(Kind.OVERLOADED, 503, "html", "X", null));
  }

  @Test
  void whatIsNoJsonIsTheMessage() {
    assertThat(Converse.DIALECT.error(502, null, "<html>"))
        .isEqualTo(new ApiFailure(Kind.SERVER, 502, "<html>", null, null));
  }

  @Test
  void typeIsTheCode() {
    ApiFailure failure =
        Converse.DIALECT.error(
            400, Converse.tree("{\"__type\":\"a.b#validationException\",\"message\":\"m\"}"), "");
    assertThat(failure.code()).isEqualTo("ValidationException");
    assertThat(failure.message()).isEqualTo("m");
  }
}
