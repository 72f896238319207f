// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.json.Nodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The probabilities of tokens. */
final class Logprobs {

  /** What OpenAI writes for a token that could not come. */
  private static final double NEVER = -9999.0;

  private Logprobs() {}

  /** Those of a choice, of what it says or of what it declines with; empty if there are none. */
  static List<TokenLogprob> read(@Nullable Object logprobs) {
    Map<String, @Nullable Object> said = Nodes.map(logprobs);
    if (said == null) {
      return List.of();
    }
    List<@Nullable Object> content = Nodes.list(said.get("content"));
    return tokens(content.isEmpty() ? Nodes.list(said.get("refusal")) : content, true);
  }

  private static List<TokenLogprob> tokens(List<@Nullable Object> items, boolean deep) {
    List<TokenLogprob> tokens = new ArrayList<>();
    for (Object item : items) {
      Map<String, @Nullable Object> token = Nodes.map(item);
      BigDecimal much = token == null ? null : Nodes.decimal(token.get("logprob"));
      if (token != null && much != null) {
        tokens.add(
            new TokenLogprob(
                Nodes.text(token.get("token")),
                much.doubleValue(),
                deep ? tokens(Nodes.list(token.get("top_logprobs")), false) : List.of()));
      }
    }
    return tokens;
  }

  /** Null if there are none. */
  static @Nullable Map<String, @Nullable Object> written(List<TokenLogprob> tokens) {
    if (tokens.isEmpty()) {
      return null;
    }
    List<@Nullable Object> content = Nodes.array();
    for (TokenLogprob token : tokens) {
      Map<String, @Nullable Object> written = token(token);
      List<@Nullable Object> top = Nodes.array();
      token.top().forEach(other -> top.add(token(other)));
      written.put("top_logprobs", top);
      content.add(written);
    }
    return Nodes.object("content", content, "refusal", null);
  }

  private static Map<String, @Nullable Object> token(TokenLogprob token) {
    double much = Double.isFinite(token.logprob()) ? token.logprob() : NEVER;
    return Nodes.object("token", token.token(), "logprob", BigDecimal.valueOf(much), "bytes", null);
  }
}
