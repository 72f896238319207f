// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.cache;

import io.headgate.it.routing.AppClient;
import io.headgate.it.routing.Out;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An app that does what its arguments say, one after the other, its fields apart by {@code |}:
 *
 * <ul>
 *   <li>{@code ask|NAME|QUESTION[|FIELD: VALUE]…} asks OpenAI, with further header fields
 *   <li>{@code until|WANTED|NAME|QUESTION[|FIELD: VALUE]…} asks until that is the cache's status or
 *       the answer's, for a minute at most; what comes before is not told
 *   <li>{@code pause|LABEL} says {@code PAUSED LABEL} and waits for a line
 * </ul>
 *
 * What it prints of a call: {@code STATUS|CACHE|TEXT}. The key is that of {@link #KEY}.
 */
final class CacheApp {

  /** The app's own credential. */
  static final String KEY = "sk-canary-7f3a91c25d";

  /** In every prompt, and in no answer of the stand-in. */
  static final String PROMPT = "canary-of-the-prompt";

  private static final long PATIENCE_SECONDS = 60;

  private CacheApp() {}

  public static void main(String[] args) throws Exception {
    for (String argument : args) {
      List<String> fields = List.of(argument.split("\\|"));
      switch (fields.get(0)) {
        case "ask" ->
            Out.call(fields.get(1), () -> ask(fields.get(2), fields.subList(3, fields.size())));
        case "until" -> Out.call(fields.get(2), () -> until(fields));
        case "pause" -> pause(fields.get(1));
        default -> throw new IllegalArgumentException(argument);
      }
    }
    System.exit(0);
  }

  private static void pause(String label) throws IOException {
    System.out.println("PAUSED " + label);
    int read = System.in.read();
    while (read >= 0 && read != '\n') {
      read = System.in.read();
    }
  }

  private static String until(List<String> fields) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (true) {
      String said = ask(fields.get(3), fields.subList(4, fields.size()));
      if (List.of(said.split("\\|", 3)).subList(0, 2).contains(fields.get(1))) {
        return said;
      }
      if (System.nanoTime() > end) {
        return "never; at last " + said;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static String ask(String question, List<String> fields) throws Exception {
    Map<String, String> headers = new HashMap<>();
    headers.put("authorization", "Bearer " + KEY);
    for (String field : fields) {
      int colon = field.indexOf(':');
      headers.put(field.substring(0, colon), field.substring(colon + 1).strip());
    }
    AppClient.Answer answer =
        AppClient.JDK_SEND.post(
            "https://api.openai.com/v1/chat/completions",
            headers,
            """
            {"model":"gpt-4o","messages":[{"role":"system","content":"%s"},
            {"role":"user","content":"Sum up: %s"}]}
            """
                .formatted(PROMPT, question));
    return answer.status()
        + "|"
        + answer.headers().get("x-headgate-cache")
        + "|"
        + answer.body().replaceAll("(?s).*\"content\":\"([^\"]*)\".*", "$1");
  }
}
