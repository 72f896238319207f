// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.gateway.Headers;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When to try again, where an error says so in its body: Google sends no {@code retry-after} but a
 * {@code google.rpc.RetryInfo} among the details ("Error details", Google API design guide).
 */
final class RetryDelay {

  /** Ten digits are three hundred years. */
  private static final int LONGEST = 10;

  /** Some SDKs sleep for as long as they are told: beyond this, in seconds, they are not to. */
  private static final long PATIENT = 60;

  private RetryDelay() {}

  /** The fields of an error, with what its body says in them unless they say it themselves. */
  static Headers told(Headers fields, byte[] error) {
    boolean said = fields.first("retry-after") != null || fields.first("retry-after-ms") != null;
    Long delay = said ? null : of(error);
    if (delay == null) {
      return fields;
    }
    Headers told = fields.with("retry-after", delay.toString());
    return delay > PATIENT ? told.with("x-should-retry", "false") : told;
  }

  /** In whole seconds, rounded up; null if nothing is said. */
  private static @Nullable Long of(byte[] error) {
    Object document = JsonTree.exact(error);
    List<@Nullable Object> list = Nodes.list(document);
    Map<String, @Nullable Object> body = Nodes.map(list.isEmpty() ? document : list.get(0));
    if (body == null) {
      return null;
    }
    for (Object item : Nodes.list(Nodes.map(body, "error").get("details"))) {
      Map<String, @Nullable Object> detail = Nodes.map(item);
      if (detail != null && Nodes.text(detail.get("@type")).endsWith("google.rpc.RetryInfo")) {
        return seconds(Nodes.text(detail.get("retryDelay")));
      }
    }
    return null;
  }

  /** Of {@code 37s} or {@code 0.25s}. */
  private static @Nullable Long seconds(String delay) {
    if (!delay.matches("\\d{1," + LONGEST + "}(\\.\\d{1,9})?s")) {
      return null;
    }
    BigDecimal seconds = new BigDecimal(delay.substring(0, delay.length() - 1));
    return seconds.setScale(0, RoundingMode.CEILING).longValue();
  }
}
