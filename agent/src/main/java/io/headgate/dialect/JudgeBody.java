// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.FailureKind;
import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.AnswerJudge;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Headers;
import io.headgate.stream.EventStreamReader;
import io.headgate.stream.LineReader;
import io.headgate.stream.SseReader;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Judges the body of a success. A stream is open while only events come that tell that it begins;
 * the first content, or an event of an unknown kind, decides for it, an error against it. One
 * document is judged at its end, and so is anything that is to be judged as a whole. Nothing is
 * kept but the text, where that is wanted.
 */
final class JudgeBody
    implements AnswerJudge, SseReader.Listener, LineReader.Listener, FrameEvents.Sink {

  private static final byte[] DONE = {'[', 'D', 'O', 'N', 'E', ']'};

  private final Endpoint endpoint;
  private final RequestFacts request;
  private final JudgeFacts facts;
  private final JsonScanner<JudgeField> scanner;
  private final Framing.Sniffer sniffer;
  private final JudgeBytes bytes = new JudgeBytes(this::take);
  private final @Nullable JudgeText text;
  private final SseReader events = new SseReader(this);
  private final LineReader lines = new LineReader(this);
  private final EventStreamReader frames = new EventStreamReader(new FrameEvents(this));

  /** The first characters, white space left out: enough to know {@code {}} and {@code null}. */
  private final StringBuilder start = new StringBuilder();

  private int doneAt;
  private boolean malformed;
  private Verdict verdict = Verdict.OPEN;
  private @Nullable FailureKind failure;
  private @Nullable String errorType;

  JudgeBody(
      Shape<JudgeField> shape,
      Endpoint endpoint,
      RequestFacts request,
      Headers headers,
      boolean whole) {
    this.endpoint = endpoint;
    this.request = request;
    this.facts = new JudgeFacts(endpoint.format());
    this.text = whole ? new JudgeText(endpoint.format()) : null;
    this.scanner = new JsonScanner<>(shape, facts, JudgeErrors.MESSAGE_LIMIT);
    boolean linesLikely = endpoint.format() == WireFormat.OLLAMA && request.stream();
    boolean wordsLikely = endpoint.operation() == Operation.TRANSCRIPTION && !request.stream();
    this.sniffer = new Framing.Sniffer(headers.first("content-type"), linesLikely, wordsLikely);
    if (sniffer.framing() == Framing.MEDIA && !whole) {
      verdict = Verdict.CONTENT;
    }
  }

  @Override
  public void read(ByteBuffer chunk) {
    if (verdict == Verdict.OPEN) {
      bytes.read(chunk);
    }
  }

  private void take(byte[] array, int from, int to) {
    for (int i = from; i < to && start.length() < 8; i++) {
      if (array[i] > ' ') {
        start.append((char) array[i]);
      }
    }
    int at = sniffer.framing() == Framing.UNDECIDED ? sniffer.sniff(array, from, to) : from;
    switch (sniffer.framing()) {
      case EVENTS -> events.read(array, at, to);
      case LINES -> lines.read(array, at, to);
      case FRAMES -> frames.read(array, at, to);
      case DOCUMENT -> document(array, at, to);
      case MEDIA -> content();
      case OPAQUE, UNDECIDED -> {
        // What it is shows at the end.
      }
    }
  }

  private void document(byte[] array, int from, int to) {
    piece(array, from, to);
    // Gemini's other way to stream: an array that grows.
    if (endpoint.format() == WireFormat.GEMINI && endpoint.streaming()) {
      if (facts.errors().isSeen()) {
        return; // Its name may be yet to come.
      }
      if (facts.anyContent()) {
        content();
      }
    }
  }

  private void piece(byte[] array, int from, int to) {
    scanner.read(array, from, to);
    if (text != null) {
      text.read(array, from, to);
    }
  }

  @Override
  public void data(byte[] array, int from, int to) {
    if (verdict != Verdict.OPEN) {
      return;
    }
    for (int i = from; i < to && doneAt >= 0; i++) {
      if (doneAt < DONE.length && array[i] == DONE[doneAt]) {
        doneAt++;
      } else if (array[i] != ' ') {
        doneAt = -1;
      }
    }
    piece(array, from, to);
  }

  @Override
  public void endOfEvent(String name) {
    if (doneAt == DONE.length) {
      facts.sawEnd();
      if (text != null) {
        text.end();
      }
      scanner.reset();
    } else {
      endOfDocument(name);
    }
    doneAt = 0;
  }

  @Override
  public void text(byte[] array, int from, int to) {
    if (verdict == Verdict.OPEN) {
      piece(array, from, to);
    }
  }

  @Override
  public void endOfLine() {
    endOfDocument("");
  }

  @Override
  public void event(String name, byte[] array, int from, int to) {
    if (verdict == Verdict.OPEN) {
      piece(array, from, to);
      endOfDocument(name);
    }
  }

  @Override
  public void failure(String type, byte[] array, int from, int to) {
    if (verdict == Verdict.OPEN) {
      new JsonScanner<>(JudgeShapes.ERRORS, facts, JudgeErrors.MESSAGE_LIMIT).read(array, from, to);
      facts.errors().named(type);
      failed();
    }
  }

  @Override
  public void broken() {
    malformed = true;
    if (verdict == Verdict.OPEN && text == null) {
      fail(FailureKind.INVALID_JSON, null);
    }
  }

  private void endOfDocument(String name) {
    if (verdict != Verdict.OPEN) {
      return;
    }
    scanner.end();
    boolean blank = scanner.blank();
    boolean done = scanner.done();
    scanner.reset();
    if (text != null) {
      text.end();
    }
    if (blank) {
      return;
    }
    if (!done) {
      if (name.equals("error")) {
        facts.errors().seen();
        failed();
      } else if (text == null) {
        fail(FailureKind.INVALID_JSON, null);
      }
      malformed = true;
      return;
    }
    boolean content = facts.event(name);
    if (facts.errors().isSeen()) {
      failed();
    } else if (content) {
      content();
    }
  }

  /** Content came, which decides unless all of it is to be seen. */
  private void content() {
    if (text == null && verdict == Verdict.OPEN) {
      verdict = Verdict.CONTENT;
    }
  }

  private void failed() {
    fail(facts.errors().kind(0, null), facts.errors().name());
  }

  private void fail(FailureKind kind, @Nullable String type) {
    verdict = Verdict.FAILED;
    failure = kind;
    errorType = type;
  }

  @Override
  public void end() {
    if (verdict == Verdict.OPEN && sniffer.framing() == Framing.EVENTS) {
      events.end();
    } else if (verdict == Verdict.OPEN && sniffer.framing() == Framing.LINES) {
      lines.end();
    } else if (verdict == Verdict.OPEN && sniffer.framing() == Framing.FRAMES) {
      frames.end();
    }
    if (verdict == Verdict.OPEN) {
      conclude();
    }
  }

  private void conclude() {
    switch (sniffer.framing()) {
      case UNDECIDED -> {
        if (sniffer.words()) {
          verdict = Verdict.COMPLETE;
        } else {
          fail(FailureKind.EMPTY, null);
        }
      }
      case MEDIA -> verdict = Verdict.COMPLETE;
      case OPAQUE ->
          fail(
              start.toString().equals("null") || start.toString().equals("\"\"")
                  ? FailureKind.EMPTY
                  : FailureKind.INVALID_JSON,
              null);
      case DOCUMENT -> concludeDocument();
      case EVENTS, LINES, FRAMES -> concludeStream();
    }
  }

  private void concludeDocument() {
    scanner.end();
    boolean done = scanner.done();
    if (text != null) {
      text.end();
    }
    if (facts.errors().isSeen()) {
      failed();
    } else if (!done) {
      fail(FailureKind.INVALID_JSON, null);
    } else if (!facts.begun() || start.toString().equals("{}")) {
      fail(FailureKind.EMPTY, null);
    } else {
      concludeContent(true);
    }
  }

  private void concludeStream() {
    if (malformed || !(facts.begun() || facts.ended()) || (speaks() && !facts.ended())) {
      fail(FailureKind.INVALID_JSON, null);
    } else {
      concludeContent(false);
    }
  }

  private void concludeContent(boolean document) {
    Long most = request.maxTokens();
    boolean nothingAsked = most != null && most == 0;
    FailureKind kind =
        facts.anyContent() || !speaks() || nothingAsked ? null : facts.without(document);
    if (kind == null) {
      verdict = Verdict.COMPLETE;
    } else {
      fail(kind, facts.reason());
    }
  }

  /** Whether the answer of such a call is text, so that one without is none. */
  private boolean speaks() {
    return endpoint.operation() == Operation.CHAT
        || endpoint.operation() == Operation.TEXT_COMPLETION;
  }

  @Override
  public Verdict verdict() {
    return verdict;
  }

  @Override
  public @Nullable FailureKind failure() {
    return failure;
  }

  @Override
  public @Nullable String errorType() {
    return errorType;
  }

  @Override
  public @Nullable String text() {
    return text == null ? null : text.text();
  }
}
