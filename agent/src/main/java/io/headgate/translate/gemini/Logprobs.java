// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.json.Nodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code logprobsResult}: the tokens that were chosen, and beside it those that might have been.
 */
final class Logprobs {

  private Logprobs() {}

  static List<TokenLogprob> read(@Nullable Object value) {
    Map<String, @Nullable Object> result = Spelling.camel(value);
    List<@Nullable Object> top = Nodes.list(result.get("topCandidates"));
    List<TokenLogprob> tokens = new ArrayList<>();
    for (Object chosen : Nodes.list(result.get("chosenCandidates"))) {
      List<TokenLogprob> others = new ArrayList<>();
      if (tokens.size() < top.size()) {
        Map<String, @Nullable Object> place = Spelling.camel(top.get(tokens.size()));
        Nodes.list(place.get("candidates")).forEach(item -> others.add(token(item, List.of())));
      }
      tokens.add(token(chosen, others));
    }
    return tokens;
  }

  private static TokenLogprob token(@Nullable Object value, List<TokenLogprob> top) {
    Map<String, @Nullable Object> token = Spelling.camel(value);
    BigDecimal logprob = Nodes.decimal(token.get("logProbability"));
    return new TokenLogprob(
        Nodes.text(token.get("token")), logprob == null ? 0 : logprob.doubleValue(), top);
  }

  static Map<String, @Nullable Object> write(List<TokenLogprob> tokens) {
    List<@Nullable Object> chosen = Nodes.array();
    List<@Nullable Object> top = Nodes.array();
    boolean some = false;
    for (TokenLogprob token : tokens) {
      chosen.add(token(token));
      List<@Nullable Object> others = Nodes.array();
      token.top().forEach(other -> others.add(token(other)));
      some |= !others.isEmpty();
      top.add(Nodes.object("candidates", others));
    }
    Map<String, @Nullable Object> result = Nodes.object("chosenCandidates", chosen);
    if (some) {
      result.put("topCandidates", top);
    }
    return result;
  }

  private static Map<String, @Nullable Object> token(TokenLogprob token) {
    // What has no probability at all is no number in JSON.
    double logprob = Double.isFinite(token.logprob()) ? token.logprob() : -9999;
    return Nodes.object("token", token.token(), "logProbability", BigDecimal.valueOf(logprob));
  }
}
