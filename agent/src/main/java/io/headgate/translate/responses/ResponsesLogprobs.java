// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import io.headgate.chat.ChatAnswer.TokenLogprob;
import io.headgate.json.Nodes;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How likely the tokens of a text were. */
final class ResponsesLogprobs {

  /** What providers tell for a token that is out of the question; JSON knows no infinity. */
  private static final BigDecimal NEVER = new BigDecimal("-9999.0");

  private ResponsesLogprobs() {}

  static List<TokenLogprob> read(@Nullable Object told) {
    List<TokenLogprob> tokens = new ArrayList<>();
    for (Object value : Nodes.list(told)) {
      Map<String, @Nullable Object> token = Nodes.map(value);
      BigDecimal logprob = token == null ? null : Nodes.decimal(token.get("logprob"));
      if (token != null && logprob != null) {
        tokens.add(
            new TokenLogprob(
                Nodes.text(token.get("token")),
                logprob.doubleValue(),
                read(token.get("top_logprobs"))));
      }
    }
    return tokens;
  }

  static List<@Nullable Object> write(List<TokenLogprob> tokens) {
    List<@Nullable Object> written = Nodes.array();
    for (TokenLogprob token : tokens) {
      Map<String, @Nullable Object> one = one(token);
      List<@Nullable Object> top = Nodes.array();
      token.top().forEach(other -> top.add(one(other)));
      one.put("top_logprobs", top);
      written.add(one);
    }
    return written;
  }

  private static Map<String, @Nullable Object> one(TokenLogprob token) {
    List<@Nullable Object> bytes = Nodes.array();
    for (byte b : token.token().getBytes(StandardCharsets.UTF_8)) {
      bytes.add(b & 0xff);
    }
    BigDecimal logprob =
        Double.isFinite(token.logprob()) ? BigDecimal.valueOf(token.logprob()) : NEVER;
    return Nodes.object("token", token.token(), "bytes", bytes, "logprob", logprob);
  }
}
