// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a writer of answers has to know of the call.
 *
 * @param request as the app meant it
 * @param body as the app sent it, for formats that repeat it
 * @param model the name that the answer is to give if the provider gives none
 * @param renamed whether the answer is to give that name in any case
 * @param createdSeconds when the answer came, in seconds of the epoch
 * @param id random, of letters and digits: what ids are made of where the provider gives none that
 *     would do
 */
public record Asked(
    ChatRequest request,
    Map<String, @Nullable Object> body,
    String model,
    boolean renamed,
    long createdSeconds,
    String id) {

  /** The name of the model that the answer gives. */
  public String named(@Nullable String served) {
    return renamed || served == null || served.isEmpty() ? model : served;
  }
}
