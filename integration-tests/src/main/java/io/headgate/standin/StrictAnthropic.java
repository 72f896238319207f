// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Anthropic's rules for a request; those for its messages are {@link StrictAnthropicTurns}'. */
final class StrictAnthropic {

  private static final String KNOWN =
      "max_tokens messages system tools tool_choice temperature top_p top_k stop_sequences"
          + " thinking output_config output_format metadata service_tier cache_control"
          + " container context_management mcp_servers inference_geo speed";
  private static final Set<String> TOOL =
      Strict.names(
          "type name description input_schema strict cache_control defer_loading allowed_callers"
              + " input_examples eager_input_streaming");
  private static final Pattern HOSTED = Pattern.compile("[a-z_]+_\\d{8}");
  private static final List<String> EFFORTS = List.of("low", "medium", "high", "xhigh", "max");

  /** What is around a request, which decides on a few members. */
  enum Envelope {
    DIRECT("model stream"),
    COUNT("model"),
    VERTEX("anthropic_version anthropic_beta stream"),
    BEDROCK("anthropic_version anthropic_beta");

    private final String more;

    Envelope(String more) {
      this.more = more;
    }

    private Set<String> known() {
      return Strict.names(KNOWN + " " + more);
    }
  }

  private StrictAnthropic() {}

  static void check(Call call, String model, Envelope envelope) {
    JsonNode body = call.body();
    Set<String> known = envelope.known();
    String unknown = Strict.unknown(body, known);
    if (unknown != null) {
      throw Refusal.invalid(unknown + ": Extra inputs are not permitted");
    }
    if (known.contains("anthropic_version") && !body.has("anthropic_version")) {
      throw Refusal.invalid("anthropic_version: Field required");
    }
    if (!body.path("messages").isArray()) {
      throw Refusal.invalid("messages: Field required");
    }
    if (envelope != Envelope.COUNT) {
      mostTokens(body, model);
    }
    StrictAnthropicTurns.check(body, model);
    tools(body, model);
    sampling(body, model);
    StrictThinking.check(
        body, model, call.request().header("anthropic-beta") + body.path("anthropic_beta"));
    output(body.path("output_config"), model);
    others(body);
  }

  private static void mostTokens(JsonNode body, String model) {
    JsonNode most = body.path("max_tokens");
    if (Strict.absent(most)) {
      throw Refusal.invalid("max_tokens: Field required");
    }
    if (Strict.notWhole(most)) {
      throw Refusal.invalid("max_tokens: Input should be a valid integer");
    }
    if (most.asLong() < 0) {
      throw Refusal.invalid("max_tokens: Input should be greater than or equal to 1");
    }
    if (most.asLong() > Models.mostOutput(model)) {
      throw Refusal.invalid(
          "max_tokens: %s > %s, which is the maximum allowed number of output tokens for %s"
              .formatted(most, Models.mostOutput(model), model));
    }
  }

  private static void tools(JsonNode body, String model) {
    if (Strict.not(body.path("tools"), JsonNodeType.ARRAY)) {
      throw Refusal.invalid("tools: Input should be a valid list");
    }
    Set<String> names = new HashSet<>();
    int i = 0;
    for (JsonNode tool : body.path("tools")) {
      String type = tool.path("type").asText("custom");
      if (!names.add(tool.path("name").asText("#" + i))) {
        throw Refusal.invalid("tools: Tool names must be unique.");
      }
      if (type.equals("custom")) {
        custom(tool, "tools." + i + ".custom", Models.claude(model));
      } else if (!HOSTED.matcher(type).matches() && !type.equals("mcp_toolset")) {
        throw Refusal.invalid(
            "tools."
                + i
                + ": Input tag '"
                + type
                + "' found using 'type'"
                + " does not match any of the expected tags");
      }
      i++;
    }
    JsonNode choice = body.path("tool_choice");
    if (Strict.absent(choice)) {
      return;
    }
    if (!Strict.oneOf(choice.path("type"), List.of("auto", "any", "tool", "none"))) {
      throw Refusal.invalid(
          "tool_choice: Input should be a valid dictionary or object of type"
              + " 'auto', 'any', 'tool' or 'none'");
    }
    if (names.isEmpty()) {
      throw Refusal.invalid("tool_choice may only be specified while providing tools");
    }
    String named = choice.path("name").asText("");
    if (choice.path("type").asText().equals("tool") && !names.contains(named)) {
      throw Refusal.invalid("Tool '" + named + "' not found in provided tools");
    }
  }

