// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Part;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.translate.Traits.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a request one that its target can serve: what the target's model or provider does not take
 * is changed or left out, and noted. What it says of its content stays, or the target is ruled out.
 */
public final class Fitting {

  /** Words for the service tier that ask for nothing. */
  private static final Set<String> USUAL = Set.of("auto", "default", "standard");

  private Fitting() {}

  /**
   * The request as the target can take it. The same request is always fitted in the same way:
   * prompt caches depend on it.
   *
   * @throws Ineligible if the target cannot serve it
   */
  public static Fitted fit(ChatRequest request, Traits traits, Notes notes) {
    if (!request.bound().isEmpty()) {
      throw new Ineligible(
          "only the provider that was asked has " + String.join(", ", request.bound()));
    }
    if (request.stream() && !traits.can(Feature.STREAM)) {
      throw new Ineligible(traits.model() + " does not stream");
    }
    ChatRequest.Builder fitted = request.toBuilder();
    FitParts parts = new FitParts(traits, notes);
    fitted.system = parts.parts(request.system(), false);
    fitted.turns = parts.turns(request.turns());
    new FitTurns(traits, notes).fit(fitted);
    new FitTools(traits, notes).fit(fitted);
    boolean schemaTool = new FitFormat(traits, notes).fit(fitted);
    new FitSampling(traits, notes).fit(fitted);
    Long asked = request.sampling().maxTokens();
    Room.check(fitted, traits, asked != null && asked > 0, notes);
    new FitReasoning(traits, notes).fit(fitted);
    FitCache.fit(fitted, traits, notes);
    labels(fitted, traits, notes);
    ToolNames names = names(fitted, traits);
    return new Fitted(fitted.build(), names, schemaTool);
  }

  private static void labels(ChatRequest.Builder request, Traits traits, Notes notes) {
    if (request.user != null && !traits.can(Feature.USER)) {
      notes.dropped("user");
      request.user = null;
    }
    if (request.cacheKey != null && !traits.can(Feature.CACHE_KEY)) {
      notes.dropped("prompt_cache_key");
      request.cacheKey = null;
    }
    if (!request.metadata.isEmpty() && !traits.can(Feature.METADATA)) {
      notes.dropped("metadata");
      request.metadata = Map.of();
    }
    String tier = request.serviceTier;
    if (tier != null && !traits.can(Feature.SERVICE_TIER)) {
      if (!USUAL.contains(tier)) {
        notes.dropped("service_tier");
      }
      request.serviceTier = null;
    }
  }

  private static ToolNames names(ChatRequest.Builder request, Traits traits) {
    ToolNames names = new ToolNames(traits.toolNameLength(), traits.maker());
    request.tools.forEach(tool -> names.reserve(tool.name()));
    List<Tool> tools = new ArrayList<>(request.tools.size());
    for (Tool tool : request.tools) {
      tools.add(
          new Tool(
              names.target(tool.name()),
              tool.description(),
              tool.schema(),
              tool.strict(),
              tool.cache()));
    }
    List<Turn> turns = new ArrayList<>(request.turns.size());
    for (Turn turn : request.turns) {
      turns.add(new Turn(turn.role(), turn.parts().stream().map(it -> named(it, names)).toList()));
    }
    request.tools = tools;
    request.turns = turns;
    ToolChoice choice = request.toolChoice;
    request.toolChoice =
        new ToolChoice(choice.kind(), choice.names().stream().map(names::target).toList());
    return names;
  }

  private static Part named(Part part, ToolNames names) {
    if (part instanceof Part.ToolCall call) {
      return new Part.ToolCall(
          call.id(), names.target(call.name()), call.arguments(), call.signature(), call.cache());
    }
    if (part instanceof Part.ToolResult result && result.name() != null) {
      return new Part.ToolResult(
          result.callId(),
          names.target(result.name()),
          result.parts(),
          result.error(),
          result.cache());
    }
    return part;
  }
}
