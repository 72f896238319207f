// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what an answer tells, over one document or many. */
final class Answer implements JsonSink<Field> {

  private final Counts counts = new Counts();
  private final FinishReasons finish = new FinishReasons();
  private final AnswerError error = new AnswerError();
  private final Kept id = new Kept();
  private final Kept model = new Kept();
  private final Kept tier = new Kept();
  private final Kept speed = new Kept();
  private final Kept fingerprint = new Kept();
  private final Kept type = new Kept();
  private final Kept status = new Kept();
  private final Kept incomplete = new Kept();
  private final Kept blocked = new Kept();
  private final Kept modality = new Kept();
  private final Kept passType = new Kept();
  private double cost = Usage.UNKNOWN;
  private double costBehind;
  private boolean ownKey;
  private boolean last;
  private boolean typed;
  private boolean begun;
  private boolean saidError;
  private long searches;
  private long tools;
  private long narrow;
  private long wide;
  private long partNarrow;
  private long partWide;
  private long wholeTokens;
  private long wholeNarrow;
  private long wholeWide;
  private long detailTokens;
  private final Counts pass = new Counts();

  @Override
  public void text(Field slot, byte[] bytes, int length) {
    switch (slot) {
      case ID -> id.set(bytes, length);
      case MODEL -> model.set(bytes, length);
      case TIER -> tier.set(bytes, length);
      case SPEED -> speed.set(bytes, length);
      case FINGERPRINT -> fingerprint.set(bytes, length);
      case STATUS -> status.set(bytes, length);
      case INCOMPLETE -> incomplete.set(bytes, length);
      case BLOCKED -> blocked.set(bytes, length);
      case MODALITY -> modality.set(bytes, length);
      case PASS_TYPE -> passType.set(bytes, length);
      case FINISH -> finish.reason(bytes, length);
      case TYPE -> {
        type.set(bytes, length);
        typed = length > 0;
      }
      case ITEM_TYPE -> {
        if (Kept.same("web_search_call", bytes, length)) {
          searches++;
        } else if (Kept.same("file_search_call", bytes, length)
            || Kept.same("code_interpreter_call", bytes, length)
            || Kept.same("image_generation_call", bytes, length)) {
          tools++;
        }
      }
      case ROOT_ERROR_TYPE -> {
        // The last event of Mistral's conversations, whose type is at the place of an error's.
        last |= Kept.same("conversation.response.done", bytes, length);
        error.text(slot, bytes, length);
      }
      default -> error.text(slot, bytes, length);
    }
  }

  @Override
  public void number(Field slot, long whole, double value) {
    switch (slot) {
      case INDEX -> finish.index(whole);
      case ERROR_CODE -> error.code(whole);
      case DETAIL_TOKENS -> detailTokens = whole;
      case INPUT_PART -> counts.add(slot, whole);
      case SECONDS -> counts.seconds(value);
      case COST -> cost = value;
      case COST_BEHIND -> costBehind = value;
      case COST_TICKS -> cost = value / 1e10;
      case PASS_INPUT, PASS_OUTPUT, PASS_CACHE_READ, PASS_CACHE_WRITE -> pass.set(slot, whole);
      default -> {
        if (slot.kind() == Slot.Kind.NUMBER) {
          counts.set(slot, whole);
        }
      }
    }
  }

  @Override
  public void flag(Field slot, boolean value) {
    switch (slot) {
      case LAST -> last |= value;
      case OWN_KEY -> ownKey = value;
      default -> {
        // Of the other facts none is a flag.
      }
    }
  }

  @Override
  public void characters(Field slot, long alphabetic, long pictographic) {
    if (slot == Field.PICTURE) {
      counts.add(Field.PIECE, 1);
    } else if (slot == Field.CONTENT) {
      partNarrow += alphabetic;
      partWide += pictographic;
    } else {
      wholeNarrow += alphabetic;
      wholeWide += pictographic;
    }
  }

  @Override
  public void opened(Field slot) {
    switch (slot) {
      case ROOT -> {
        settle();
        begun = true;
        typed = false;
        finish.document();
      }
      case CHOICE -> finish.open();
      case METRICS -> last = true;
      case ERROR -> error.seen();
      case PIECE -> counts.add(slot, 1);
      case INPUT_DETAIL, OUTPUT_DETAIL, WRITE_DETAIL -> {
        modality.clear();
        detailTokens = Usage.UNKNOWN;
      }
      case USAGE -> clearPasses(counts);
      case PASS -> {
        passType.clear();
        clearPasses(pass);
      }
      default -> {
        // The others are no groups.
      }
    }
  }

