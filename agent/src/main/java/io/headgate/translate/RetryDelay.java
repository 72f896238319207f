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
 * When to try again, where Google says it: not in a field of the answer, but as {@code RetryInfo}
 * among the details of its error ("Google Cloud APIs, Errors"). Apps of other formats look for the
 * field only.
 */
final class RetryDelay {

  private static final String FIELD = "retry-after";

  /** Nobody waits for longer than a day. */
  private static final BigDecimal MOST = BigDecimal.valueOf(86_400);

  private RetryDelay() {}

  /** The fields of an error, with {@code retry-after} if they lack it and the body tells. */
  static Headers told(Headers headers, byte[] error) {
    if (headers.contains(FIELD) || headers.contains("retry-after-ms")) {
      return headers;
    }
    Object document = JsonTree.exact(error);
    List<@Nullable Object> list = Nodes.list(document);
    Map<String, @Nullable Object> body = Nodes.map(list.isEmpty() ? document : list.get(0));
    if (body == null) {
      return headers;
    }
    for (Object detail : Nodes.list(Nodes.map(body, "error").get("details"))) {
      Map<String, @Nullable Object> info = Nodes.map(detail);
      String seconds = info == null ? null : seconds(Nodes.text(info.get("retryDelay")));
      if (seconds != null) {
        return headers.with(FIELD, seconds);
      }
    }
    return headers;
  }

  /** Whole seconds of a duration such as {@code 34.07s}; null if it is none. */
  private static @Nullable String seconds(String duration) {
    if (!duration.matches("[0-9]{1,9}(\\.[0-9]{1,9})?s")) {
      return null;
    }
    BigDecimal seconds = new BigDecimal(duration.substring(0, duration.length() - 1));
    return seconds.min(MOST).setScale(0, RoundingMode.CEILING).toString();
  }
}
