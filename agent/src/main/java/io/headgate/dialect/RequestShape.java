// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/**
 * Requests of all formats at once. Their names do not clash, and many servers take fields of
 * formats that are not theirs.
 */
final class RequestShape {

  private RequestShape() {}

  static final Shape<Ask> ANY = any();

  private static Shape<Ask> any() {
    Shape<Ask> format = Shape.<Ask>builder().slot(Ask.FORMAT).with(Ask.FORMAT, "type").build();
    Shape<Ask> thinking =
        Shape.<Ask>builder().with(Ask.REASONING, "thinkingLevel", "thinking_level").build();
    Shape<Ask> sampling =
        Shape.<Ask>builder()
            .with(Ask.TEMPERATURE, "temperature")
            .with(Ask.TOP_P, "top_p", "topP", "p")
            .with(Ask.TOP_K, "top_k", "topK", "k")
            .with(Ask.FREQUENCY_PENALTY, "frequency_penalty", "frequencyPenalty")
            .with(Ask.PRESENCE_PENALTY, "presence_penalty", "presencePenalty")
            .with(Ask.MAX_TOKENS, "max_tokens", "max_completion_tokens", "max_output_tokens")
            .with(Ask.MAX_TOKENS, "maxTokens", "maxOutputTokens", "max_tokens_to_sample")
            .with(Ask.MAX_TOKENS, "num_predict", "max_new_tokens", "maxTokenCount")
            .with(Ask.MAX_TOKENS, "max_gen_len")
            .with(Ask.SEED, "seed", "random_seed")
            .with(Ask.CHOICES, "n", "candidateCount", "candidate_count", "num_generations")
            .with(Ask.STOP, "stop", "stop_sequences", "stopSequences")
            .with(Ask.DIMENSIONS, "dimensions", "output_dimension", "outputDimensionality")
            .with(Ask.DIMENSIONS, "output_dimensionality")
            .with(Ask.ENCODING, "encoding_format", "embedding_types", "output_dtype")
            .with(Ask.ENCODING, "embeddingTypes")
            .with(Ask.FORMAT, "responseMimeType", "response_mime_type")
            .with(Ask.MODALITY, "modalities", "responseModalities", "response_modalities")
            .with(thinking, "thinkingConfig", "thinking_config")
            .build();
    Shape<Ask> effort =
        Shape.<Ask>builder().with(Ask.REASONING, "effort").with(format, "format").build();
    return Shape.<Ask>builder()
        .like(sampling)
        .with(sampling, "generationConfig", "generation_config", "embedContentConfig")
        .with(sampling, "options", "parameters", "inferenceConfig", "textGenerationConfig")
        .with(sampling, "additionalModelRequestFields")
        .with(Ask.MODEL, "model", "modelId")
        .with(Ask.STREAM, "stream")
        .with(
            Shape.<Ask>builder().with(Ask.STREAM_USAGE, "include_usage").build(), "stream_options")
        .with(format, "response_format")
        .with(Shape.<Ask>builder().with(format, "format").build(), "text")
        .with(Shape.<Ask>builder().with(format, "textFormat").build(), "outputConfig")
        // Ollama takes "json" or a schema here.
        .with(Shape.value(Ask.SCHEMA), "format")
        .with(Ask.REASONING, "reasoning_effort", "think")
        .with(effort, "reasoning", "output_config")
        .with(
            Shape.<Ask>builder().slot(Ask.TIER).with(Ask.TIER, "type").build(),
            "service_tier",
            "serviceTier")
        .with(Ask.PREVIOUS, "previous_response_id")
        .with(
            Shape.<Ask>builder().slot(Ask.CONVERSATION).with(Ask.CONVERSATION, "id").build(),
            "conversation",
            "conversation_id")
        .like(input())
        .build();
  }

  /** Where the text is that becomes input tokens. */
  private static Shape<Ask> input() {
    Shape<Ask> data = Shape.<Ask>builder().slot(Ask.INPUT).deep().countingNames().build();
    Shape<Ask> text =
        Shape.<Ask>builder()
            .slot(Ask.INPUT)
            .deep()
            // What the app wrote as data may use the names of fields that hold no text.
            .with(data, "input", "args", "response", "json", "arguments")
            .without("type", "role", "id", "call_id", "tool_call_id", "tool_use_id", "toolUseId")
            .without("cache_control", "cachePoint", "status", "detail", "variables", "version")
            .without("signature", "thoughtSignature", "thought_signature", "encrypted_content")
            .without("data", "bytes", "url", "image_url", "image", "images", "video", "source")
            .without("audio", "input_audio", "file", "file_id", "file_data", "file_url")
            .without("inlineData", "inline_data", "fileData", "mimeType", "mime_type", "model")
            .without(
                "bytesBase64Encoded", "gcsUri", "taskType", "task_type", "outputDimensionality")
            .build();
    Shape<Ask> toolConfig = Shape.<Ask>builder().with(data, "tools").build();
    return Shape.<Ask>builder()
        .with(text, "messages", "system", "input", "prompt", "suffix", "instructions")
        .with(text, "contents", "content", "requests", "systemInstruction", "system_instruction")
        .with(text, "preamble", "message", "chat_history", "documents", "query", "texts")
        .with(text, "inputs", "inputText", "instances", "template")
        .with(data, "tools", "functions")
        .with(toolConfig, "toolConfig")
        .build();
  }
}
