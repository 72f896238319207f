// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.chat.Citation;
import io.headgate.chat.StopReason;
import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What whole answers and streams say in the same words. */
final class CohereWords {

  private CohereWords() {}

  /** Why it ended. */
  static StopReason stop(@Nullable Object word, boolean calls) {
    return switch (Nodes.text(word)) {
      case "COMPLETE" -> calls ? StopReason.TOOLS : StopReason.END;
      case "STOP_SEQUENCE" -> StopReason.STOP_SEQUENCE;
      case "MAX_TOKENS" -> StopReason.LENGTH;
      case "TOOL_CALL" -> StopReason.TOOLS;
      case "ERROR_LIMIT" -> StopReason.CONTEXT_FULL;
      case "ERROR_TOXIC" -> StopReason.FILTER;
      case "ERROR", "TIMEOUT" -> StopReason.ERROR;
      default -> StopReason.UNKNOWN;
    };
  }

  /** The failure that such an end is. */
  static ApiFailure failed(@Nullable Object word, Map<String, @Nullable Object> told) {
    boolean timeout = "TIMEOUT".equals(word);
    String said = Nodes.text(told.get("error"));
    String message = timeout ? "the model took too long" : "the model failed";
    return new ApiFailure(
        timeout ? ApiFailure.Kind.TIMEOUT : ApiFailure.Kind.SERVER,
        0,
        said.isEmpty() ? message : said,
        Nodes.textOrNull(word),
        null);
  }

  /** Tokens, or what is billed of them where nothing else is told. Counts may have a fraction. */
  static Usage usage(Map<String, @Nullable Object> told) {
    Map<String, @Nullable Object> billed = Nodes.map(told, "billed_units");
    Map<String, @Nullable Object> tokens = Nodes.map(told, "tokens");
    Map<String, @Nullable Object> counts = tokens.isEmpty() ? billed : tokens;
    Usage.Builder usage =
        Usage.builder()
            .input(count(counts.get("input_tokens")))
            .output(count(counts.get("output_tokens")))
            .cacheRead(count(told.get("cached_tokens")));
    BigDecimal searches = Nodes.decimal(billed.get("search_units"));
    if (searches != null) {
      usage.unit(Usage.Unit.SEARCH_UNIT, searches.doubleValue());
    }
    return usage.build();
  }

  private static long count(@Nullable Object number) {
    BigDecimal count = Nodes.decimal(number);
    return count == null || count.precision() - count.scale() > 12
        ? Usage.UNKNOWN
        : count.longValue();
  }

  /** One citation for each of its sources. */
  static List<Citation> citations(Map<String, @Nullable Object> told) {
    int start = (int) Nodes.number(told.get("start"), -1);
    int end = (int) Nodes.number(told.get("end"), -1);
    List<Citation> citations = new ArrayList<>();
    for (Object item : Nodes.list(told.get("sources"))) {
      Map<String, @Nullable Object> source = Nodes.map(item);
      if (source != null) {
        Map<String, @Nullable Object> document =
            Nodes.map(source, source.get("document") == null ? "tool_output" : "document");
        citations.add(
            new Citation(
                Nodes.textOrNull(document.get("url")),
                Nodes.textOrNull(document.get("title")),
                Nodes.textOrNull(document.get("snippet")),
                start,
                end));
      }
    }
    if (citations.isEmpty()) {
      citations.add(new Citation(null, null, null, start, end));
    }
    return citations;
  }

  /** Of an array of pieces, each with the natural logarithms of its tokens. */
  static List<TokenLogprob> logprobs(@Nullable Object told) {
    List<TokenLogprob> logprobs = new ArrayList<>();
    for (Object item : Nodes.list(told)) {
      Map<String, @Nullable Object> piece = Nodes.map(item);
      if (piece != null) {
        logprobs.addAll(logprob(piece));
      }
    }
    return logprobs;
  }

  /** A piece of several tokens is as likely as all of them together. */
  static List<TokenLogprob> logprob(Map<String, @Nullable Object> piece) {
    double sum = 0;
    List<@Nullable Object> values = Nodes.list(piece.get("logprobs"));
    for (Object value : values) {
      BigDecimal logprob = Nodes.decimal(value);
      sum += logprob == null ? 0 : logprob.doubleValue();
    }
    return values.isEmpty()
        ? List.of()
        : List.of(new TokenLogprob(Nodes.text(piece.get("text")), sum, List.of()));
  }
}
