// SPDX-License-Identifier: Apache-2.0
package io.headgate.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.config.RewriteSettings;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.BodyEdits;
import io.headgate.gateway.ContentTransform;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.RequestBody;
import io.headgate.gateway.WireEditor;
import io.headgate.gateway.WireError;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RewriterTest {

  private static final Endpoint ENDPOINT =
      new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, null, false);
  private static final RequestBody EDITED =
      RequestBody.of("edited".getBytes(StandardCharsets.UTF_8));

  private final Editor editor = new Editor();
  private final GatewayRequest request =
      new GatewayRequest(
          "POST",
          URI.create("https://api.openai.com/v1/chat/completions"),
          Headers.ofFlat("X-Team", "a", "Accept", "*/*", "x-team", "b"),
          RequestBody.of("{}".getBytes(StandardCharsets.UTF_8)));

  @Test
  void theEditsAreThoseOfTheConfiguration() {
    RewriteSettings settings =
        new RewriteSettings(
            "at",
            "terse",
            "for ${metadata.user}",
            "Be brief.",
            Map.of("temperature", 0.2, "user", "u-${metadata.user}${metadata.none}"),
            Map.of("max_tokens", new double[] {1, 2048}),
            List.of("logit_bias"),
            Map.of(),
            List.of());

    Rewriter.Rewritten rewritten = apply(settings, Map.of("user", 42L));

    assertThat(editor.edits)
        .isEqualTo(
            new BodyEdits(
                "for 42",
                "Be brief.",
                Map.of("temperature", 0.2, "user", "u-42"),
                Map.of("max_tokens", new BodyEdits.Range(1, 2048)),
                List.of("logit_bias")));
    assertThat(rewritten.request().body()).isSameAs(EDITED);
    assertThat(rewritten.dropped()).isEmpty();
  }

  @Test
  void textsAreFilledHoweverDeepButNamesNever() {
    Map<String, @Nullable Object> set =
        Map.of(
            "metadata",
            Map.of("${metadata.a}", List.of("${metadata.a}", 1L, Map.of("k", "${metadata.b}"))));

    apply(settings(set), Map.of("a", "${metadata.b}", "b", "B"));

    assertThat(editor.edits.set())
        .isEqualTo(
            Map.of(
                "metadata",
                Map.of("${metadata.a}", List.of("${metadata.b}", 1L, Map.of("k", "B")))));
  }

  @Test
  void whatIsNoPlaceholderStays() {
    apply(settings(Map.of("a", "$5 {metadata.y} ${other} ${metadata.x")), Map.of());
    assertThat(editor.edits.set()).isEqualTo(Map.of("a", "$5 {metadata.y} ${other} ${metadata.x"));
  }

  @Test
  void aTextOfWhichNothingIsLeftIsNoEdit() {
    RewriteSettings settings =
        new RewriteSettings(
            "at", "r", "${metadata.x}", null, Map.of(), Map.of(), List.of(), Map.of(), List.of());
    assertThat(apply(settings, Map.of()).request()).isSameAs(request);
    assertThat(editor.asked).isFalse();
  }

  @Test
  void aBodyThatCannotBeEditedStaysAndTheHeadersStillChange() {
    editor.answer = null;
    RewriteSettings settings =
        new RewriteSettings(
            "at",
            "r",
            "p",
            "q",
            Map.of("a", 1L),
            Map.of("b", new double[] {0, 1}),
            List.of("c", "a"),
            Map.of("x-new", "1"),
            List.of("X-TEAM"));

    Rewriter.Rewritten rewritten = apply(settings, Map.of());

    assertThat(rewritten.request().body()).isSameAs(request.body());
    assertThat(rewritten.dropped()).containsExactlyInAnyOrder("system", "a", "b", "c");
    assertThat(rewritten.request().headers().toMap())
        .isEqualTo(Map.of("Accept", List.of("*/*"), "x-new", List.of("1")));
  }

  @Test
  void nothingToDoIsTheSameRequest() {
    editor.answer = request.body();
    assertThat(apply(settings(Map.of("a", 1L)), Map.of()).request()).isSameAs(request);
    RewriteSettings absent =
        new RewriteSettings(
            "at", "r", null, null, Map.of(), Map.of(), List.of(), Map.of(), List.of("x-none"));
    assertThat(apply(absent, Map.of()).request()).isSameAs(request);
  }

  @Test
  void aCallersValueInjectsNothingIntoAHeader() {
    assertThat(header("t ${metadata.x} end", "a\r\nX-Evil: 1\u0000\u0085\u007f\tb"))
        .isEqualTo("t aX-Evil: 1b end");
    assertThat(header("${metadata.x}", "ü€😀\uD800"))
        .isEqualTo("%C3%BC%E2%82%AC%F0%9F%98%80%EF%BF%BD");
    assertThat(header("${metadata.x}", "50% \"a\", b;c")).isEqualTo("50% \"a\", b;c");
    assertThat(header("${metadata.x}", "  a  ")).isEqualTo("a");
    assertThat(header("${metadata.x}", "${metadata.x}")).isEqualTo("${metadata.x}");
    assertThat(header("-${metadata.y}", "a")).isEqualTo("-");
    assertThat(header("${metadata.x}", "a".repeat(1 << 20))).hasSize(1024);
  }

  @Test
  void anyValueBecomesPrintableAscii() {
    Random random = new Random(11);
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append((char) random.nextInt(0x10000));
      }
      assertThat(header("${metadata.x}", text.toString())).matches("[ -~]*");
    }
  }

  private String header(String template, String value) {
    GatewayRequest changed = apply(headers("x-user", template), Map.of("x", value)).request();
    String header = changed.headers().first("x-user");
    assertThat(header).isNotNull();
    return header;
  }

  private Rewriter.Rewritten apply(RewriteSettings settings, Map<String, Object> metadata) {
    return Rewriter.apply(settings, ENDPOINT, request, metadata, editor);
  }

  private static RewriteSettings settings(Map<String, @Nullable Object> set) {
    return new RewriteSettings(
        "at", "r", null, null, set, Map.of(), List.of(), Map.of(), List.of());
  }

  private static RewriteSettings headers(String name, String value) {
    return new RewriteSettings(
        "at", "r", null, null, Map.of(), Map.of(), List.of(), Map.of(name, value), List.of());
  }

  /** Notes what it is asked to do. */
  private static final class Editor implements WireEditor {
    private BodyEdits edits = new BodyEdits(null, null, Map.of(), Map.of(), List.of());
    private @Nullable RequestBody answer = EDITED;
    private boolean asked;

    @Override
    public @Nullable RequestBody edited(Endpoint endpoint, RequestBody body, BodyEdits wanted) {
      asked = true;
      edits = wanted;
      return answer;
    }

    @Override
    public @Nullable RequestBody withModel(Endpoint endpoint, RequestBody body, String model) {
      throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable ContentTransform answeringAs(
        Endpoint endpoint, GatewayResponse answer, String model) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AnswerJudge judge(
        Endpoint endpoint, RequestFacts facts, int status, Headers headers, boolean whole) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int status(WireError error) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Headers errorHeaders(WireFormat format, WireError error) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] error(WireFormat format, WireError error) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] streamError(WireFormat format, WireError error) {
      throw new UnsupportedOperationException();
    }
  }
}
