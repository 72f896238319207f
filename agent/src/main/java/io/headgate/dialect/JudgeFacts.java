// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.FailureKind;
import io.headgate.chat.WireFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers what decides on an answer, over one document or the many of a stream. */
final class JudgeFacts implements JsonSink<JudgeField> {

  /** Why a provider keeps an answer back, whatever it calls it. */
  private static final Set<String> FILTERED =
      Set.of(
          "content_filter",
          "content_filtered",
          "guardrail_intervened",
          "refusal",
          "sensitive",
          "error_toxic",
          "safety",
          "recitation",
          "blocklist",
          "prohibited_content",
          "spii",
          "image_safety",
          "image_prohibited_content",
          "image_recitation");

  /** What an Ollama answers that was only to load a model. */
  private static final Set<String> LOADED = Set.of("load", "unload");

  /** A Responses answer that is to be asked for later. */
  private static final Set<String> LATER = Set.of("queued", "in_progress", "cancelled");

  private final WireFormat format;
  private final JudgeErrors errors = new JudgeErrors();
  private final Kept type = new Kept();
  private final Kept object = new Kept();
  private final Kept finish = new Kept();
  private final Kept blocked = new Kept();
  private final Kept status = new Kept();
  private final Kept incomplete = new Kept();
  private boolean begun;
  private boolean last;
  private boolean anyContent;
  private boolean content;
  private boolean life;

  JudgeFacts(WireFormat format) {
    this.format = format;
  }

  /** Whether a reason to end, in lower case, means that the provider keeps the answer back. */
  static boolean filtered(String reason) {
    return FILTERED.contains(reason);
  }

  @Override
  public void text(JudgeField slot, byte[] bytes, int length) {
    switch (slot) {
      case TYPE -> type.set(bytes, length);
      case OBJECT -> {
        object.set(bytes, length);
        life |= length == 0; // Azure's first chunk calls itself nothing.
        // Mistral's way of saying so.
        if (Kept.same("error", bytes, length)) {
          errors.seen();
        }
      }
      case LIFE -> life = true;
      case FINISH -> finish.set(bytes, length);
      case BLOCKED -> blocked.set(bytes, length);
      case STATUS -> status.set(bytes, length);
      case INCOMPLETE -> incomplete.set(bytes, length);
      default -> errors.text(slot, bytes, length);
    }
  }

  @Override
  public void number(JudgeField slot, long whole, double value) {
    errors.number(slot, whole);
  }

  @Override
  public void flag(JudgeField slot, boolean value) {
    if (slot == JudgeField.LAST) {
      life = true;
      last |= value;
    }
  }

  @Override
  public void characters(JudgeField slot, long narrow, long wide) {
    if (narrow + wide > 0) {
      content = true;
      anyContent = true;
    }
  }

  @Override
  public void opened(JudgeField slot) {
    switch (slot) {
      case ROOT -> {
        begun = true;
        content = false;
        life = false;
        type.clear();
        object.clear();
      }
      case CHOICE, LIFE -> life = true;
      case ERROR -> errors.seen();
      default -> {
        // The others are no groups.
      }
    }
  }

  @Override
  public void closed(JudgeField slot) {}

  JudgeErrors errors() {
    return errors;
  }

  /** Whether any document began. */
  boolean begun() {
    return begun;
  }

  /** Whether any content came. */
  boolean anyContent() {
    return anyContent;
  }

  /** The stream said in a way of its own that nothing will follow. */
  void sawEnd() {
    last = true;
  }

  /**
   * An event is complete. Returns whether it is content: that it is if it carries any, or if it is
   * of no kind that we know to come without.
   *
   * @param name the name of the event, where its document does not tell its type
   */
  boolean event(String name) {
    String told = type.text();
    String kind = told == null ? name : told;
    if (kind.equals("error") || kind.equals("response.failed")) {
      errors.seen();
    }
    if (errors.isSeen()) {
      return false;
    }
    boolean known =
        switch (format) {
          case OPENAI -> openAi(kind);
          case OPENAI_RESPONSES -> responses(kind);
          case ANTHROPIC -> anthropic(kind);
          case COHERE -> cohere(kind);
          case BEDROCK -> bedrock(kind) || anthropic(kind) || cohere(kind);
          default -> life;
        };
    boolean counts = content || !known;
    anyContent |= counts;
    return counts;
  }

  private boolean openAi(String kind) {
    String says = object.text();
    if (life || (says != null && (says.endsWith(".chunk") || says.equals("text_completion")))) {
      return true;
    }
    // Events with a type are those of Mistral's conversations, of pictures and of sound.
    last |= kind.endsWith(".done") || kind.endsWith(".completed");
    return kind.endsWith(".started")
        || kind.endsWith(".created")
        || kind.endsWith(".in_progress")
        || (kind.endsWith("response.done") && !content);
  }

  private boolean responses(String kind) {
    return switch (kind) {
      case "response.created",
          "response.in_progress",
          "response.queued",
          "response.output_item.added",
          "response.content_part.added",
          "response.reasoning_summary_part.added",
          "keepalive",
          "ping" ->
          true;
      case "response.completed", "response.incomplete", "response.cancelled", "response.done" -> {
        last = true;
        yield true;
      }
      default -> false;
    };
  }

  private boolean anthropic(String kind) {
    last |= kind.equals("message_stop");
    return switch (kind) {
      case "message_start",
          "ping",
          "content_block_start",
          "content_block_delta",
          "content_block_stop",
          "message_delta",
          "message_stop" ->
          true;
      default -> false;
    };
  }

  /** Of Converse's stream; what a model says in a chunk of its own has a type, or none. */
  private static boolean bedrock(String kind) {
    return switch (kind) {
      case FrameEvents.CHUNK,
          "messageStart",
          "contentBlockStart",
          "contentBlockDelta",
          "contentBlockStop",
          "messageStop",
          "metadata" ->
          true;
      default -> false;
    };
  }

  private boolean cohere(String kind) {
    last |= kind.equals("message-end") || kind.equals("stream-end");
    return switch (kind) {
      case "message-start",
          "message-end",
          "content-start",
          "content-delta",
          "content-end",
          "stream-start",
          "text-generation",
          "stream-end" ->
          true;
      default -> false;
    };
  }

  /** Whether the stream said that it is finished. */
  boolean ended() {
    return last || finish.text() != null || blocked.text() != null;
  }

  /** Why it ended, in the provider's own words; null if it did not say. */
  @Nullable String reason() {
    for (Kept place : new Kept[] {blocked, finish, incomplete}) {
      if (place.text() != null) {
        return place.text();
      }
    }
    return null;
  }

  /**
   * What an answer without content is; null if it is good all the same.
   *
   * @param document whether it is one document rather than a stream
   */
  @Nullable FailureKind without(boolean document) {
    String reason = reason();
    String why = reason == null ? "" : reason.toLowerCase(Locale.ROOT);
    if (blocked.text() != null || FILTERED.contains(why)) {
      return FailureKind.CONTENT_FILTER;
    }
    // OpenRouter's and Cohere's.
    if (why.equals("error") || why.equals("timeout")) {
      return FailureKind.SERVER_ERROR;
    }
    if (why.equals("error_limit")) {
      return FailureKind.CONTEXT_WINDOW;
    }
    if (format == WireFormat.OLLAMA && LOADED.contains(why)) {
      return null;
    }
    String state = status.text();
    return document && state != null && LATER.contains(state) ? null : FailureKind.EMPTY;
  }
}
