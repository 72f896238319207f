// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

/** The wire formats that requests and answers come in. Decided by path first, then by host. */
public enum WireFormat {
  /** OpenAI Chat Completions, Completions, Embeddings and all that copied them. */
  OPENAI,
  /** OpenAI Responses. */
  OPENAI_RESPONSES,
  /** Anthropic Messages. */
  ANTHROPIC,
  /** Gemini generateContent and its siblings, on the Gemini API and on Vertex AI. */
  GEMINI,
  /** Amazon Bedrock Converse and InvokeModel. */
  BEDROCK,
  /** Cohere v1 and v2. */
  COHERE,
  /** Ollama's native API. */
  OLLAMA,
  /** A format of the provider's own, of which nothing is read. */
  OTHER
}
