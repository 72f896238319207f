// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.openai;

import io.headgate.chat.ApiFailure;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a provider says when it does not answer; each that copied the format says it its way.
 */
final class ChatFailureReader {

  /** Of a text that is no JSON, as much as a person reads. */
  private static final int MOST_TEXT = 500;

  private ChatFailureReader() {}

  static ApiFailure read(int status, @Nullable Map<String, @Nullable Object> body, String text) {
    Map<String, @Nullable Object> said = body == null ? first(text) : body;
    return said == null
        ? failure(status, plain(text), null, null, List.of())
        : failure(status, said, true);
  }

  /** The error within an answer, a choice or a chunk; null if there is none. */
  static @Nullable ApiFailure within(Map<String, @Nullable Object> body) {
    Object error = body.get("error");
    boolean told = error instanceof Map<?, ?> || !Nodes.text(error).isEmpty();
    boolean own = "error".equals(body.get("object")) || "error".equals(body.get("type"));
    if (told || own || (body.get("errors") instanceof List<?> all && !all.isEmpty())) {
      return failure(0, body, own);
    }
    Map<String, @Nullable Object> groq = Nodes.map(body.get("x_groq"));
    return groq == null || Nodes.empty(groq.get("error")) ? null : failure(0, groq, false);
  }

  /** Google's errors come in an array of one. */
  private static @Nullable Map<String, @Nullable Object> first(String text) {
    if (!text.stripLeading().startsWith("[")) {
      return null;
    }
    List<@Nullable Object> items =
        Nodes.list(JsonTree.exact(text.getBytes(StandardCharsets.UTF_8)));
    return items.isEmpty() ? null : Nodes.map(items.get(0));
  }

  /** What a proxy says in HTML is for nobody. */
  private static String plain(String text) {
    String stripped = text.strip();
    return stripped.startsWith("<") || stripped.startsWith("[") || stripped.startsWith("{")
        ? ""
        : stripped.substring(0, Math.min(stripped.length(), MOST_TEXT));
  }

  /** Looks through all the places that are in use. */
  private static ApiFailure failure(
      int status, Map<String, @Nullable Object> body, boolean unwrapped) {
    Map<String, @Nullable Object> error = Nodes.map(body.get("error"));
    List<@Nullable Object> errors = Nodes.list(body.get("errors"));
    if (error == null && !errors.isEmpty()) {
      error = Nodes.map(errors.get(0));
    }
    if (error == null && body.get("error") instanceof CharSequence text) {
      String code = Nodes.textOrNull(unwrapped ? body.get("error_type") : null);
      return failure(status, text.toString(), code, null, List.of());
    }
    Map<String, @Nullable Object> said = error == null ? body : error;
    List<String> names = new ArrayList<>();
    for (String name : List.of("code", "type", "status")) {
      add(names, said.get(name));
    }
    add(names, Nodes.map(said, "innererror").get("code"));
    for (Object detail : Nodes.list(said.get("details"))) {
      Map<String, @Nullable Object> reason = Nodes.map(detail);
      add(names, reason == null ? null : reason.get("reason"));
    }
    long code = Nodes.number(said.get("code"), 0);
    int known = status == 0 && code >= 400 && code < 600 ? (int) code : status;
    String parameter = ChatAnswerReader.name(said.get("param"));
    return failure(
        known,
        message(said),
        names.isEmpty() ? null : names.get(0),
        parameter == null ? DetailList.parameter(said.get("detail")) : parameter,
        names);
  }

  private static void add(List<String> names, @Nullable Object name) {
    String text = Nodes.text(name);
    // Mistral's "object" and "error" name nothing.
    if (!text.isEmpty() && !text.equals("error")) {
      names.add(text);
    }
  }

  private static String message(Map<String, @Nullable Object> said) {
    Object message = said.get("message");
    Map<String, @Nullable Object> nested = Nodes.map(message);
    if (nested != null) {
      return DetailList.message(nested.get("detail"));
    }
    String text = Nodes.text(message);
    if (text.isEmpty()) {
      return DetailList.message(said.get("detail"));
    }
    // OpenRouter tells what its provider said apart.
    String raw = Nodes.text(Nodes.map(said, "metadata").get("raw"));
    return raw.isEmpty() ? text : text + ": " + raw.substring(0, Math.min(raw.length(), MOST_TEXT));
  }

  private static ApiFailure failure(
      int status,
      String message,
      @Nullable String code,
      @Nullable String parameter,
      List<String> names) {
    return new ApiFailure(
        FailureWords.kind(status, names, message), status, message, code, parameter);
  }
}
