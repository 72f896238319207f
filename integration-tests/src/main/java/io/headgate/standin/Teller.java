// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes up the answer, the same for every format: what the script says, else what the request asks
 * for natively (a forced tool, a schema), else words that repeat the tools' results, the media and
 * the last text of the prompt.
 */
final class Teller {

  private static final String THOUGHTS = "Let me see what is asked here.";
  private static final String REFUSED = "I cannot help with that.";

  private final List<String> texts;
  private final Script script;
  private final Ask ask;
  private final Heard heard;

  Teller(JsonNode body, List<String> texts, Script script) {
    this.texts = texts;
    this.script = script;
    this.ask = Ask.of(body);
    this.heard = Heard.of(body);
  }

  /**
   * @param number for ids, see {@link Call}
   * @param most tokens of the answer
   */
  Told tell(long number, int most) {
    String thoughts = script.has("thinks") && ask.thinking() ? thoughts() : "";
    List<ToolCall> calls = calls(number);
    Told.End forced = forcedEnd();
    if (!calls.isEmpty()) {
      return new Told(thoughts, "", calls, forced == null ? Told.End.TOOLS : forced, null);
    }
    String text = text();
    if (forced != null) {
      return new Told(thoughts, forced == Told.End.REFUSAL ? REFUSED : text, calls, forced, null);
    }
    for (String stop : ask.stops()) {
      int at = stop.isEmpty() ? -1 : text.indexOf(stop);
      if (at >= 0) {
        return new Told(thoughts, text.substring(0, at), calls, Told.End.STOP_SEQUENCE, stop);
      }
    }
    return Tokens.of(text) <= most || script.has("size")
        ? new Told(thoughts, text, calls, Told.End.DONE, null)
        : new Told(thoughts, text.substring(0, most * 4), calls, Told.End.LENGTH, null);
  }

  private String thoughts() {
    String said = script.text("thinks", "");
    return said.isEmpty() ? THOUGHTS : said;
  }

  private Told.@Nullable End forcedEnd() {
    if (!script.has("ends")) {
      return null;
    }
    String end = script.text("ends", "");
    return switch (end) {
      case "length" -> Told.End.LENGTH;
      case "filter" -> Told.End.FILTER;
      case "refusal" -> Told.End.REFUSAL;
      default -> throw new IllegalArgumentException("x-standin: no end is called " + end);
    };
  }

  private List<ToolCall> calls(long number) {
    List<ToolCall> calls = new ArrayList<>();
    if (script.has("tool") && !heard.anyResult()) {
      for (String wanted : script.text("tool", "").split(",")) {
        boolean bare = wanted.endsWith("()");
        String name = bare ? wanted.substring(0, wanted.length() - 2) : wanted;
        calls.add(
            new ToolCall(
                id(number, calls.size()),
                declared(name.strip()),
                bare ? ToolCall.NONE : ToolCall.ARGUMENTS));
      }
    } else if (ask.forced() != null && heard.results().isEmpty()) {
      JsonNode schema = ask.tools().get(ask.forced());
      String arguments = schema == null ? ToolCall.NONE : Json.write(Sample.of(schema));
      calls.add(new ToolCall(id(number, 0), ask.forced(), arguments));
    }
    return calls;
  }

  /** {@code #2} is the second tool of those declared, whatever its name. */
  private String declared(String name) {
    if (!name.startsWith("#")) {
      return name;
    }
    int which = Integer.parseInt(name.substring(1));
    return ask.tools().keySet().stream()
        .skip(which - 1L)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("x-standin: no tool " + name));
  }

  /** As long as {@link Call#id}'s; the call's own figure comes last. */
  private static String id(long number, int call) {
    return String.format(Locale.ROOT, "%022x%02x", number, call);
  }

  private String text() {
    if (script.has("size")) {
      return Answers.ofLength(script.size("size"));
    }
    if (script.has("answer")) {
      return script.text("answer", "");
    }
    JsonNode schema = ask.schema();
    if (schema != null) {
      return Json.write(Sample.of(schema));
    }
    String seen = heard.media().isEmpty() ? "" : "I see " + String.join(", ", heard.media()) + ". ";
    return seen
        + (heard.results().isEmpty() ? Answers.to(texts) : Answers.ofResults(heard.results()));
  }
}
