// SPDX-License-Identifier: Apache-2.0
package io.headgate.demo;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.NotFoundException;
import com.anthropic.models.messages.CacheControlEphemeral;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.TextBlockParam;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A support desk's morning run: sorts three tickets, finds the two that are alike, drafts replies.
 * Plain code against two vendors' SDKs at their default URLs, such as anyone might have written.
 */
public final class DemoApp {

  private static final String CHAT_MODEL = "gpt-4o-mini";
  private static final String EMBEDDING_MODEL = "text-embedding-3-small";
  private static final String CLAUDE = "claude-sonnet-4-5";
  private static final String RETIRED_CLAUDE = "claude-2.1";

  private static final List<String> TICKETS =
      List.of(
          "I was charged twice for invoice 4711 in March. Please refund one of the two payments.",
          "The export to CSV stops after 500 rows. It worked until the update last week.",
          "Since yesterday's update the CSV export is cut off. Our accountants are waiting.");

  private final OpenAIClient openai;
  private final AnthropicClient anthropic;
  private final PrintStream out;

  DemoApp(OpenAIClient openai, AnthropicClient anthropic, PrintStream out) {
    this.openai = openai;
    this.anthropic = anthropic;
    this.out = out;
  }

  /** Runs the job once. Ends with a failure if a model does not answer. */
  public static void main(String[] args) throws IOException {
    Map<String, String> env = System.getenv();
    OpenAIClient openai =
        OpenAIOkHttpClient.builder()
            .apiKey(env.getOrDefault("OPENAI_API_KEY", "sk-demo-key"))
            .build();
    AnthropicClient anthropic =
        AnthropicOkHttpClient.builder()
            .apiKey(env.getOrDefault("ANTHROPIC_API_KEY", "sk-ant-demo-key"))
            .build();
    try {
      new DemoApp(openai, anthropic, System.out).run();
    } finally {
      openai.close();
      anthropic.close();
    }
  }

  void run() throws IOException {
    for (int i = 0; i < TICKETS.size(); i++) {
      out.println("ticket " + (i + 1) + " is about: " + sort(TICKETS.get(i)));
    }
    out.println("tickets 2 and 3 are alike: " + likeness());
    out.println("reply to ticket 1, as it is written:");
    out.println("  " + shortened(draft(TICKETS.get(0))));
    String handbook = handbook();
    out.println("what the handbook says on ticket 2:");
    out.println("  " + shortened(advise(handbook, TICKETS.get(1))));
    out.println("what it says on ticket 3, as it is written:");
    out.println("  " + shortened(adviseLive(handbook, TICKETS.get(2))));
    out.println("second opinion: " + secondOpinion(TICKETS.get(0)));
  }

  private String sort(String ticket) {
    return openai
        .chat()
        .completions()
        .create(
            ChatCompletionCreateParams.builder()
                .model(CHAT_MODEL)
                .temperature(0.0)
                .addSystemMessage("You sort support tickets into billing, account or technical.")
                .addUserMessage("Answer with one word. What is this ticket about: " + ticket)
                .build())
        .choices()
        .get(0)
        .message()
        .content()
        .orElse("(no answer)")
        .strip();
  }

  private String likeness() {
    List<Embedding> vectors =
        openai
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model(EMBEDDING_MODEL)
                    .inputOfArrayOfStrings(TICKETS)
                    .build())
            .data();
    return String.format(
        Locale.ROOT, "cosine %.2f", cosine(vectors.get(1).embedding(), vectors.get(2).embedding()));
  }

  private String draft(String ticket) {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder()
            .model(CHAT_MODEL)
            .addSystemMessage("You write for a support desk: friendly, brief, no promises.")
            .addUserMessage("Draft a reply to this ticket: " + ticket)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    try (var stream = openai.chat().completions().createStreaming(params)) {
      return stream.stream()
          .map(ChatCompletionChunk::choices)
          .flatMap(List::stream)
          .flatMap(choice -> choice.delta().content().stream())
          .collect(Collectors.joining());
    }
  }

  private String advise(String handbook, String ticket) {
    return anthropic.messages().create(question(CLAUDE, handbook, ticket)).content().stream()
        .flatMap(block -> block.text().stream())
        .map(text -> text.text())
        .collect(Collectors.joining());
  }

  private String adviseLive(String handbook, String ticket) {
    try (var stream = anthropic.messages().createStreaming(question(CLAUDE, handbook, ticket))) {
      return stream.stream()
          .flatMap(event -> event.contentBlockDelta().stream())
          .flatMap(event -> event.delta().text().stream())
          .map(delta -> delta.text())
          .collect(Collectors.joining());
    }
  }

  /** The model was retired; the app copes. */
  private String secondOpinion(String ticket) {
    try {
      anthropic.messages().create(question(RETIRED_CLAUDE, "Answer briefly.", ticket));
      return "given";
    } catch (NotFoundException e) {
      return "none, " + RETIRED_CLAUDE + " is gone (404), going on without it";
    }
  }

  private static MessageCreateParams question(String model, String system, String ticket) {
    return MessageCreateParams.builder()
        .model(model)
        .maxTokens(300)
        .systemOfTextBlockParams(
            List.of(
                TextBlockParam.builder()
                    .text(system)
                    .cacheControl(CacheControlEphemeral.builder().build())
                    .build()))
        .addUserMessage("Summarise in one sentence what we should do about: " + ticket)
        .build();
  }

  private static String handbook() throws IOException {
    try (InputStream text = DemoApp.class.getResourceAsStream("handbook.txt")) {
      if (text == null) {
        throw new IOException("handbook.txt is not on the class path");
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static double cosine(List<Float> a, List<Float> b) {
    double dot = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.size(); i++) {
      dot += a.get(i) * b.get(i);
      lengthA += a.get(i) * a.get(i);
      lengthB += b.get(i) * b.get(i);
    }
    return dot / Math.sqrt(lengthA * lengthB);
  }

  private static String shortened(String text) {
    String line = text.replace('\n', ' ').strip();
    return line.length() <= 100 ? line : line.substring(0, 97) + "...";
  }
}
