// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headgate.agent.Translations;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever apps and providers send, translation comes to an end, in bounded memory, without any
 * exception but those that it speaks of. The first byte of an input chooses the format of the app
 * and that of the provider. The build runs the seeds; {@code benchmarks/fuzz} looks for more.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class TranslationFuzz {

  private static final List<WireFormat> TARGETS =
      List.of(
          WireFormat.OPENAI,
          WireFormat.OPENAI_RESPONSES,
          WireFormat.ANTHROPIC,
          WireFormat.GEMINI,
          WireFormat.BEDROCK,
          WireFormat.COHERE,
          WireFormat.OLLAMA);

  private static final Translator TRANSLATOR = Translations.translator();

  /** No input makes more of itself than this, beside what every answer has. */
  private static final int GROWTH = 64;

  private static Arguments seed(int choice, byte[] rest) {
    byte[] seed = new byte[rest.length + 1];
    seed[0] = (byte) choice;
    System.arraycopy(rest, 0, seed, 1, rest.length);
    return Arguments.of((Object) seed);
  }

  static Stream<Arguments> requests() {
    return Stream.of("openai", "responses", "anthropic", "gemini", "bedrock")
        .map(name -> GoldenFile.built("request/" + name + ".txt").section(name))
        .map(text -> text.getBytes(StandardCharsets.UTF_8))
        .collect(Collectors.collectingAndThen(Collectors.toList(), TranslationFuzz::numbered));
  }

  /** In the order of the callers. */
  private static Stream<Arguments> numbered(List<byte[]> bodies) {
    return IntStream.range(0, bodies.size()).mapToObj(i -> seed(i, bodies.get(i)));
  }

  static Stream<Arguments> answers() {
    return Pairs.ANSWERS.entrySet().stream()
        .map(answer -> seed(choice(answer.getValue()), Pairs.whole(answer.getKey())));
  }

  static Stream<Arguments> streams() {
    return Pairs.ANSWERS.entrySet().stream()
        .map(answer -> seed(choice(answer.getValue()), Pairs.recorded(answer.getKey())));
  }

  static Stream<Arguments> errors() {
    return TARGETS.stream()
        .flatMap(
            target ->
                Stream.of(
                        "{\"error\":{\"type\":\"a\",\"code\":\"b\",\"message\":\"c\",\"param\":\"d\"}}",
                        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"c\"}}",
                        "[{\"error\":{\"code\":429,\"status\":\"a\",\"message\":\"b\",\"details\":[{"
                            + "\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\"3s\"}]}}]",
                        "{\"message\":\"a\",\"__type\":\"ThrottlingException\"}")
                    .map(body -> seed(choice(target), body.getBytes(StandardCharsets.UTF_8))));
  }

  /** What chooses a target, for the first caller that speaks another format. */
  private static int choice(WireFormat target) {
    int caller = target == Pairs.CALLERS.get(0) ? 1 : 0;
    return TARGETS.indexOf(target) * Pairs.CALLERS.size() + caller;
  }

  private static WireFormat caller(byte[] input) {
    return Pairs.CALLERS.get(Math.floorMod(input[0], Pairs.CALLERS.size()));
  }

  private static WireFormat target(byte[] input) {
    return TARGETS.get(Math.floorMod(input[0] / Pairs.CALLERS.size(), TARGETS.size()));
  }

  private static byte[] rest(byte[] input) {
    return Arrays.copyOfRange(input, 1, input.length);
  }

  private static void isBounded(byte[] out, byte[] in) {
    assertThat((long) out.length).isLessThan(64_000 + (long) GROWTH * in.length);
    assertThat(new String(out, StandardCharsets.UTF_8)).doesNotContain("could not be translated");
  }

  @MethodSource("requests")
  @FuzzTest(maxDuration = "60s")
  void requestsAreTranslatedOrRefused(byte[] input) {
    if (input.length == 0) {
      return;
    }
    WireFormat caller = caller(input);
    byte[] body = rest(input);
    GatewayRequest request =
        new GatewayRequest(
            "POST", URI.create("https://host/path"), Headers.EMPTY, RequestBody.of(body));
    for (WireFormat target : TARGETS) {
      if (target != caller) {
        try {
          byte[] translated =
              TRANSLATOR
                  .read(Pairs.endpoint(caller, true), request, null)
                  .to(Pairs.endpoint(target, true), Pairs.model(target))
                  .body();
          isBounded(translated, body);
        } catch (Ineligible e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
    }
  }

  @MethodSource("answers")
  @FuzzTest(maxDuration = "60s")
  void answersAreTranslatedOrFail(byte[] input) {
    if (input.length == 0 || caller(input) == target(input)) {
      return;
    }
    byte[] body = rest(input);
    for (boolean stream : new boolean[] {false, true}) {
      Translation translation = Pairs.translation(caller(input), target(input), stream);
      isBounded(translation.whole(200, Headers.EMPTY, body).body(), body);
    }
  }

  @MethodSource("streams")
  @FuzzTest(maxDuration = "60s")
  void streamsAreTranslatedOrFail(byte[] input) {
    if (input.length == 0 || caller(input) == target(input)) {
      return;
    }
    byte[] body = rest(input);
    StreamTranslation stream = Pairs.translation(caller(input), target(input), true).stream();
    isBounded(Pairs.through(stream, body, body.length / 2), body);
  }

  @MethodSource("errors")
  @FuzzTest(maxDuration = "60s")
  void errorsAreTranslated(byte[] input) {
    if (input.length == 0 || caller(input) == target(input)) {
      return;
    }
    byte[] body = rest(input);
    Translation translation = Pairs.translation(caller(input), target(input), false);
    Translation.Answer answer = translation.error(429, Headers.EMPTY, body);
    isBounded(answer.body(), body);
    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
  }
}
