// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.util.Context;
import io.headgate.client.Outcome;

/** What azure-core asks of its clients for one call, by keys of its context. */
final class Options {

  private Options() {}

  /**
   * Whether the answer is to be there as a whole before the app gets any of it, so that nobody has
   * to close it. One that is to be ignored is read as well, to free its connection.
   */
  static boolean eager(Context context) {
    return set(context, "azure-eagerly-read-response")
        || set(context, "azure-ignore-response-body");
  }

  /**
   * Whether to read an answer before the app does: it is to be there as a whole, or has no bytes,
   * so that the app may not think of reading them, and yet its end is to be heard of.
   */
  static boolean whole(Context context, Outcome<?> outcome) {
    return eager(context)
        || outcome.answer().status() == 204
        || (outcome.sameBody() && "0".equals(outcome.answer().headers().first("Content-Length")));
  }

  private static boolean set(Context context, String key) {
    return Boolean.TRUE.equals(context.getData(key).orElse(null));
  }
}
