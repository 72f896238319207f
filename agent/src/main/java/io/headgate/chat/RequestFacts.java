// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, as far as telemetry, pricing and estimates need it. Read without
 * building a tree; a field that is absent, or that we could not read, is null.
 *
 * @param model the model exactly as the app sent it, from body or path
 * @param stream whether the answer is asked for as a stream
 * @param streamUsage whether the app itself asked for usage in the stream
 * @param maxTokens the most output tokens asked for, under any of its names
 * @param choiceCount how many answers are asked for
 * @param outputType text, json, image or speech, if asked for
 * @param inputCharacters how many characters of text the input has, for estimates when a provider
 *     tells no usage; never the text itself
 * @param wideInputCharacters how many of these are of scripts where a character is about a token
 * @param dimensions embedding dimensions asked for
 */
public record RequestFacts(
    @Nullable String model,
    boolean stream,
    boolean streamUsage,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Double topK,
    @Nullable Double frequencyPenalty,
    @Nullable Double presencePenalty,
    @Nullable Long maxTokens,
    @Nullable Long seed,
    @Nullable Long choiceCount,
    List<String> stopSequences,
    @Nullable String outputType,
    @Nullable String serviceTier,
    @Nullable String reasoningLevel,
    @Nullable String previousResponseId,
    @Nullable String conversationId,
    @Nullable Long dimensions,
    List<String> encodingFormats,
    long inputCharacters,
    long wideInputCharacters) {

  /** Nothing is known of the request. */
  public static final RequestFacts NONE = builder().build();

  public RequestFacts {
    stopSequences = List.copyOf(stopSequences);
    encodingFormats = List.copyOf(encodingFormats);
  }

  /** The same request for another model. */
  public RequestFacts withModel(String newModel) {
    return new RequestFacts(
        newModel,
        stream,
        streamUsage,
        temperature,
        topP,
        topK,
        frequencyPenalty,
        presencePenalty,
        maxTokens,
        seed,
        choiceCount,
        stopSequences,
        outputType,
        serviceTier,
        reasoningLevel,
        previousResponseId,
        conversationId,
        dimensions,
        encodingFormats,
        inputCharacters,
        wideInputCharacters);
  }

  /** The same request, as a stream or not, with its usage told. */
  public RequestFacts withStream(boolean streamed) {
    return new RequestFacts(
        model,
        streamed,
        streamed,
        temperature,
        topP,
        topK,
        frequencyPenalty,
        presencePenalty,
        maxTokens,
        seed,
        choiceCount,
        stopSequences,
        outputType,
        serviceTier,
        reasoningLevel,
        previousResponseId,
        conversationId,
        dimensions,
        encodingFormats,
        inputCharacters,
        wideInputCharacters);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Gathers facts as a streaming parser meets them. */
  public static final class Builder {
    public @Nullable String model;
    public boolean stream;
    public boolean streamUsage;
    public @Nullable Double temperature;
    public @Nullable Double topP;
    public @Nullable Double topK;
    public @Nullable Double frequencyPenalty;
    public @Nullable Double presencePenalty;
    public @Nullable Long maxTokens;
    public @Nullable Long seed;
    public @Nullable Long choiceCount;
    public List<String> stopSequences = List.of();
    public @Nullable String outputType;
    public @Nullable String serviceTier;
    public @Nullable String reasoningLevel;
    public @Nullable String previousResponseId;
    public @Nullable String conversationId;
    public @Nullable Long dimensions;
    public List<String> encodingFormats = List.of();
    public long inputCharacters;
    public long wideInputCharacters;

    private Builder() {}

    public RequestFacts build() {
      return new RequestFacts(
          model,
          stream,
          streamUsage,
          temperature,
          topP,
          topK,
          frequencyPenalty,
          presencePenalty,
          maxTokens,
          seed,
          choiceCount,
          stopSequences,
          outputType,
          serviceTier,
          reasoningLevel,
          previousResponseId,
          conversationId,
          dimensions,
          encodingFormats,
          inputCharacters,
          wideInputCharacters);
    }
  }
}
