// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static io.headgate.translate.RoundTripForm.CHAT;
import static io.headgate.translate.RoundTripForm.CONVERSE;
import static io.headgate.translate.RoundTripForm.GEMINI;
import static io.headgate.translate.RoundTripForm.MESSAGES;
import static io.headgate.translate.RoundTripForm.RESPONSES;

import java.util.Set;

/** What some formats have no place for, so that nobody can expect it back; and why. */
enum RoundTripLack {
  SYSTEM_TEXTS("instructions are one text", CHAT, RESPONSES),
  SYSTEM_TURNS("instructions stand before the conversation only", GEMINI, CONVERSE),
  BLANK_TEXTS("texts of white space are refused", MESSAGES, CONVERSE),
  SAID_TEXTS("what the assistant has said is one text", CHAT),
  ANSWER_TEXTS("what is answered is one text, however it came", CHAT, RESPONSES),
  URLS("media are bytes, or in a store of Amazon's", CONVERSE),
  UNTYPED_URLS("what is behind a URL has to be said", GEMINI),
  DETAIL("there is no word for how closely to look", MESSAGES, GEMINI, CONVERSE),
  NO_DETAIL("how closely to look is always said", RESPONSES),
  SOUND_AND_FILM("the format has neither sound nor film", RESPONSES, MESSAGES),
  DOCUMENT_NAMES("documents have no names", GEMINI),
  DOTTED_NAMES("names have letters and digits only", CONVERSE),
  CACHE_MARKS("the format has no marks up to where to cache", CHAT, GEMINI),
  HOUR_MARKS("marks tell no time", RESPONSES),
  ANSWER_MARKS("only what is said to the model bears marks", RESPONSES),
  FAILED_RESULTS("only words tell that a tool failed", CHAT, RESPONSES),
  RESULT_TEXTS("texts of a result are one", CHAT, RESPONSES, GEMINI),
  RESULT_SPELLING("a result that is a JSON object is an object", GEMINI),
  RESULT_IMAGES("results are text", CHAT),
  RESULT_NAMES("results name their call only", CHAT, RESPONSES, MESSAGES, CONVERSE),
  REFUSALS("the model declines in a text as any other", MESSAGES, GEMINI, CONVERSE),
  THOUGHTS("the maker keeps thoughts to itself", CHAT),
  SPELLING("arguments are JSON within JSON's own tree", MESSAGES, GEMINI, CONVERSE),
  STRICT("there is no word for strictness", GEMINI),
  STRICT_UNSAID("strictness is always said", RESPONSES),
  LOOSE_SAID("that it is not strict is not said", MESSAGES),
  CHOICE_OF_SOME("a choice is of one tool or of all", MESSAGES, GEMINI, CONVERSE),
  NO_TOOL("tools may always be called", CONVERSE),
  PARALLEL("there is no word for several calls at once", GEMINI),
  PARALLEL_SAID("that several calls may come is not said", MESSAGES, CONVERSE),
  NO_LIMIT("the most tokens of output are always said", MESSAGES),
  TOP_K("there is no such parameter", CHAT, RESPONSES),
  STOP("there are no stop sequences", RESPONSES),
  SEED("there is no such parameter", RESPONSES, MESSAGES, CONVERSE),
  PENALTIES("there are no such parameters", RESPONSES, MESSAGES, CONVERSE),
  CHOICES("there is one answer", RESPONSES, MESSAGES, CONVERSE),
  LOGPROBS("probabilities are not told", MESSAGES, CONVERSE),
  LOGIT_BIAS("there is no such parameter", RESPONSES, MESSAGES, GEMINI, CONVERSE),
  JSON("JSON is of a schema", MESSAGES, CONVERSE),
  OPEN_SCHEMAS("what is not in the schema is not in the answer", MESSAGES, CONVERSE),
  SCHEMA_NAMES("schemas of answers have no names", MESSAGES, GEMINI),
  UNNAMED_SCHEMAS("schemas of answers need a name", CHAT, RESPONSES),
  SCHEMA_STRICT("schemas of answers are all alike", MESSAGES, GEMINI, CONVERSE),
  REASONING_OFF("what does not think is not said, or cannot be", GEMINI, CONVERSE),
  USER("nobody is told who asks", GEMINI, CONVERSE),
  CACHE_KEY("there is no such parameter", MESSAGES, GEMINI, CONVERSE),
  METADATA("labels are only for what is stored", CHAT, MESSAGES, GEMINI),
  ANSWER_NAMES("answers name neither themselves nor their model", CONVERSE),
  ANSWER_IMAGES("answers show no pictures", RESPONSES, MESSAGES),
  CITATIONS("pages that a text rests on have a place for themselves", MESSAGES, GEMINI, CONVERSE),
  STOP_SEQUENCES("it is not said which stop sequence came", CHAT, RESPONSES, GEMINI),
  THOUGHT_MAKERS("a stream does not say whose thought it is before it is signed", CHAT),
  BLOCKS("a stream does not say where a text ends", CHAT, GEMINI),
  CUT_ARGUMENTS("arguments come whole", GEMINI);

  private final String reason;
  private final Set<RoundTripForm> forms;

  RoundTripLack(String reason, RoundTripForm... forms) {
    this.reason = reason;
    this.forms = Set.of(forms);
  }

  Set<RoundTripForm> forms() {
    return forms;
  }

  @Override
  public String toString() {
    return reason;
  }
}
