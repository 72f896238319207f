// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of an answer that comes as a stream. In order: one {@link Begin}; pieces of content; for
 * each choice one {@link Stop}; {@link UsageTold} at any place, the last one counts; {@link End}
 * once the provider has said that it is complete. A stream that just stops has no {@link End}.
 *
 * <p>Content of one choice comes in blocks, one after the other: texts, thoughts, tool calls. A
 * block goes on until a piece of another kind (or another call's number) comes, or a {@link
 * BlockEnd}. Only arguments of several tool calls may come mixed.
 */
public sealed interface ChatEvent {

  /** The provider has begun. */
  record Begin(@Nullable String id, @Nullable String model) implements ChatEvent {}

  /** A piece of text; never empty. */
  record Text(int choice, String text) implements ChatEvent {}

  /** A piece of thought; never empty. */
  record Thinking(int choice, String text, Maker maker) implements ChatEvent {}

  /** The signature of the thought before it, whole; or of a thought that is not shown. */
  record Signature(int choice, String signature, Maker maker) implements ChatEvent {}

  /** An encrypted thought, whole; a block of its own. */
  record Redacted(int choice, String data, Maker maker) implements ChatEvent {}

  /** A piece of the words in which the model declines. */
  record Refusal(int choice, String text) implements ChatEvent {}

  /**
   * A picture, a sound, a film or a document, whole; a block of its own. Not every format has a
   * place for each in its answers.
   */
  record Shown(int choice, Part part) implements ChatEvent {}

  /**
   * A tool is called.
   *
   * @param call its number among the calls of this choice, from 0
   * @param signature Gemini's thought signature; null if it has none
   */
  record CallBegin(int choice, int call, String id, String name, @Nullable String signature)
      implements ChatEvent {}

  /** A piece of a call's arguments, JSON cut anywhere; never empty. */
  record CallArguments(int choice, int call, String fragment) implements ChatEvent {}

  /** The block that is open ends; so do two texts that stay two. */
  record BlockEnd(int choice) implements ChatEvent {}

  /** What the text before it rests on. */
  record Cited(int choice, Citation citation) implements ChatEvent {}

  /** Of the tokens of the text before it. */
  record Logprobs(int choice, List<ChatAnswer.TokenLogprob> tokens) implements ChatEvent {
    public Logprobs {
      tokens = List.copyOf(tokens);
    }
  }

  /** Why a choice ended. */
  record Stop(int choice, StopReason reason, @Nullable String sequence) implements ChatEvent {}

  /** What has been used up to here, all of it: the next one replaces it. */
  record UsageTold(Usage usage) implements ChatEvent {}

  /** The provider is alive. */
  record Ping() implements ChatEvent {}

  /** It failed in the middle; nothing follows. */
  record Failed(ApiFailure failure) implements ChatEvent {}

  /** The provider said that this was all. */
  record End() implements ChatEvent {}
}
