// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.headgate.standin.Recorded;
import io.headgate.standin.SpanRecord;
import io.headgate.standin.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What is to be seen of one call of a probe: by the app, by the host, and in what was exported. */
final class Expected {

  private final String call;
  private String said = "";
  private String operation = "chat";
  private String provider = "";
  private String requestModel = "";
  private String responseModel = "";
  private String path = "";
  private String header = "authorization";
  private String credential = "";
  private int credentials = 1;
  private Map<String, String> headers = Map.of();
  private boolean stream;
  private boolean estimated;
  private String finish = "";
  private long input = -1;
  private long output = -1;
  private double dollarsPerMillion = Double.NaN;

  private Expected(String call) {
    this.call = call;
  }

  static Expected call(String name) {
    return new Expected(name);
  }

  Expected said(String text) {
    said = text;
    return this;
  }

  Expected operation(String name) {
    operation = name;
    return this;
  }

  Expected provider(String name) {
    provider = name;
    return this;
  }

  Expected model(String requested, String answered) {
    requestModel = requested;
    responseModel = answered;
    return this;
  }

  Expected path(String pathAndQuery) {
    path = pathAndQuery;
    return this;
  }

  Expected credential(String headerName, String value) {
    header = headerName;
    credential = value;
    return this;
  }

  /** In so many fields does the SDK send it. */
  Expected credentials(int fields) {
    credentials = fields;
    return this;
  }

  Expected headers(Map<String, String> added) {
    headers = added;
    return this;
  }

  Expected streamed() {
    stream = true;
    return this;
  }

  /** Counted by the agent, since the answer tells no usage. */
  Expected estimated() {
    estimated = true;
    return this;
  }

  Expected finish(String reason) {
    finish = reason;
    return this;
  }

  Expected tokens(long in, long out) {
    input = in;
    output = out;
    return this;
  }

  /** Token counts times their prices in USD per million, added up. */
  Expected cost(double tokensTimesPrices) {
    dollarsPerMillion = tokensTimesPrices;
    return this;
  }

  /** A question of these texts that is answered by {@link Said#ANSWER}. */
  static long input(String... texts) {
    return Tokens.prompt(List.of(texts));
  }

  /** Of an answer of that text. */
  static long tokens(String text) {
    return Tokens.of(text);
  }

  static long output() {
    return Tokens.of(Said.ANSWER);
  }

  /** A test for every call; the calls of the run must be these, in this order. */
  static Stream<DynamicTest> tests(SdkRun run, Expected... calls) {
    List<String> names = Stream.of(calls).map(call -> call.call).toList();
    assertThat(run.said().keySet()).containsExactlyElementsOf(names);
    assertThat(run.logical()).as("gen_ai spans, one for each call").hasSize(calls.length);
    assertThat(run.requests()).as("requests, one for each call").hasSize(calls.length);
    return IntStream.range(0, calls.length)
        .mapToObj(
            i ->
                DynamicTest.dynamicTest(
                    calls[i].call,
                    () -> calls[i].verify(run, run.logical().get(i), run.requests().get(i))));
  }

  private void verify(SdkRun run, SpanRecord span, Recorded request) {
    assertThat(run.said().get(call)).isEqualTo(said);
    request(request);
    span(span);
    child(run, span);
  }

  private void request(Recorded request) {
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo(path);
    if (!credential.isEmpty()) {
      assertThat(request.headers().get(header)).containsExactly(credential);
    }
    headers.forEach((name, value) -> assertThat(request.header(name)).isEqualTo(value));
    List<String> keys = new ArrayList<>();
    request.headers().values().forEach(keys::addAll);
    keys.removeIf(value -> !value.contains(Said.KEY));
    assertThat(keys).as("credentials").hasSize(credential.isEmpty() ? 0 : credentials);
  }

  private void span(SpanRecord span) {
    assertThat(span.name()).isEqualTo(operation + " " + requestModel);
    assertThat(span.kind()).isEqualTo("CLIENT");
    assertThat(span.parentSpanId()).isEmpty();
    assertThat(span.text("gen_ai.operation.name")).isEqualTo(operation);
    assertThat(span.text("gen_ai.provider.name")).isEqualTo(provider);
    assertThat(span.text("gen_ai.request.model")).isEqualTo(requestModel);
    assertThat(span.text("gen_ai.response.model"))
        .isEqualTo(responseModel.isEmpty() ? null : responseModel);
    assertThat(span.attribute("gen_ai.response.finish_reasons"))
        .isEqualTo(finish.isEmpty() ? null : List.of(finish));
    assertThat(span.attribute("gen_ai.request.stream")).isEqualTo(stream ? true : null);
    if (stream) {
      assertThat(span.decimal("gen_ai.response.time_to_first_chunk"))
          .isPositive()
          .isLessThan(span.durationMillis() / 1000);
    } else {
      assertThat(span.attribute("gen_ai.response.time_to_first_chunk")).isNull();
    }
    if (estimated) {
      assertThat(span.number("gen_ai.usage.input_tokens")).isPositive();
      assertThat(span.attribute("headgate.usage.estimated")).isEqualTo(true);
    } else {
      assertThat(span.number("gen_ai.usage.input_tokens")).isEqualTo(input);
      assertThat(span.number("gen_ai.usage.output_tokens")).isEqualTo(output);
      assertThat(span.attribute("headgate.usage.estimated")).isNull();
    }
    cost(span);
  }

  private void cost(SpanRecord span) {
    if (Double.isNaN(dollarsPerMillion)) {
      assertThat(span.attribute("gen_ai.usage.cost")).isNull();
    } else if (estimated) {
      assertThat(span.decimal("gen_ai.usage.cost")).isPositive();
    } else {
      // Our sums are whole nano-dollars.
      assertThat(span.decimal("gen_ai.usage.cost"))
          .isCloseTo(dollarsPerMillion / 1e6, within(0.51e-9));
    }
  }

  private static void child(SdkRun run, SpanRecord span) {
    List<SpanRecord> children = run.children(span);
    assertThat(children).as("attempts").hasSize(1);
    SpanRecord attempt = children.get(0);
    assertThat(attempt.kind()).isEqualTo("CLIENT");
    assertThat(attempt.text("http.request.method")).isEqualTo("POST");
    assertThat(attempt.number("http.response.status_code")).isPositive();
    assertThat(attempt.attributes().keySet()).noneMatch(key -> key.startsWith("gen_ai."));
  }
}