  private static void custom(JsonNode tool, String at, int version) {
    String unknown = Strict.unknown(tool, TOOL);
    if (unknown != null) {
      throw Refusal.invalid(at + "." + unknown + ": Extra inputs are not permitted");
    }
    int longest = version > 0 && version < 400 ? 64 : 128;
    if (!Strict.matches(Strict.NAME, tool.path("name"))
        || tool.path("name").textValue().length() > longest) {
      throw Refusal.invalid(
          at + ".name: String should match pattern '^[a-zA-Z0-9_-]{1," + longest + "}$'");
    }
    JsonNode schema = tool.path("input_schema");
    if (!schema.isObject()) {
      throw Refusal.invalid(at + ".input_schema: Field required");
    }
    if (!schema.path("type").asText("").equals("object")) {
      throw Refusal.invalid(at + ".input_schema.type: Input should be 'object'");
    }
    if (schema.has("oneOf") || schema.has("anyOf") || schema.has("allOf")) {
      throw Refusal.invalid(
          at
              + ".input_schema: input_schema does not support oneOf, allOf, or"
              + " anyOf at the top level");
    }
    if (tool.path("strict").asBoolean(false)) {
      schema(at, schema);
    }
  }

  private static void schema(String at, JsonNode schema) {
    String wrong = StrictSchemas.first(schema, StrictSchemas::anthropic);
    if (wrong != null) {
      throw Refusal.invalid(at + ": " + wrong);
    }
  }

  private static void sampling(JsonNode body, String model) {
    for (String name : List.of("temperature", "top_p")) {
      if (Strict.outside(body.path(name), 0, 1)) {
        throw Refusal.invalid(name + ": range: 0..1");
      }
    }
    if (Strict.notWhole(body.path("top_k")) || Strict.outside(body.path("top_k"), 0, 1e6)) {
      throw Refusal.invalid("top_k: Input should be greater than or equal to 0");
    }
    String wrong =
        StrictThinking.sampling(
            model, body.path("temperature"), body.path("top_p"), body.path("top_k"));
    if (wrong != null) {
      throw Refusal.invalid(wrong);
    }
  }

  private static void output(JsonNode output, String model) {
    String unknown = Strict.unknown(output, Set.of("effort", "format", "task_budget"));
    if (unknown != null) {
      throw Refusal.invalid("output_config." + unknown + ": Extra inputs are not permitted");
    }
    int version = Models.claude(model);
    JsonNode effort = output.path("effort");
    if (!Strict.absent(effort)) {
      if (!Strict.oneOf(effort, EFFORTS)) {
        throw Refusal.invalid(
            "output_config.effort: Input should be 'low', 'medium', 'high'," + " 'xhigh' or 'max'");
      }
      boolean opus = model.contains("opus");
      if (version > 0 && version < 406 && !(version == 405 && opus)) {
        throw Refusal.invalid("This model does not support the effort parameter.");
      }
      if (version > 0 && version < 407 && effort.textValue().equals("xhigh")) {
        throw Refusal.invalid("This model does not support effort level 'xhigh'.");
      }
    }
    JsonNode format = output.path("format");
    if (!Strict.absent(format)) {
      if (!format.path("type").asText("").equals("json_schema")
          || !format.path("schema").isObject()) {
        throw Refusal.invalid("output_config.format.schema: Field required");
      }
      if (version > 0 && version < 401) {
        throw Refusal.invalid("'" + model + "' does not support output format.");
      }
      schema("output_config.format.schema", format.path("schema"));
    }
  }

  private static void others(JsonNode body) {
    for (JsonNode stop : body.path("stop_sequences")) {
      if (stop.asText("").isBlank()) {
        throw Refusal.invalid("stop_sequences: each stop sequence must contain non-whitespace");
      }
    }
    if (Strict.not(body.path("stop_sequences"), JsonNodeType.ARRAY)) {
      throw Refusal.invalid("stop_sequences: Input should be a valid list");
    }
    String unknown = Strict.unknown(body.path("metadata"), Set.of("user_id"));
    if (unknown != null) {
      throw Refusal.invalid("metadata." + unknown + ": Extra inputs are not permitted");
    }
    JsonNode tier = body.path("service_tier");
    if (!Strict.absent(tier) && !Strict.oneOf(tier, List.of("auto", "standard_only"))) {
      throw Refusal.invalid("service_tier: Input should be 'auto' or 'standard_only'");
    }
    if (Strict.not(body.path("stream"), JsonNodeType.BOOLEAN)) {
      throw Refusal.invalid("stream: Input should be a valid boolean");
    }
    StrictAnthropicTurns.breakpoints(body);
  }
}
