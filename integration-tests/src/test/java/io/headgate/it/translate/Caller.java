// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import io.headgate.it.ClassPaths;
import io.headgate.it.contract.ClientVersions;
import io.headgate.it.translate.App.Way;
import io.headgate.standin.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The apps, and what each of them says, whoever serves it. */
enum Caller {
  OPENAI_CHAT(OpenAiChatApp.class, "openai", "openai", "gpt-4o", "stop", "tool_calls"),
  OPENAI_RESPONSES(
      OpenAiResponsesApp.class, "openai", "openai-responses", "gpt-4o", "completed", "completed"),
  ANTHROPIC(
      AnthropicApp.class, "anthropic", "anthropic", "claude-sonnet-4-5", "end_turn", "tool_use"),
  GEMINI(GeminiApp.class, "gemini", "gemini", "gemini-2.5-flash", "STOP", "STOP"),
  BEDROCK(
      BedrockApp.class,
      "bedrock",
      "bedrock",
      "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
      "end_turn",
      "tool_use"),
  LANGCHAIN(LangChainApp.class, "openai", "openai", "gpt-4o", "STOP", "TOOL_EXECUTION"),
  SPRING_AI(SpringAiApp.class, "openai", "openai", "gpt-4o", "STOP", "TOOL_CALLS");

  private static final String NEXT_STEP =
      " Next step: confirm with the customer and close the loop.";
  private static final String IMAGE = "I see image/png 6b7fa434. ";

  final Class<? extends App> app;

  /** The provider that the app means to call. */
  final String provider;

  /** What it speaks, by the name of it on spans. */
  final String format;

  /** The model that it asks for. */
  final String model;

  private final String ended;
  private final String called;

  Caller(
      Class<? extends App> app,
      String provider,
      String format,
      String model,
      String ended,
      String called) {
    this.app = app;
    this.provider = provider;
    this.format = format;
    this.model = model;
    this.ended = ended;
    this.called = called;
  }

  String classPath() {
    return switch (this) {
      case OPENAI_CHAT, OPENAI_RESPONSES -> ClassPaths.withSdks("com/openai/");
      case ANTHROPIC -> ClassPaths.withSdks("com/anthropic/", "io/opentelemetry/");
      case GEMINI -> ClassPaths.withSdks("com/google/");
      case LANGCHAIN -> ClassPaths.withSdks("dev/langchain4j/");
      case BEDROCK -> ClientVersions.classPath("aws", "2.54.14");
      case SPRING_AI -> ClientVersions.classPath("spring-ai", "1.1.8");
    };
  }

  private List<Way> ways() {
    return switch (this) {
      case OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC, GEMINI -> List.of(Way.values());
      case BEDROCK -> List.of(Way.WHOLE, Way.ASYNC, Way.ASYNC_STREAM);
      case LANGCHAIN, SPRING_AI -> List.of(Way.WHOLE, Way.STREAM);
    };
  }

  /** How many requests the app sends to say all of it. */
  int requests() {
    // Three for each of the three calls with tools; Spring AI's agents make two each.
    return ways().size() * (3 * 3 + 5) + (this == SPRING_AI ? 4 : 0);
  }

  /** Tokens of the app's first question. */
  static long input() {
    return Tokens.prompt(List.of(Words.SYSTEM, Words.PROMPT));
  }

  /** Tokens of the answer to it. */
  static long output() {
    return Tokens.of(inShort(Words.MATTER));
  }

  /** All that the app says, by its calls. */
  Map<String, String> says() {
    Map<String, String> says = new LinkedHashMap<>();
    if (this == SPRING_AI) {
      // Which writes what comes of its tools as JSON.
      String results =
          inShort("\"" + AppTool.LOOKUP.result + "\"; \"" + AppTool.OWNER.result + "\"");
      says.put("agent", results);
      says.put("stream agent", results);
    }
    for (Way way : ways()) {
      String answer = inShort(Words.MATTER);
      String counted = "%s (%d in, %d out, %s)".formatted(answer, input(), output(), ended);
      says.put(way + " chat", counted);
      says.put(way + " tool", tools(AppTool.LOOKUP));
      says.put(way + " tools", tools(AppTool.LOOKUP, AppTool.OWNER));
      says.put(way + " tool without arguments", tools(AppTool.NOW));
      says.put(way + " schema", "summary=text steps=1 urgent=true");
      says.put(way + " image", IMAGE + answer);
    }
    for (Way way : ways()) {
      says.put(way + " invalid", failure(way, 400));
      says.put(way + " limited", failure(way, 429));
    }
    return says;
  }

  private String tools(AppTool... tools) {
    List<String> calls = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (AppTool tool : tools) {
      calls.add(tool.tool + (tool.ofTicket ? "{\"ticket\":\"7\"}" : "{}"));
      results.add(tool.result);
    }
    return "%s (%s) | %s | %s"
        .formatted(
            String.join(" ", calls),
            called,
            inShort(String.join("; ", results)),
            inShort(Words.NEXT_MATTER));
  }

  private static String inShort(String matter) {
    return "In short: " + matter + NEXT_STEP;
  }

  /** The SDK's own exception for a status. */
  private String failure(Way way, int status) {
    boolean limited = status == 429;
    String name =
        switch (this) {
          case OPENAI_CHAT, OPENAI_RESPONSES, ANTHROPIC ->
              limited ? "RateLimitException" : "BadRequestException";
          case GEMINI -> "ClientException";
          case BEDROCK -> limited ? "ThrottlingException" : "ValidationException";
          case LANGCHAIN -> limited ? "RateLimitException" : "InvalidRequestException";
          case SPRING_AI ->
              way == Way.STREAM ? "WebClientResponseException" : "NonTransientAiException";
        };
    return name + " " + status;
  }
}
