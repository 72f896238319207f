// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.json.Nodes;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes requests for Gemini. Model and wish for a stream are in the path, which is not ours. */
final class RequestWriter {

  /** Of labels, on Vertex AI. */
  private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

  private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
  private static final int LABELS = 64;

  /** Service tiers that are what everybody gets. */
  private static final Set<String> USUAL = Set.of("auto", "default", "standard", "standard_only");

  private RequestWriter() {}

  static Map<String, @Nullable Object> write(ChatRequest request, Traits traits, Notes notes) {
    GeminiModel model = GeminiModel.of(traits.model());
    boolean signed =
        traits.reasoning() == Traits.ReasoningStyle.GEMINI_LEVEL || model.wantsSignatures();
    ContentWriter writer = new ContentWriter(signed, notes);
    List<Part> system = new ArrayList<>(request.system());
    List<Turn> turns = new ArrayList<>();
    for (Turn turn : request.turns()) {
      if (turn.role() == Turn.Role.SYSTEM) {
        system.addAll(turn.parts());
      } else {
        turns.add(turn);
      }
    }
    ChatRequest asked = request;
    if (ConfigWriter.inWords(request, model)) {
      notes.changed("response_format", request.format().kind().name(), "instruction");
      system.add(new Part.Text(inWords(request.format())));
      ChatRequest.Builder builder = request.toBuilder();
      builder.format = OutputFormat.TEXT;
      asked = builder.build();
    }
    List<@Nullable Object> contents = writer.contents(turns);
    List<@Nullable Object> instructions = writer.texts(system);
    Map<String, @Nullable Object> body = Nodes.object();
    if (contents.isEmpty() && !instructions.isEmpty()) {
      // Instructions alone are no conversation here.
      contents.add(Nodes.object("role", "user", "parts", instructions));
      instructions = Nodes.array();
    }
    body.put("contents", contents);
    if (!instructions.isEmpty()) {
      body.put("systemInstruction", Nodes.object("parts", instructions));
    }
    ToolWriter.write(asked, model, body, notes);
    Map<String, @Nullable Object> config = ConfigWriter.config(asked, traits, model, notes);
    if (!config.isEmpty()) {
      body.put("generationConfig", config);
    }
    labels(request, traits, body, notes);
    if (request.cacheKey() != null) {
      notes.dropped("prompt_cache_key");
    }
    if (request.serviceTier() != null && !USUAL.contains(request.serviceTier())) {
      notes.dropped("service_tier");
    }
    return body;
  }

  private static String inWords(OutputFormat format) {
    return format.schema() == null
        ? "The final answer is one JSON object and nothing else."
        : "The final answer is JSON and nothing else. It fits this JSON Schema: "
            + Arguments.json(format.schema());
  }

  /** Only Vertex AI has labels, and only narrow ones. */
  private static void labels(
      ChatRequest request, Traits traits, Map<String, @Nullable Object> body, Notes notes) {
    boolean vertex = traits.provider().equals("vertex");
    Map<String, @Nullable Object> labels = Nodes.object();
    new TreeMap<>(request.metadata())
        .forEach(
            (name, value) -> {
              if (vertex && fits(name, value) && labels.size() < LABELS) {
                labels.put(name, value);
              } else {
                notes.dropped("metadata");
              }
            });
    String user = request.user();
    if (user != null) {
      if (vertex && fits("user", user) && labels.size() < LABELS) {
        labels.putIfAbsent("user", user);
      } else {
        notes.dropped("user");
      }
    }
    if (!labels.isEmpty()) {
      body.put("labels", labels);
    }
  }

  private static boolean fits(String name, String value) {
    return LABEL.matcher(name).matches() && LABEL_VALUE.matcher(value).matches();
  }
}
