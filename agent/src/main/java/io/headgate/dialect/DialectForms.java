// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.AnswerForms;
import io.headgate.gateway.AnswerJudge.Verdict;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The forms of answers in all wire formats we know. Chats and completions come in each form their
 * format has, but for those of Bedrock's InvokeModel, of which only Claude's come in both; all else
 * is known at once only.
 */
public final class DialectForms implements AnswerForms {

  private static final String SSE = "text/event-stream";
  private static final String NDJSON = "application/x-ndjson";
  private static final String FRAMES = "application/vnd.amazon.eventstream";
  private static final String JSON = "application/json";

  private static final Form OPENAI = new OpenAiForm();
  private static final Form RESPONSES = new ResponsesForm();
  private static final Form ANTHROPIC = new AnthropicForm();
  private static final Form GEMINI = new GeminiForm();
  private static final Form COHERE = new CohereForm();
  private static final Form COHERE_ONE = new CohereOneForm();
  private static final Form OLLAMA = new OllamaForm();
  private static final Form BEDROCK = new BedrockForm();

  public DialectForms() {}

  @Override
  public AnswerForm asked(Endpoint endpoint, GatewayRequest request, RequestFacts facts) {
    URI uri = request.uri();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return switch (endpoint.format()) {
      case BEDROCK -> endpoint.streaming() ? AnswerForm.EVENT_STREAM : AnswerForm.WHOLE;
      case GEMINI ->
          !endpoint.streaming()
              ? AnswerForm.WHOLE
              : asksForEvents(uri.getRawQuery()) ? AnswerForm.SSE : AnswerForm.JSON_ARRAY;
      case OLLAMA -> facts.stream() ? AnswerForm.NDJSON : AnswerForm.WHOLE;
      case COHERE ->
          !facts.stream()
              ? AnswerForm.WHOLE
              : path.endsWith("/v2/chat") ? AnswerForm.SSE : AnswerForm.NDJSON;
      default ->
          !facts.stream()
              ? AnswerForm.WHOLE
              // SageMaker wraps whatever the model's server says.
              : path.endsWith("/invocations-response-stream")
                  ? AnswerForm.EVENT_STREAM
                  : AnswerForm.SSE;
    };
  }

