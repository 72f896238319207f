// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.Fits.assistant;
import static io.headgate.translate.Fits.hello;
import static io.headgate.translate.Fits.talk;
import static io.headgate.translate.Fits.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.Turn;
import io.headgate.chat.WireFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitCacheTest {

  private static final CacheMark MINUTES = new CacheMark(false);
  private static final CacheMark HOUR = new CacheMark(true);

  private final Notes notes = new Notes();

  private static @Nullable CacheMark mark(char ttl) {
    return switch (ttl) {
      case '5' -> MINUTES;
      case 'h' -> HOUR;
      default -> null;
    };
  }

  private static Part text(String words, @Nullable CacheMark mark) {
    return new Part.Text(words, mark, List.of());
  }

  private static char shown(@Nullable CacheMark mark) {
    return mark == null ? '-' : mark.hour() ? 'h' : '5';
  }

  /** A request with a tool, instructions and a word of the user, each with a mark or without. */
  private static ChatRequest.Builder marked(String marks) {
    ChatRequest.Builder request = hello();
    request.tools = List.of(new Tool("a", null, null, null, mark(marks.charAt(0))));
    request.system = List.of(text("s", mark(marks.charAt(1))));
    request.turns = List.of(user(text("t", mark(marks.charAt(2)))));
    return request;
  }

  private static String shown(ChatRequest request) {
    StringBuilder marks = new StringBuilder();
    marks.append(shown(request.tools().get(0).cache()));
    marks.append(shown(((Part.Text) request.system().get(0)).cache()));
    marks.append(shown(((Part.Text) request.turns().get(0).parts().get(0)).cache()));
    return marks.toString();
  }

  private String fitted(String marks, WireFormat format, String provider, String model) {
    Traits traits = Fits.CATALOG.of(format, provider, model);
    return shown(Fitting.fit(marked(marks).build(), traits, notes).request());
  }

  @ParameterizedTest
  @CsvSource({
    "hh5, hh5, ''",
    "5h5, 555, cache_control 1h->5m",
    "-5h, -55, cache_control 1h->5m",
    "h-h, h-h, ''",
    "h5h, h55, cache_control 1h->5m",
  })
  void whatStaysForAnHourComesFirst(String marks, String left, String noted) {
    assertThat(fitted(marks, WireFormat.BEDROCK, "bedrock", "anthropic.claude-sonnet-4-5-v1:0"))
        .isEqualTo(left);
    assertThat(notes.changed()).isEqualTo(noted.isEmpty() ? List.of() : List.of(noted));
    assertThat(notes.dropped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "BEDROCK, bedrock, us.anthropic.claude-sonnet-4-5-20250929-v1:0, hhh",
    "BEDROCK, bedrock, us.anthropic.claude-haiku-4-5-20251001-v1:0, hhh",
    "BEDROCK, bedrock, global.anthropic.claude-opus-4-8, hhh",
    "BEDROCK, bedrock, us.anthropic.claude-sonnet-4-20250514-v1:0, 555",
    "BEDROCK, bedrock, us.anthropic.claude-opus-4-1-20250805-v1:0, 555",
    "BEDROCK, bedrock, us.anthropic.claude-3-7-sonnet-20250219-v1:0, 555",
    "BEDROCK, bedrock, us.anthropic.claude-3-5-haiku-20241022-v1:0, 555",
    "BEDROCK, bedrock, amazon.nova-pro-v1:0, -55",
    "ANTHROPIC, bedrock, us.anthropic.claude-sonnet-4-20250514-v1:0, 555",
    "ANTHROPIC, anthropic, claude-sonnet-4-20250514, hhh",
    "OPENAI, openrouter, anthropic/claude-sonnet-4, hhh",
  })
  void onlySomeKeepItForAnHour(WireFormat format, String provider, String model, String left) {
    assertThat(fitted("hhh", format, provider, model)).isEqualTo(left);
    assertThat(notes.changed())
        .isEqualTo(left.equals("hhh") ? List.of() : List.of("cache_control 1h->5m"));
  }

  @ParameterizedTest
  @CsvSource({
    "amazon.nova-pro-v1:0, -55",
    "us.amazon.nova-2-lite-v1:0, -55",
    "anthropic.claude-3-haiku-20240307-v1:0, ---",
    "anthropic.claude-3-sonnet-20240229-v1:0, ---",
    "anthropic.claude-3-5-sonnet-20240620-v1:0, ---",
  })
  void amazonCachesNotEverythingOfEveryModel(String model, String left) {
    assertThat(fitted("555", WireFormat.BEDROCK, "bedrock", model)).isEqualTo(left);
    assertThat(notes.dropped()).containsExactly("cache_control");
  }

  private ChatRequest results(Traits traits, int count) {
    List<Part> calls = new ArrayList<>();
    List<Part> results = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(Fits.call("c" + i, "x"));
      results.add(Fits.result("c" + i, text("a", null), text("b", MINUTES)));
    }
    ChatRequest.Builder talk =
        talk(user("go"), assistant(calls.toArray(Part[]::new)), new Turn(Turn.Role.USER, results));
    return Fitting.fit(talk.build(), traits, notes).request();
  }

  private static String ofResults(ChatRequest request) {
    StringBuilder marks = new StringBuilder();
    for (Part part : request.turns().get(2).parts()) {
      Part.ToolResult result = (Part.ToolResult) part;
      marks.append(shown(result.cache()));
      result.parts().forEach(it -> marks.append(shown(((Part.Text) it).cache())));
      marks.append(' ');
    }
    return marks.toString().strip();
  }

  @Test
  void marksWithinAResultAreOneOfTheResult() {
    assertThat(ofResults(results(Fits.BEDROCK, 2))).isEqualTo("5-- 5--");
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void marksWithinResultsCount() {
    assertThat(ofResults(results(Fits.BEDROCK, 5))).isEqualTo("--- 5-- 5-- 5-- 5--");
    assertThat(notes.dropped()).containsExactly("cache_control");
  }

  @ParameterizedTest
  @CsvSource({"minimax, MiniMax-M2", "deepseek, deepseek-chat", "ollama, qwen3"})
  void whoTakesNoMarksGetsNoneWithinResults(String provider, String model) {
    Traits traits = Fits.CATALOG.of(WireFormat.ANTHROPIC, provider, model);
    assertThat(ofResults(results(traits, 1))).isEqualTo("---");
    assertThat(notes.dropped()).containsExactly("cache_control");
  }
}
