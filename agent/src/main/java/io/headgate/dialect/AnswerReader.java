// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.ResponseFacts;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Headers;
import io.headgate.gateway.ResponseReader;
import io.headgate.stream.EventStreamReader;
import io.headgate.stream.LineReader;
import io.headgate.stream.SseReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer of any framing: a JSON document, an event stream, or lines. Every byte is looked
 * at once and none is kept, and per event of a stream nothing is allocated; only the messages of
 * Amazon's event streams, which have checksums, are gathered one by one.
 */
final class AnswerReader
    implements ResponseReader, SseReader.Listener, LineReader.Listener, FrameEvents.Sink {

  private static final int SCRATCH = 4096;
  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private final Endpoint endpoint;
  private final RequestFacts request;
  private final int status;
  private final Headers headers;
  private final Answer answer = new Answer();
  private final JsonScanner<Field> scanner;
  private final Framing.Sniffer sniffer;
  private @Nullable SseReader events;
  private @Nullable LineReader lines;
  private @Nullable EventStreamReader frames;
  private byte @Nullable [] scratch;
  private int doneAt;
  private boolean malformed;

  AnswerReader(
      Shape<Field> shape, Endpoint endpoint, RequestFacts request, int status, Headers headers) {
    this.endpoint = endpoint;
    this.request = request;
    this.status = status;
    this.headers = headers;
    this.scanner = new JsonScanner<>(shape, answer);
    boolean linesLikely = endpoint.format() == WireFormat.OLLAMA && request.stream();
    boolean wordsLikely =
        endpoint.operation() == Operation.TRANSCRIPTION && !request.stream() && good(status);
    this.sniffer = new Framing.Sniffer(headers.first("content-type"), linesLikely, wordsLikely);
    // SageMaker's carry the bytes of whatever a model's server says, cut anywhere.
    if (sniffer.framing() == Framing.FRAMES && endpoint.format() == WireFormat.BEDROCK) {
      frames = new EventStreamReader(new FrameEvents(this));
    }
  }

  @Override
  public void read(ByteBuffer bytes) {
    if (bytes.hasArray()) {
      int from = bytes.arrayOffset() + bytes.position();
      read(bytes.array(), from, from + bytes.remaining());
      bytes.position(bytes.limit());
      return;
    }
    byte[] copy = scratch;
    if (copy == null) {
      copy = new byte[SCRATCH];
      scratch = copy;
    }
    while (bytes.hasRemaining()) {
      int length = Math.min(copy.length, bytes.remaining());
      bytes.get(copy, 0, length);
      read(copy, 0, length);
    }
  }

  private void read(byte[] bytes, int from, int to) {
    int at = from;
    if (sniffer.framing() == Framing.UNDECIDED) {
      at = sniffer.sniff(bytes, from, to);
      switch (sniffer.framing()) {
        case EVENTS -> events = new SseReader(this);
        case LINES -> lines = new LineReader(this);
        default -> {
          // The others need no splitter.
        }
      }
    }
    if (events != null) {
      events.read(bytes, at, to);
    } else if (lines != null) {
      lines.read(bytes, at, to);
    } else if (frames != null) {
      frames.read(bytes, at, to);
    } else if (sniffer.framing() == Framing.DOCUMENT) {
      scanner.read(bytes, at, to);
    }
  }

  @Override
  public void data(byte[] bytes, int from, int to) {
    for (int i = from; i < to && doneAt >= 0; i++) {
      if (doneAt < DONE.length && bytes[i] == DONE[doneAt]) {
        doneAt++;
      } else if (bytes[i] != ' ') {
        doneAt = -1;
      }
    }
    scanner.read(bytes, from, to);
  }

  @Override
  public void endOfEvent(String name) {
    if (doneAt == DONE.length) {
      answer.sawEnd();
    } else {
      endOfDocument();
    }
    doneAt = 0;
    scanner.reset();
  }

  @Override
  public void text(byte[] bytes, int from, int to) {
    scanner.read(bytes, from, to);
  }

  @Override
  public void endOfLine() {
    endOfDocument();
    scanner.reset();
  }

  @Override
  public void event(String name, byte[] bytes, int from, int to) {
    scanner.read(bytes, from, to);
    endOfDocument();
    scanner.reset();
  }

  @Override
  public void failure(String type, byte[] bytes, int from, int to) {
    answer.failed(type);
  }

  @Override
  public void broken() {
    malformed = true;
  }

  private void endOfDocument() {
    scanner.end();
    malformed |= !scanner.done() && !scanner.blank();
  }

  @Override
  public ResponseFacts finish(boolean complete) {
    if (complete) {
      if (events != null) {
        events.end();
      } else if (lines != null) {
        lines.end();
      } else if (frames != null) {
        frames.end();
      } else if (sniffer.framing() == Framing.DOCUMENT) {
        endOfDocument();
      }
    }
    // Parsers stop at the closing brace, so apps may close the body before its end is read.
    boolean whole = complete || (sniffer.framing() == Framing.DOCUMENT && scanner.done());
    answer.end();
    boolean success = good(status);
    String error = answer.errorType(!success);
    if (error == null && !success && bedrock()) {
      error = BedrockHeaders.errorType(headers);
    }
    return new ResponseFacts(
        answer.id(),
        answer.model(),
        answer.finishReasons(),
        usage(success && error == null, whole),
        answer.tier(),
        answer.fingerprint(),
        error,
        cost(success && error == null),
        whole && !malformed && understood());
  }

  /** In nano-USD, or {@link Usage#UNKNOWN}. */
  private long cost(boolean good) {
    if (!endpoint.operation().usesModel()) {
      return Usage.UNKNOWN;
    }
    long told = answer.cost();
    return told < 0 && good ? LiteLlmHeaders.cost(headers) : told;
  }

  /** Whether the body was of a kind we know and, if a stream of a chat, said that it ended. */
  private boolean understood() {
    return switch (sniffer.framing()) {
      case DOCUMENT -> answer.begun();
      case EVENTS, LINES, FRAMES ->
          answer.begun() && (endpoint.operation() != Operation.CHAT || answer.ended());
      case MEDIA -> true;
      case UNDECIDED -> sniffer.words();
      case OPAQUE -> false;
    };
  }

  private Usage usage(boolean good, boolean whole) {
    Operation operation = endpoint.operation();
    if (!operation.usesModel()) {
      return ResponseFacts.NONE.usage();
    }
    if (bedrock()) {
      BedrockHeaders.fill(headers, answer.counts());
    }
    Usage.Builder usage = UsageRules.usage(endpoint.format(), operation, answer.counts());
    if (good && answer.begun()) {
      boolean streamed = split() || request.stream() || endpoint.streaming();
      boolean ended = answer.ended() || (!streamed && whole);
      long wide = request.wideInputCharacters();
      long inputTokens = Estimate.tokens(request.inputCharacters() - wide, wide);
      Estimate.fill(usage, operation, inputTokens, answer.textTokens(), streamed, ended);
    }
    // Models that bill tokens tell them; the others bill what was to be spoken.
    if (good && operation == Operation.SPEECH && usage.output() < 0) {
      usage.unit(Usage.Unit.CHARACTER, (double) request.inputCharacters());
    }
    return usage.build();
  }

  private static boolean good(int status) {
    return status >= 200 && status < 300;
  }

  private boolean split() {
    return events != null || lines != null || frames != null;
  }

  private boolean bedrock() {
    return endpoint.format() == WireFormat.BEDROCK || endpoint.provider().contains("bedrock");
  }
}