  private static boolean asksForEvents(@Nullable String query) {
    for (String field : query == null ? new String[0] : query.split("&", -1)) {
      if (field.equals("alt=sse") || field.equals("$alt=sse") || field.equals("%24alt=sse")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public AnswerForm of(Headers answer, AnswerForm asked) {
    String told = answer.first("content-type");
    String type = told == null ? "" : told.toLowerCase(Locale.ROOT);
    if (type.startsWith(SSE)) {
      return AnswerForm.SSE;
    }
    if (type.startsWith(NDJSON)
        || type.startsWith("application/jsonl")
        || type.startsWith("application/stream+json")) {
      return AnswerForm.NDJSON;
    }
    if (type.startsWith(FRAMES)) {
      return AnswerForm.EVENT_STREAM;
    }
    if (type.startsWith(JSON)) {
      return asked == AnswerForm.JSON_ARRAY ? asked : AnswerForm.WHOLE;
    }
    boolean media =
        type.startsWith("audio/") || type.startsWith("image/") || type.startsWith("video/");
    // Some servers call a stream plain text, or nothing at all.
    return media || type.startsWith("text/html") ? AnswerForm.WHOLE : asked;
  }

  @Override
  public boolean complete(Endpoint endpoint, AnswerForm form, byte[] body) {
    if (body.length == 0) {
      return false;
    }
    if (form == AnswerForm.WHOLE) {
      return WholeAnswers.complete(endpoint, body, judgeOfWholes(endpoint))
          && (!WholeAnswers.looksLikeJson(body) || judged(endpoint, form, body));
    }
    Form dialect = dialect(endpoint, form);
    List<StreamEvent> events = dialect == null ? null : StreamEvents.read(form, body);
    return dialect != null
        && events != null
        && events.stream().noneMatch(StreamEvent::failed)
        && dialect.ended(events)
        && judged(endpoint, form, body);
  }

  /** Whether whoever judges answers finds something in it, and nothing wrong. */
  private static boolean judged(Endpoint endpoint, AnswerForm form, byte[] body) {
    Shape<JudgeField> shape = JudgeShapes.of(endpoint.format());
    if (shape == null || !endpoint.operation().usesModel()) {
      return true;
    }
    String type =
        switch (form) {
          case SSE -> SSE;
          case NDJSON -> NDJSON;
          case EVENT_STREAM -> FRAMES;
          case WHOLE, JSON_ARRAY -> JSON;
        };
    Headers headers = Headers.ofFlat("content-type", type);
    JudgeBody judge = new JudgeBody(shape, endpoint, RequestFacts.NONE, headers, false);
    judge.read(ByteBuffer.wrap(body));
    judge.end();
    return judge.verdict() == Verdict.CONTENT || judge.verdict() == Verdict.COMPLETE;
  }

  /** Null unless the answer is a chat or a completion. */
  private static @Nullable Form judgeOfWholes(Endpoint endpoint) {
    // Of models served in ways of their own, the reasons to end are like OpenAI's.
    return !speaks(endpoint)
        ? null
        : switch (endpoint.format()) {
          case OPENAI_RESPONSES -> RESPONSES;
          case GEMINI -> GEMINI;
          case OLLAMA -> OLLAMA;
          default -> OPENAI;
        };
  }

  private static boolean speaks(Endpoint endpoint) {
    return endpoint.operation() == Operation.CHAT
        || endpoint.operation() == Operation.TEXT_COMPLETION;
  }

  /** How this format makes that kind of stream; null if it has none, or none that we read. */
  private static @Nullable Form dialect(Endpoint endpoint, AnswerForm stream) {
    if (!speaks(endpoint)) {
      return null;
    }
    return switch (stream) {
      case SSE ->
          switch (endpoint.format()) {
            case OPENAI -> OPENAI;
            case OPENAI_RESPONSES -> RESPONSES;
            case ANTHROPIC -> ANTHROPIC;
            case GEMINI -> GEMINI;
            case COHERE -> COHERE;
            case OLLAMA, BEDROCK, OTHER -> null;
          };
      case NDJSON ->
          switch (endpoint.format()) {
            case OLLAMA -> OLLAMA;
            case COHERE -> COHERE_ONE;
            default -> null;
          };
      case JSON_ARRAY -> endpoint.format() == WireFormat.GEMINI ? GEMINI : null;
      case EVENT_STREAM -> endpoint.format() == WireFormat.BEDROCK ? BEDROCK : null;
      case WHOLE -> null;
    };
  }

  @Override
  public byte @Nullable [] converted(
      Endpoint endpoint, AnswerForm from, byte[] body, AnswerForm to, boolean usage) {
    if (from == to) {
      boolean left = from == AnswerForm.SSE && dialect(endpoint, from) == OPENAI;
      return left ? OpenAiUsage.as(body, usage) : body;
    }
    if (from == AnswerForm.WHOLE) {
      return cut(endpoint, body, to, usage);
    }
    Form dialect = dialect(endpoint, from);
    List<StreamEvent> events = dialect == null ? null : StreamEvents.read(from, body);
    if (dialect == null || events == null) {
      return null;
    }
    if (to == AnswerForm.WHOLE) {
      Map<String, @Nullable Object> whole = dialect.whole(events);
      return whole == null ? null : JsonWriter.write(whole);
    }
    // The same events, otherwise framed: only Gemini has them in two ways.
    return dialect(endpoint, to) == dialect ? write(endpoint, to, events) : null;
  }

  private static byte @Nullable [] cut(
      Endpoint endpoint, byte[] body, AnswerForm to, boolean usage) {
    Form dialect = dialect(endpoint, to);
    Map<String, @Nullable Object> whole = dialect == null ? null : Nodes.map(JsonTree.exact(body));
    List<StreamEvent> events =
        dialect == null || whole == null ? null : dialect.stream(whole, usage);
    return events == null ? null : write(endpoint, to, events);
  }

  private static byte[] write(Endpoint endpoint, AnswerForm form, List<StreamEvent> events) {
    return StreamEvents.write(form, events, endpoint.format() == WireFormat.GEMINI);
  }

  @Override
  public @Nullable String contentType(AnswerForm form) {
    return switch (form) {
      case WHOLE -> null;
      case SSE -> SSE;
      case NDJSON -> NDJSON;
      case JSON_ARRAY -> JSON;
      case EVENT_STREAM -> FRAMES;
    };
  }

  @Override
  public List<ByteBuffer> events(AnswerForm form, byte[] body) {
    return EventSplit.of(form, body);
  }
}
