// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a chat call asks for, in no particular format. Immutable; {@link #toBuilder()} for a changed
 * one.
 *
 * @param model the name of the model, as the one that is asked knows it
 * @param system instructions that come before the conversation, in order; texts, mostly
 * @param turns the conversation; adjacent turns of one role are allowed
 * @param tools functions that the app runs; never tools that a provider runs, see {@code bound}
 * @param toolChoice whether a tool has to be called
 * @param parallelTools whether several calls may come at once; null for the provider's default
 * @param stream whether the answer is to come as events
 * @param streamUsage whether a streamed answer is to end with its usage
 * @param user who is asking, as the app calls them
 * @param cacheKey what OpenAI calls the prompt cache key
 * @param serviceTier in the words of the caller's format
 * @param metadata the app's own labels
 * @param bound what only the provider that the app asked can do ({@code previous_response_id},
 *     hosted tools, …), by the names it has there; if there is any, nobody else can serve the call
 */
public record ChatRequest(
    String model,
    List<Part> system,
    List<Turn> turns,
    List<Tool> tools,
    ToolChoice toolChoice,
    @Nullable Boolean parallelTools,
    Sampling sampling,
    OutputFormat format,
    Reasoning reasoning,
    boolean stream,
    boolean streamUsage,
    @Nullable String user,
    @Nullable String cacheKey,
    @Nullable String serviceTier,
    Map<String, String> metadata,
    List<String> bound) {

  public ChatRequest {
    system = List.copyOf(system);
    turns = List.copyOf(turns);
    tools = List.copyOf(tools);
    metadata = Map.copyOf(metadata);
    bound = List.copyOf(bound);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with all of this. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.model = model;
    builder.system = system;
    builder.turns = turns;
    builder.tools = tools;
    builder.toolChoice = toolChoice;
    builder.parallelTools = parallelTools;
    builder.sampling = sampling;
    builder.format = format;
    builder.reasoning = reasoning;
    builder.stream = stream;
    builder.streamUsage = streamUsage;
    builder.user = user;
    builder.cacheKey = cacheKey;
    builder.serviceTier = serviceTier;
    builder.metadata = metadata;
    builder.bound = bound;
    return builder;
  }

  /** Gathers what a reader finds. */
  public static final class Builder {
    public String model = "";
    public List<Part> system = List.of();
    public List<Turn> turns = List.of();
    public List<Tool> tools = List.of();
    public ToolChoice toolChoice = ToolChoice.DEFAULT;
    public @Nullable Boolean parallelTools;
    public Sampling sampling = Sampling.NONE;
    public OutputFormat format = OutputFormat.TEXT;
    public Reasoning reasoning = Reasoning.DEFAULT;
    public boolean stream;
    public boolean streamUsage;
    public @Nullable String user;
    public @Nullable String cacheKey;
    public @Nullable String serviceTier;
    public Map<String, String> metadata = Map.of();
    public List<String> bound = List.of();

    private Builder() {}

    /** Names another model. */
    public Builder model(String name) {
      model = name;
      return this;
    }

    public ChatRequest build() {
      return new ChatRequest(
          model,
          system,
          turns,
          tools,
          toolChoice,
          parallelTools,
          sampling,
          format,
          reasoning,
          stream,
          streamUsage,
          user,
          cacheKey,
          serviceTier,
          metadata,
          bound);
    }
  }
}