  @Override
  public void closed(Field slot) {
    switch (slot) {
      case ROOT -> {
        finish.close();
        settle();
      }
      case CHOICE -> finish.close();
      case INPUT_DETAIL -> detail(Field.AUDIO_INPUT, Field.IMAGE_INPUT);
      case OUTPUT_DETAIL -> detail(Field.AUDIO_OUTPUT, Field.IMAGE_OUTPUT);
      case WRITE_DETAIL ->
          counts.set(
              modality.is("1h") ? Field.CACHE_WRITE_HOUR : Field.CACHE_WRITE_SHORT, detailTokens);
      case PASS -> {
        // The sums leave out a compaction, though it is billed; other passes they contain.
        if (passType.is("compaction")) {
          for (Field field : PASS_FIELDS) {
            counts.add(field, pass.of(field));
          }
        } else if (passType.is("advisor_message")) {
          // Another model's, at its own price, and in no sum.
          counts.set(Field.HOSTED_TOOLS, 1);
        }
      }
      default -> {
        // The end of the others means nothing.
      }
    }
  }

  private static final List<Field> PASS_FIELDS =
      List.of(Field.PASS_INPUT, Field.PASS_OUTPUT, Field.PASS_CACHE_READ, Field.PASS_CACHE_WRITE);

  private static void clearPasses(Counts counts) {
    for (int i = 0; i < PASS_FIELDS.size(); i++) {
      counts.clear(PASS_FIELDS.get(i));
    }
  }

  private void detail(Field audio, Field image) {
    if (modality.is("AUDIO")) {
      counts.set(audio, detailTokens);
    } else if (modality.is("IMAGE")) {
      counts.set(image, detailTokens);
    }
  }

  /** Adds up what the document told piece by piece. */
  private void settle() {
    // Sound and pictures come as deltas too, in base64, which is no text.
    String kind = typed ? type.text() : null;
    if (kind == null || !(kind.contains("audio.delta") || kind.contains("image"))) {
      narrow += partNarrow;
      wide += partWide;
    }
    wholeTokens = Math.max(wholeTokens, Estimate.tokens(wholeNarrow, wholeWide));
    partNarrow = 0;
    partWide = 0;
    wholeNarrow = 0;
    wholeWide = 0;
    if (kind != null) {
      last |= kind.equals("message_stop");
      saidError |= kind.equals("error");
    }
    if (searches > 0) {
      counts.set(Field.WEB_SEARCHES, Math.max(counts.of(Field.WEB_SEARCHES), searches));
      searches = 0;
    }
    if (tools > 0) {
      counts.set(Field.HOSTED_TOOLS, Math.max(counts.of(Field.HOSTED_TOOLS), tools));
      tools = 0;
    }
  }

  /** No document follows, though the last one may be cut off. */
  void end() {
    finish.close();
    settle();
  }

  Counts counts() {
    return counts;
  }

  @Nullable String id() {
    return id.text();
  }

  @Nullable String model() {
    return model.text();
  }

  /** What decides the price: a fast answer is of the standard tier, but not at its price. */
  @Nullable String tier() {
    return speed.is("fast") ? "fast" : tier.text();
  }

  @Nullable String fingerprint() {
    return fingerprint.text();
  }

  /** The stream said in a way of its own that nothing will follow. */
  void sawEnd() {
    last = true;
  }

  /**
   * The stream ended with an error that is no document of the format.
   *
   * @param name what the provider calls it; empty if it does not say
   */
  void failed(String name) {
    begun = true;
    error.named(name);
  }

  /** Whether any document began. */
  boolean begun() {
    return begun;
  }

  /** Whether the answer said that it is finished. */
  boolean ended() {
    return last
        || !finish.isEmpty()
        || blocked.text() != null
        || isSettled()
        || saidError
        || error.isSeen();
  }

  private boolean isSettled() {
    return status.is("completed")
        || status.is("incomplete")
        || status.is("failed")
        || status.is("cancelled");
  }

  /** About how many tokens the text has that was seen. */
  long textTokens() {
    return Math.max(Estimate.tokens(narrow, wide), wholeTokens);
  }

  List<String> finishReasons() {
    if (finish.isEmpty()) {
      String reason = blocked.text();
      if (reason == null && isSettled()) {
        reason = status.is("incomplete") ? incomplete.text() : null;
        reason = reason == null ? status.text() : reason;
      }
      return reason == null ? List.of() : List.of(reason);
    }
    return finish.list();
  }

  /** In nano-USD, or {@link Usage#UNKNOWN}. */
  long cost() {
    double usd = cost < 0 ? cost : cost + (ownKey ? Math.max(0, costBehind) : 0);
    return usd >= 0 && usd < 1e6 ? Math.round(usd * 1e9) : Usage.UNKNOWN;
  }

  /** The provider's own code; null if the answer is no error or does not say which. */
  @Nullable String errorType(boolean failed) {
    return error.type(failed || saidError, saidError);
  }
}
