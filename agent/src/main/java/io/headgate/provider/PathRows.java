// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

/**
 * What paths mean, as data: the sets of rules that the rows of {@link ProviderRows} name. A
 * constant rather than a resource, so that reading it needs no I/O.
 *
 * <p>One rule per line: set, methods ({@code *} for all), path below the set's prefix, operation,
 * wire format, and {@code stream} where the path itself asks for a stream. In a path, {@code *} is
 * any one segment, {@code **} is any number of them at the end, <code>{model}</code> is a segment
 * or its part before a colon, and <code>{model..}</code> is one or more segments. An operation with
 * a question mark gives way to what the model's name says ({@link ModelName}). Within a set the
 * first rule that fits wins. Nothing names a web socket (realtime, a GET of {@code /responses}):
 * those are left unknown.
 */
final class PathRows {

  private PathRows() {}

  static String text() {
    return """
        openai POST /chat/completions CHAT OPENAI
        openai POST /embeddings EMBEDDINGS OPENAI
        openai POST /completions TEXT_COMPLETION OPENAI
        openai POST /images/generations IMAGE OPENAI
        openai POST /images/edits IMAGE OPENAI
        openai POST /images/variations IMAGE OPENAI
        openai POST /audio/speech SPEECH OPENAI
        openai POST /audio/transcriptions TRANSCRIPTION OPENAI
        openai POST /audio/translations TRANSCRIPTION OPENAI
        openai POST /moderations MODERATION OPENAI
        openai POST /rerank RERANK OPENAI
        openai GET /models MODELS OPENAI
        openai GET,DELETE /models/{model..} MODELS OPENAI
        openai * /files/** FILES OPENAI
        openai * /uploads/** FILES OPENAI
        openai * /batches/** BATCH OPENAI
        openai GET,DELETE /chat/completions/** RETRIEVE OPENAI

        responses POST /responses CHAT OPENAI_RESPONSES
        responses POST /responses/compact CHAT OPENAI_RESPONSES
        responses POST /responses/input_tokens COUNT_TOKENS OPENAI_RESPONSES
        responses POST /responses/*/cancel RETRIEVE OPENAI_RESPONSES
        responses GET,DELETE /responses/*/** RETRIEVE OPENAI_RESPONSES

        anthropic POST /messages CHAT ANTHROPIC
        anthropic POST /messages/count_tokens COUNT_TOKENS ANTHROPIC
        anthropic * /messages/batches/** BATCH ANTHROPIC
        anthropic GET /models MODELS ANTHROPIC
        anthropic GET /models/{model} MODELS ANTHROPIC
        anthropic * /files/** FILES ANTHROPIC

        anthropiclegacy POST /complete TEXT_COMPLETION OTHER

        gemini POST /models/{model}:generateContent CHAT GEMINI
        gemini POST /models/{model}:streamGenerateContent CHAT GEMINI stream
        gemini POST /models/{model}:embedContent EMBEDDINGS GEMINI
        gemini POST /models/{model}:batchEmbedContents EMBEDDINGS GEMINI
        gemini POST /models/{model}:countTokens COUNT_TOKENS GEMINI
        gemini POST /models/{model}:predict UNKNOWN? GEMINI
        gemini POST /models/{model}:batchGenerateContent BATCH GEMINI
        gemini POST /models/{model}:asyncBatchEmbedContent BATCH GEMINI
        gemini POST /tunedModels/{model}:generateContent CHAT GEMINI
        gemini POST /tunedModels/{model}:streamGenerateContent CHAT GEMINI stream
        gemini GET /models MODELS GEMINI
        gemini GET /models/{model} MODELS GEMINI
        gemini * /files/** FILES GEMINI
        gemini * /batches/** BATCH GEMINI
        gemini POST /interactions CHAT OTHER
        gemini GET,DELETE /interactions/*/** RETRIEVE OTHER

        vertex POST /publishers/*/models/{model}:generateContent CHAT GEMINI
        vertex POST /publishers/*/models/{model}:streamGenerateContent CHAT GEMINI stream
        vertex POST /publishers/*/models/{model}:embedContent EMBEDDINGS GEMINI
        vertex POST /publishers/*/models/{model}:countTokens COUNT_TOKENS GEMINI
        vertex POST /publishers/*/models/{model}:predict UNKNOWN? GEMINI
        vertex POST /publishers/anthropic/models/count-tokens:rawPredict COUNT_TOKENS ANTHROPIC
        vertex POST /publishers/anthropic/models/{model}:rawPredict CHAT ANTHROPIC
        vertex POST /publishers/anthropic/models/{model}:streamRawPredict CHAT ANTHROPIC stream
        vertex POST /publishers/*/models/{model}:rawPredict CHAT OPENAI
        vertex POST /publishers/*/models/{model}:streamRawPredict CHAT OPENAI stream
        vertex POST /endpoints/{model}:generateContent CHAT GEMINI
        vertex POST /endpoints/{model}:streamGenerateContent CHAT GEMINI stream
        vertex POST /endpoints/{model}:countTokens COUNT_TOKENS GEMINI
        vertex POST /endpoints/*/chat/completions CHAT OPENAI
        vertex POST /endpoints/*/embeddings EMBEDDINGS OPENAI
        vertex * /batchPredictionJobs/** BATCH GEMINI
        vertex GET /publishers/*/models MODELS GEMINI
        vertex GET /publishers/*/models/{model} MODELS GEMINI

        bedrock POST /model/{model..}/converse CHAT BEDROCK
        bedrock POST /model/{model..}/converse-stream CHAT BEDROCK stream
        bedrock POST /model/{model..}/invoke CHAT? BEDROCK
        bedrock POST /model/{model..}/invoke-with-response-stream CHAT? BEDROCK stream
        bedrock POST /model/{model..}/count-tokens COUNT_TOKENS BEDROCK

        cohere POST /chat CHAT COHERE
        cohere POST /embed EMBEDDINGS COHERE
        cohere POST /rerank RERANK COHERE
        cohere POST /generate TEXT_COMPLETION COHERE
        cohere POST /tokenize COUNT_TOKENS COHERE
        cohere * /embed-jobs/** BATCH COHERE
        cohere * /batches/** BATCH COHERE
        cohere GET /models MODELS COHERE
        cohere GET /models/{model} MODELS COHERE

        ollama POST /chat CHAT OLLAMA
        ollama POST /generate TEXT_COMPLETION OLLAMA
        ollama POST /embed EMBEDDINGS OLLAMA
        ollama POST /embeddings EMBEDDINGS OLLAMA
        ollama GET /tags MODELS OLLAMA
        ollama GET /ps MODELS OLLAMA
        ollama POST /show MODELS OLLAMA

        mistral POST /fim/completions TEXT_COMPLETION OPENAI
        mistral POST /agents/completions CHAT OPENAI
        mistral POST /chat/moderations MODERATION OPENAI
        mistral POST /conversations CHAT OPENAI
        mistral POST /conversations/*/** CHAT OPENAI
        mistral GET,DELETE /conversations/*/** RETRIEVE OTHER
        mistral * /batch/jobs/** BATCH OPENAI

        perplexity POST /sonar CHAT OPENAI

        huggingface POST /models/{model..}/v1/chat/completions CHAT OPENAI
        huggingface POST /models/{model..}/pipeline/feature-extraction EMBEDDINGS OTHER
        huggingface POST /models/{model..} UNKNOWN? OTHER
        huggingface POST /generate TEXT_COMPLETION OTHER
        huggingface POST /generate_stream TEXT_COMPLETION OTHER stream

        replicate POST /models/{model..}/predictions CHAT? OTHER
        replicate POST /deployments/{model..}/predictions CHAT? OTHER
        replicate GET /predictions/*/** RETRIEVE OTHER
        replicate POST /predictions/*/cancel RETRIEVE OTHER
        replicate * /files/** FILES OTHER
        replicate GET /models MODELS OTHER
        replicate GET /models/{model..} MODELS OTHER

        workersai POST /{model..} CHAT? OTHER

        sagemaker POST /endpoints/{model}/invocations UNKNOWN? OPENAI
        sagemaker POST /endpoints/{model}/invocations-response-stream UNKNOWN? OPENAI stream

        databricks POST /{model}/invocations CHAT? OPENAI

        openaichat POST /chat CHAT OPENAI
        ownchat POST /chat CHAT OTHER

        dashscope POST /aigc/text-generation/generation CHAT OTHER
        dashscope POST /aigc/multimodal-generation/generation CHAT OTHER
        dashscope POST /aigc/text2image/image-synthesis IMAGE OTHER
        dashscope POST /embeddings/text-embedding/text-embedding EMBEDDINGS OTHER
        dashscope POST /rerank/text-rerank/text-rerank RERANK OTHER

        cortex POST /inference:complete CHAT OTHER
        cortex POST /inference:embed EMBEDDINGS OTHER

        watsonx POST /chat CHAT OPENAI
        watsonx POST /chat_stream CHAT OPENAI stream
        watsonx POST /generation TEXT_COMPLETION OTHER
        watsonx POST /generation_stream TEXT_COMPLETION OTHER stream
        watsonx POST /embeddings EMBEDDINGS OTHER
        watsonx POST /rerank RERANK OTHER
        watsonx POST /tokenization COUNT_TOKENS OTHER

        oci POST /chat CHAT OTHER
        oci POST /generateText TEXT_COMPLETION OTHER
        oci POST /embedText EMBEDDINGS OTHER
        oci POST /rerankText RERANK OTHER

        sap POST /chat/completions CHAT OPENAI
        sap POST /embeddings EMBEDDINGS OPENAI
        sap POST /converse CHAT BEDROCK
        sap POST /converse-stream CHAT BEDROCK stream
        sap POST /invoke CHAT BEDROCK
        sap POST /invoke-with-response-stream CHAT BEDROCK stream
        sap POST /models/{model}:generateContent CHAT GEMINI
        sap POST /models/{model}:streamGenerateContent CHAT GEMINI stream

        alephalpha POST /complete TEXT_COMPLETION OTHER
        alephalpha POST /semantic_embed EMBEDDINGS OTHER
        """;
  }
}
