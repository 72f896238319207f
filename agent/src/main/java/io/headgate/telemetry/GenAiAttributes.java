// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * Every attribute key and fixed value we write. The {@code gen_ai.*} and {@code openai.*} names are
 * those of the OpenTelemetry semantic conventions 1.41, the last release that holds them; copied
 * rather than taken from the semconv artifact, whose incubating part comes and goes.
 */
final class GenAiAttributes {

  /** The instrumentation scope of everything we emit. */
  static final String SCOPE = "io.headgate";

  /** Stands for a value left out to keep the number of time series bounded. */
  static final String OTHER = "_OTHER";

  static final AttributeKey<String> OPERATION_NAME =
      AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER_NAME = AttributeKey.stringKey("gen_ai.provider.name");
  static final AttributeKey<String> CONVERSATION_ID =
      AttributeKey.stringKey("gen_ai.conversation.id");
  static final AttributeKey<String> OUTPUT_TYPE = AttributeKey.stringKey("gen_ai.output.type");
  static final AttributeKey<String> REQUEST_MODEL = AttributeKey.stringKey("gen_ai.request.model");
  static final AttributeKey<Long> REQUEST_CHOICE_COUNT =
      AttributeKey.longKey("gen_ai.request.choice.count");
  static final AttributeKey<Long> REQUEST_SEED = AttributeKey.longKey("gen_ai.request.seed");
  static final AttributeKey<Boolean> REQUEST_STREAM =
      AttributeKey.booleanKey("gen_ai.request.stream");
  static final AttributeKey<Double> REQUEST_TEMPERATURE =
      AttributeKey.doubleKey("gen_ai.request.temperature");
  static final AttributeKey<Double> REQUEST_TOP_P = AttributeKey.doubleKey("gen_ai.request.top_p");
  static final AttributeKey<Double> REQUEST_TOP_K = AttributeKey.doubleKey("gen_ai.request.top_k");
  static final AttributeKey<Double> REQUEST_FREQUENCY_PENALTY =
      AttributeKey.doubleKey("gen_ai.request.frequency_penalty");
  static final AttributeKey<Double> REQUEST_PRESENCE_PENALTY =
      AttributeKey.doubleKey("gen_ai.request.presence_penalty");
  static final AttributeKey<Long> REQUEST_MAX_TOKENS =
      AttributeKey.longKey("gen_ai.request.max_tokens");
  static final AttributeKey<List<String>> REQUEST_STOP_SEQUENCES =
      AttributeKey.stringArrayKey("gen_ai.request.stop_sequences");
  static final AttributeKey<List<String>> REQUEST_ENCODING_FORMATS =
      AttributeKey.stringArrayKey("gen_ai.request.encoding_formats");
  static final AttributeKey<String> REQUEST_REASONING_LEVEL =
      AttributeKey.stringKey("gen_ai.request.reasoning.level");
  static final AttributeKey<String> REQUEST_PREVIOUS_RESPONSE_ID =
      AttributeKey.stringKey("gen_ai.request.previous_response.id");
  static final AttributeKey<Long> EMBEDDINGS_DIMENSION_COUNT =
      AttributeKey.longKey("gen_ai.embeddings.dimension.count");
  static final AttributeKey<String> RESPONSE_ID = AttributeKey.stringKey("gen_ai.response.id");
  static final AttributeKey<String> RESPONSE_MODEL =
      AttributeKey.stringKey("gen_ai.response.model");
  static final AttributeKey<List<String>> RESPONSE_FINISH_REASONS =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");
  static final AttributeKey<Double> RESPONSE_TIME_TO_FIRST_CHUNK =
      AttributeKey.doubleKey("gen_ai.response.time_to_first_chunk");
  static final AttributeKey<Long> USAGE_INPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> USAGE_OUTPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<Long> USAGE_CACHE_READ =
      AttributeKey.longKey("gen_ai.usage.cache_read.input_tokens");
  static final AttributeKey<Long> USAGE_CACHE_CREATION =
      AttributeKey.longKey("gen_ai.usage.cache_creation.input_tokens");
  static final AttributeKey<Long> USAGE_REASONING =
      AttributeKey.longKey("gen_ai.usage.reasoning.output_tokens");
  static final AttributeKey<String> TOKEN_TYPE = AttributeKey.stringKey("gen_ai.token.type");

  /**
   * Not in the conventions, but what OpenLIT and Langfuse read. The only money under {@code
   * gen_ai.usage}: Langfuse counts every other number there as tokens.
   */
  static final AttributeKey<Double> USAGE_COST = AttributeKey.doubleKey("gen_ai.usage.cost");

