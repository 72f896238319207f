// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

/** How an answer is framed. */
public enum AnswerForm {
  /** All at once: JSON, or whatever else the endpoint answers with. */
  WHOLE,
  /** Server-sent events: {@code text/event-stream}. */
  SSE,
  /** One JSON object to a line: {@code application/x-ndjson}. */
  NDJSON,
  /** The elements of one JSON array, one after another: Gemini without {@code alt=sse}. */
  JSON_ARRAY,
  /** Amazon's binary frames: {@code application/vnd.amazon.eventstream}. */
  EVENT_STREAM
}
