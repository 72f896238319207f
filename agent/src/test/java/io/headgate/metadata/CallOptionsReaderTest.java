// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.headgate.gateway.CallOptions;
import io.headgate.gateway.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallOptionsReaderTest {

  private final List<String> ignored = new ArrayList<>();

  private CallOptions read(String... headers) {
    return CallOptionsReader.read(
        Headers.ofFlat(headers), (name, why) -> ignored.add(name + ": " + why));
  }

  @Test
  void aCallThatAsksForNothingGetsTheSharedOptions() {
    assertThat(read("Authorization", "Bearer x", "x-headgat", "1")).isSameAs(CallOptions.NONE);
  }

  @Test
  void allFieldsOfOursAreRead() {
    CallOptions options =
        read(
            "X-Headgate-Bypass", "TRUE",
            "x-headgate-route", " support ",
            "x-headgate-timeout-first-token", "1500",
            "x-headgate-max-attempts", "4",
            "x-headgate-retry-delay", "0",
            "x-headgate-backoff", "Linear",
            "x-headgate-metadata", "{\"user\":\"u1\",\"n\":7,\"vip\":true}",
            "x-headgate-price", "{\"input\":2.5,\"output\":10,\"cached-input\":0}",
            "x-headgate-log", "false");
    assertThat(options.bypass()).isTrue();
    assertThat(options.route()).isEqualTo("support");
    assertThat(options.firstTokenNanos()).isEqualTo(1_500_000_000L);
    assertThat(options.maxAttempts()).isEqualTo(4);
    assertThat(options.retryDelayNanos()).isZero();
    assertThat(options.backoff()).isEqualTo("linear");
    assertThat(options.metadata())
        .containsOnly(entry("user", "u1"), entry("n", 7L), entry("vip", true));
    assertThat(options.price())
        .containsOnly(entry("input", 2.5), entry("output", 10.0), entry("cached-input", 0.0));
    assertThat(options.log()).isFalse();
    assertThat(ignored).isEmpty();
  }

  @Test
  void theFieldsOfCloudflareMeanTheSame() {
    CallOptions options =
        read(
            "cf-aig-request-timeout", "250",
            "cf-aig-max-attempts", "2",
            "cf-aig-retry-delay", "100",
            "cf-aig-backoff", "exponential",
            "cf-aig-metadata", "{\"team\":\"search\"}",
            "cf-aig-custom-cost", "{\"per_token_in\":0.000001,\"per_token_out\":0.00002}",
            "cf-aig-collect-log", "false");
    assertThat(options.firstTokenNanos()).isEqualTo(250_000_000L);
    assertThat(options.maxAttempts()).isEqualTo(2);
    assertThat(options.retryDelayNanos()).isEqualTo(100_000_000L);
    assertThat(options.backoff()).isEqualTo("exponential");
    assertThat(options.metadata()).containsOnly(entry("team", "search"));
    assertThat(options.price().get("input")).isCloseTo(1, within());
    assertThat(options.price().get("output")).isCloseTo(20, within());
    assertThat(options.log()).isFalse();
    assertThat(ignored).isEmpty();
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cf-aig-bypass", "cf-aig-route"})
  void whatCloudflareDoesNotHaveIsNoAlias(String name) {
    CallOptions options = read(name, "true");
    assertThat(options.bypass()).isFalse();
    assertThat(options.route()).isNull();
  }

  @Test
  void oursWinsWhicheverComesFirst() {
    assertThat(read("cf-aig-max-attempts", "5", "x-headgate-max-attempts", "2").maxAttempts())
        .isEqualTo(2);
    assertThat(read("x-headgate-max-attempts", "2", "cf-aig-max-attempts", "5").maxAttempts())
        .isEqualTo(2);
  }

  @Test
  void theLimitsThemselvesAreAllowed() {
    CallOptions options =
        read("x-headgate-max-attempts", "10", "x-headgate-timeout-first-token", "3600000");
    assertThat(options.maxAttempts()).isEqualTo(10);
    assertThat(options.firstTokenNanos()).isEqualTo(3_600_000_000_000L);
    assertThat(ignored).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x-headgate-bypass              | yes",
        "x-headgate-log                 | 0",
        "cf-aig-collect-log             | no",
        "x-headgate-timeout-first-token | 0",
        "x-headgate-timeout-first-token | 3600001",
        "cf-aig-request-timeout         | 10s",
        "x-headgate-max-attempts        | 0",
        "x-headgate-max-attempts        | 11",
        "x-headgate-max-attempts        | 99999999999999999999",
        "cf-aig-max-attempts            | 1.5",
        "x-headgate-retry-delay         | -1",
        "cf-aig-retry-delay             | ''",
        "x-headgate-backoff             | fibonacci",
        "x-headgate-metadata            | {\"a\":",
        "x-headgate-metadata            | [1]",
        "cf-aig-metadata                | null",
        "x-headgate-metadata            | {\"a\":{\"b\":1}}",
        "x-headgate-metadata            | {\"a\":null}",
        "x-headgate-price               | 7",
        "x-headgate-price               | {\"input\":-1}",
        "x-headgate-price               | {\"input\":\"1\"}",
        "cf-aig-custom-cost             | {\"input\":1}",
        "cf-aig-custom-cost             | {}",
      })
  void aValueThatCannotBeUsedIsLeftOutAndTold(String name, String value) {
    assertThat(read(name, value)).isEqualTo(CallOptions.NONE);
    assertThat(ignored).singleElement().asString().startsWith(name + ": ");
  }

  @Test
  void whatIsToldNeverRepeatsTheValue() {
    CallOptions unused =
        read("x-headgate-max-attempts", "sk-secret", "x-headgate-bypass", "sk-secret");
    assertThat(unused).isEqualTo(CallOptions.NONE);
    assertThat(ignored).hasSize(2).noneMatch(line -> line.contains("secret"));
  }

  @Test
  void ofMetadataThatIsNotFlatTheRestCounts() {
    assertThat(read("x-headgate-metadata", "{\"a\":[1],\"b\":\"2\"}").metadata())
        .containsOnly(entry("b", "2"));
    assertThat(ignored)
        .containsExactly("x-headgate-metadata: expected strings, numbers and booleans only");
  }

  @Test
  void noMoreThanSixteenKeysCount() {
    String sixteen =
        IntStream.range(0, 16)
            .mapToObj(i -> "\"k" + i + "\":" + i)
            .collect(Collectors.joining(","));
    assertThat(read("x-headgate-metadata", "{" + sixteen + "}").metadata()).hasSize(16);
    assertThat(ignored).isEmpty();
    assertThat(read("x-headgate-metadata", "{" + sixteen + ",\"late\":1}").metadata())
        .hasSize(16)
        .doesNotContainKey("late");
    assertThat(ignored).containsExactly("x-headgate-metadata: has more than 16 keys");
  }

  @Test
  void longTextIsCutButNeverWithinACharacter() {
    String smiles = "\uD83D\uDE00".repeat(600);
    Object kept = read("x-headgate-metadata", "{\"a\":\"x" + smiles + "\"}").metadata().get("a");
    assertThat((String) kept).hasSize(1023).isEqualTo("x" + "\uD83D\uDE00".repeat(511));
  }

  @Test
  void aPriceBeyondAllNumbersIsLeftOut() {
    assertThat(read("x-headgate-price", "{\"input\":1e999,\"output\":1}").price())
        .containsOnly(entry("output", 1.0));
  }

  @Test
  void anEmptyRouteIsNone() {
    assertThat(read("x-headgate-route", " ").route()).isNull();
  }

  @Test
  void textBeyondAsciiIsReadAsItIs() {
    assertThat(read("x-headgate-metadata", "{\"city\":\"K\u00f6ln\"}").metadata())
        .containsEntry("city", "K\u00f6ln");
  }
}