  static final AttributeKey<String> OPENAI_API_TYPE = AttributeKey.stringKey("openai.api.type");
  static final AttributeKey<String> OPENAI_REQUEST_SERVICE_TIER =
      AttributeKey.stringKey("openai.request.service_tier");
  static final AttributeKey<String> OPENAI_RESPONSE_SERVICE_TIER =
      AttributeKey.stringKey("openai.response.service_tier");
  static final AttributeKey<String> OPENAI_SYSTEM_FINGERPRINT =
      AttributeKey.stringKey("openai.response.system_fingerprint");

  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
  static final AttributeKey<String> HTTP_METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<Long> HTTP_RESEND_COUNT =
      AttributeKey.longKey("http.request.resend_count");
  static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> PROTOCOL_VERSION =
      AttributeKey.stringKey("network.protocol.version");
  static final AttributeKey<String> URL_FULL = AttributeKey.stringKey("url.full");

  static final AttributeKey<Double> COST_INPUT = AttributeKey.doubleKey("headgate.cost.input");
  static final AttributeKey<Double> COST_OUTPUT = AttributeKey.doubleKey("headgate.cost.output");
  static final AttributeKey<Double> COST_CACHE_READ =
      AttributeKey.doubleKey("headgate.cost.cache_read");
  static final AttributeKey<Double> COST_CACHE_WRITE =
      AttributeKey.doubleKey("headgate.cost.cache_write");
  static final AttributeKey<Double> COST_OTHER = AttributeKey.doubleKey("headgate.cost.other");
  static final AttributeKey<String> COST_CURRENCY =
      AttributeKey.stringKey("headgate.cost.currency");
  static final AttributeKey<String> COST_SOURCE = AttributeKey.stringKey("headgate.cost.source");
  static final AttributeKey<String> COST_PRICE_DATE =
      AttributeKey.stringKey("headgate.cost.price_date");
  static final AttributeKey<Boolean> USAGE_ESTIMATED =
      AttributeKey.booleanKey("headgate.usage.estimated");
  static final AttributeKey<String> STREAM_OUTCOME =
      AttributeKey.stringKey("headgate.stream.outcome");
  static final AttributeKey<Long> ATTEMPT_COUNT = AttributeKey.longKey("headgate.attempt.count");
  static final AttributeKey<Double> OVERHEAD_MS = AttributeKey.doubleKey("headgate.overhead_ms");
  static final AttributeKey<Long> ATTEMPT_NUMBER = AttributeKey.longKey("headgate.attempt.number");
  static final AttributeKey<String> ATTEMPT_TARGET =
      AttributeKey.stringKey("headgate.attempt.target");
  static final AttributeKey<String> ATTEMPT_OUTCOME =
      AttributeKey.stringKey("headgate.attempt.outcome");
  static final AttributeKey<String> ATTEMPT_KEY = AttributeKey.stringKey("headgate.attempt.key");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("headgate.route");
  static final AttributeKey<String> ARM = AttributeKey.stringKey("headgate.arm");
  static final AttributeKey<Long> STEP = AttributeKey.longKey("headgate.step");
  static final AttributeKey<String> REASON = AttributeKey.stringKey("headgate.reason");
  static final AttributeKey<String> TRANSLATION_FROM =
      AttributeKey.stringKey("headgate.translation.from");
  static final AttributeKey<String> TRANSLATION_TO =
      AttributeKey.stringKey("headgate.translation.to");
  static final AttributeKey<List<String>> TRANSLATION_WARNINGS =
      AttributeKey.stringArrayKey("headgate.translation.warnings");
  static final AttributeKey<String> MODE = AttributeKey.stringKey("headgate.mode");
  static final AttributeKey<String> SERVED_PROVIDER =
      AttributeKey.stringKey("headgate.served.provider");
  static final AttributeKey<String> SERVED_MODEL = AttributeKey.stringKey("headgate.served.model");

  /** A provider by its name in the configuration. */
  static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("headgate.provider");

  static final AttributeKey<String> FAILURE_KIND = AttributeKey.stringKey("headgate.failure.kind");
  static final AttributeKey<String> FAULT_STAGE = AttributeKey.stringKey("headgate.stage");

  /** What the names of the attributes that hold metadata begin with. */
  static final String METADATA = "headgate.metadata.";

  /** What the names of the events that tell of decisions begin with. */
  static final String DECISION_EVENTS = "headgate.";

  /** The event on the logical span when the first bytes of a streamed answer arrive. */
  static final String FIRST_CHUNK_EVENT = "headgate.stream.first_chunk";

  private GenAiAttributes() {}
}
