// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.gateway.Endpoint;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells whether an answer at once is all there, and has in it what its call was for. */
final class WholeAnswers {

  private WholeAnswers() {}

  /**
   * Whether it is.
   *
   * @param form knows how a chat ends well; null if the answer is none
   */
  static boolean complete(Endpoint endpoint, byte[] body, @Nullable Form form) {
    if (!looksLikeJson(body)) {
      // Sound, pictures and plain text have no end of their own that would tell.
      return !needsJson(endpoint.operation());
    }
    Object root = JsonTree.exact(body);
    Map<String, @Nullable Object> object = Nodes.map(root);
    if (object == null) {
      return root instanceof List<?> list && !list.isEmpty() && !failed(list.get(0));
    }
    if (object.isEmpty() || failed(object) || Boolean.FALSE.equals(object.get("success"))) {
      return false;
    }
    return form == null ? holds(endpoint.operation(), object) : form.good(object);
  }

  private static boolean failed(@Nullable Object value) {
    Map<String, @Nullable Object> object = Nodes.map(value);
    // Workers AI has an empty list of errors in what succeeds.
    return object != null
        && (StreamEvent.of(object).failed() || !Nodes.empty(object.get("errors")));
  }

  /** Whether it is JSON or nothing. */
  static boolean looksLikeJson(byte[] body) {
    for (byte b : body) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b == '{' || b == '[';
      }
    }
    return true; // There is nothing else in it either.
  }

  private static boolean needsJson(Operation operation) {
    return switch (operation) {
      case SPEECH, TRANSCRIPTION, IMAGE, FILES, UNKNOWN, RETRIEVE -> false;
      default -> true;
    };
  }

  /** Whether the member is there that the call was made for; for lack of it, it is an empty one. */
  private static boolean holds(Operation operation, Map<String, @Nullable Object> answer) {
    List<String> names =
        switch (operation) {
          case EMBEDDINGS ->
              List.of(
                  "data", "embeddings", "embedding", "embeddingsByType", "predictions", "result");
          case IMAGE -> List.of("data", "images", "image", "artifacts", "predictions", "result");
          case RERANK -> List.of("results", "data", "result");
          case MODERATION -> List.of("results", "categories", "result");
          default -> List.of();
        };
    for (String name : names) {
      if (!Nodes.empty(answer.get(name))) {
        return true;
      }
    }
    return names.isEmpty();
  }
}
