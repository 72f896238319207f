// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.Turn;
import io.headgate.chat.WireFormat;
import io.headgate.json.Nodes;
import io.headgate.translate.Traits.Feature;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Requests and targets for tests of fitting. */
final class Fits {

  static final TraitsCatalog CATALOG = new TraitsCatalog();

  static final Traits OPENAI = CATALOG.of(WireFormat.OPENAI, "openai", "gpt-4o");
  static final Traits RESPONSES = CATALOG.of(WireFormat.OPENAI_RESPONSES, "openai", "gpt-4.1");
  static final Traits GPT_5 = CATALOG.of(WireFormat.OPENAI, "openai", "gpt-5");
  static final Traits CLAUDE = CATALOG.of(WireFormat.ANTHROPIC, "anthropic", "claude-sonnet-4-5");
  static final Traits CLAUDE_4 = CATALOG.of(WireFormat.ANTHROPIC, "anthropic", "claude-sonnet-4-0");
  static final Traits CLAUDE_NEW = CATALOG.of(WireFormat.ANTHROPIC, "anthropic", "claude-opus-4-8");
  static final Traits GEMINI = CATALOG.of(WireFormat.GEMINI, "gemini", "gemini-2.5-flash");
  static final Traits GEMINI_PRO = CATALOG.of(WireFormat.GEMINI, "gemini", "gemini-2.5-pro");
  static final Traits GEMINI_3 = CATALOG.of(WireFormat.GEMINI, "gemini", "gemini-3-pro-preview");
  static final Traits BEDROCK =
      CATALOG.of(WireFormat.BEDROCK, "bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0");
  static final Traits NOVA = CATALOG.of(WireFormat.BEDROCK, "bedrock", "amazon.nova-micro-v1:0");
  static final Traits COHERE = CATALOG.of(WireFormat.COHERE, "cohere", "command-a-03-2025");
  static final Traits OLLAMA = CATALOG.of(WireFormat.OLLAMA, "ollama", "llama3.1:8b");
  static final Traits MISTRAL = CATALOG.of(WireFormat.OPENAI, "mistral", "mistral-large-latest");
  static final Traits DEEPSEEK = CATALOG.of(WireFormat.OPENAI, "deepseek", "deepseek-chat");

  static final Media PNG = new Media(Media.Kind.BASE64, "iVBORw0KGgo=", "image/png");

  private Fits() {}

  /** A target by its name here. */
  static Traits target(String name) {
    return switch (name) {
      case "openai" -> OPENAI;
      case "responses" -> RESPONSES;
      case "gpt-4" -> CATALOG.of(WireFormat.OPENAI, "openai", "gpt-4");
      case "gpt-5" -> GPT_5;
      case "claude" -> CLAUDE;
      case "claude-4" -> CLAUDE_4;
      case "claude-new" -> CLAUDE_NEW;
      case "vertex-claude" ->
          CATALOG.of(WireFormat.ANTHROPIC, "vertex", "claude-sonnet-4-5@20250929");
      case "gemini" -> GEMINI;
      case "gemini-pro" -> GEMINI_PRO;
      case "gemini-3" -> GEMINI_3;
      case "bedrock" -> BEDROCK;
      case "nova" -> NOVA;
      case "cohere" -> COHERE;
      case "ollama" -> OLLAMA;
      case "mistral" -> MISTRAL;
      case "deepseek" -> DEEPSEEK;
      default -> throw new IllegalArgumentException(name);
    };
  }

  static Traits without(Traits traits, Feature... features) {
    Set<Feature> can = EnumSet.copyOf(traits.can());
    can.removeAll(List.of(features));
    return traits.with(traits.reasoning(), can);
  }

  /** A request that says hello. */
  static ChatRequest.Builder hello() {
    ChatRequest.Builder request = ChatRequest.builder();
    request.model = "asked";
    request.turns = List.of(user("hello"));
    return request;
  }

  static ChatRequest.Builder talk(Turn... turns) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.model = "asked";
    request.turns = List.of(turns);
    return request;
  }

  static Turn user(String text) {
    return new Turn(Turn.Role.USER, List.of(new Part.Text(text)));
  }

  static Turn user(Part... parts) {
    return new Turn(Turn.Role.USER, List.of(parts));
  }

  static Turn assistant(String text) {
    return new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text(text)));
  }

  static Turn assistant(Part... parts) {
    return new Turn(Turn.Role.ASSISTANT, List.of(parts));
  }

  static Turn system(String text) {
    return new Turn(Turn.Role.SYSTEM, List.of(new Part.Text(text)));
  }

  static Part.ToolCall call(String id, String name) {
    return new Part.ToolCall(id, name, "{}");
  }

  static Part.ToolResult result(String id, Part... parts) {
    return new Part.ToolResult(id, null, List.of(parts), false, null);
  }

  static Part.ToolResult result(String id, String text) {
    return result(id, new Part.Text(text));
  }

  static Part.Thinking thought(Maker maker) {
    return new Part.Thinking("hm", "signed", null, maker);
  }

  static Tool tool(String name) {
    return new Tool(name, null, Nodes.object("type", "object"), null, null);
  }

  /**
   * A conversation in one line: {@code s:} instructions, then a letter for each role, and in it
   * texts, {@code <id name>} for calls, {@code [id text]} for results, {@code ~} for thoughts.
   */
  static String shown(ChatRequest request) {
    StringBuilder shown = new StringBuilder();
    if (!request.system().isEmpty()) {
      shown.append("s:").append(shown(request.system()));
    }
    for (Turn turn : request.turns()) {
      String role =
          switch (turn.role()) {
            case USER -> "U:";
            case ASSISTANT -> "A:";
            case SYSTEM -> "S:";
          };
      shown.append(shown.isEmpty() ? "" : " ").append(role).append(shown(turn.parts()));
    }
    return shown.toString();
  }

  private static String shown(List<Part> parts) {
    return String.join(",", parts.stream().map(Fits::shown).toList());
  }

  private static String shown(Part part) {
    if (part instanceof Part.Text text) {
      return text.text();
    } else if (part instanceof Part.ToolCall call) {
      return "<" + call.id() + " " + call.name() + ">";
    } else if (part instanceof Part.ToolResult result) {
      return "["
          + result.callId()
          + " "
          + (result.error() ? "!" : "")
          + shown(result.parts())
          + "]";
    }
    return part instanceof Part.Thinking ? "~" : part.getClass().getSimpleName();
  }
}
