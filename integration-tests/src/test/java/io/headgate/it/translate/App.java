// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import io.headgate.it.routing.Out;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * An app on one SDK, run as a process of its own: {@code App MODEL}. It does the same whatever the
 * SDK, and whoever answers. {@code it.base-url}, if set, is the host to call rather than the SDK's
 * own; without the agent, it has to be.
 */
abstract class App {

  /** How the app calls. */
  enum Way {
    WHOLE,
    STREAM,
    ASYNC,
    ASYNC_STREAM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  static final String BASE = System.getProperty("it.base-url");

  /** How this SDK can call. */
  abstract List<Way> ways();

  /** One call. */
  abstract Answer ask(Ask ask, Way way) throws Exception;

  /** The answer to a prompt as the SDK reads it into a {@link Ticket}, or as its text. */
  abstract String ticket(Ask ask, Way way) throws Exception;

  /** The SDK's exception, and what it knows of the status. */
  abstract String failure(Throwable thrown);

  final void run() {
    for (Way way : ways()) {
      Out.call(way + " chat", () -> ask(Ask.text(Words.PROMPT), way).counted());
      tools(way + " tool", way, AppTool.LOOKUP);
      tools(way + " tools", way, AppTool.LOOKUP, AppTool.OWNER);
      tools(way + " tool without arguments", way, AppTool.NOW);
      Out.call(way + " schema", () -> ticket(Ask.schema(Words.PROMPT), way));
      Out.call(way + " image", () -> ask(Ask.image(Words.PROMPT), way).text());
    }
    // Last, as a provider that has failed may be left alone for a while.
    for (Way way : ways()) {
      Out.call(way + " invalid", () -> failed(Words.scripted("status=400"), way));
      Out.call(way + " limited", () -> failed(Words.scripted("status=429"), way));
    }
    System.exit(0);
  }

  /** The model calls, the app answers, the model concludes, the user has another question. */
  private void tools(String name, Way way, AppTool... tools) {
    Out.call(
        name,
        () -> {
          Ask first = Ask.tools(Words.calling(tools), tools);
          Answer calls = ask(first, way);
          List<String> results = new ArrayList<>();
          for (Answer.Call call : calls.calls()) {
            results.add(AppTool.named(call.name()).result);
          }
          Ask second = first.after(calls, results, "");
          Answer concluded = ask(second, way);
          Answer last = ask(second.after(concluded, List.of(), Words.NEXT), way);
          return calls.called() + " | " + concluded.text() + " | " + last.text();
        });
  }

  private String failed(String prompt, Way way) {
    try {
      return ask(Ask.text(prompt), way).counted();
    } catch (Exception e) {
      Throwable thrown = e;
      while ((thrown instanceof CompletionException || thrown instanceof ExecutionException)
          && thrown.getCause() != null) {
        thrown = thrown.getCause();
      }
      return failure(thrown);
    }
  }
}
