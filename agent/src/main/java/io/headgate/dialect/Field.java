// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/** What is looked for in answers, whatever each wire format calls it. */
enum Field implements Slot {
  /** One document: a whole body, or the data of one event. */
  ROOT(Kind.GROUP),
  ID(Kind.TEXT),
  MODEL(Kind.TEXT),
  TIER(Kind.TEXT),
  /** How fast it was generated, which at Anthropic has a price beside that of the tier. */
  SPEED(Kind.TEXT),
  FINGERPRINT(Kind.TEXT),
  /** What kind of event or object this document is. */
  TYPE(Kind.TEXT),
  /** The state of a Responses answer. */
  STATUS(Kind.TEXT),
  /** Why a Responses answer is incomplete. */
  INCOMPLETE(Kind.TEXT),
  /** Says that no more will come. */
  LAST(Kind.FLAG),

  CHOICE(Kind.GROUP),
  INDEX(Kind.NUMBER),
  FINISH(Kind.TEXT),
  /** Why a prompt was refused before any choice was made. */
  BLOCKED(Kind.TEXT),
  ITEM_TYPE(Kind.TEXT),
  /** Text of the answer, a part of it in streams. */
  CONTENT(Kind.LENGTH),
  /** Text of the answer so far, which streams repeat. */
  WHOLE(Kind.LENGTH),

  ERROR(Kind.GROUP),
  ERROR_CODE(Kind.TEXT),
  ERROR_TYPE(Kind.TEXT),
  ERROR_STATUS(Kind.TEXT),
  /** Members of documents that are an error only if {@link #TYPE} or the HTTP status says so. */
  ROOT_CODE(Kind.TEXT),
  ROOT_ERROR_TYPE(Kind.TEXT),

  INPUT(Kind.NUMBER),
  TOOL_INPUT(Kind.NUMBER),
  CACHE_READ(Kind.NUMBER),
  CACHE_WRITE(Kind.NUMBER),
  CACHE_WRITE_SHORT(Kind.NUMBER),
  CACHE_WRITE_HOUR(Kind.NUMBER),
  AUDIO_INPUT(Kind.NUMBER),
  IMAGE_INPUT(Kind.NUMBER),
  OUTPUT(Kind.NUMBER),
  REASONING(Kind.NUMBER),
  AUDIO_OUTPUT(Kind.NUMBER),
  IMAGE_OUTPUT(Kind.NUMBER),
  TOTAL(Kind.NUMBER),
  BILLED_INPUT(Kind.NUMBER),
  BILLED_OUTPUT(Kind.NUMBER),
  /** The tokens of one of several inputs; they add up. */
  INPUT_PART(Kind.NUMBER),

  INPUT_DETAIL(Kind.GROUP),
  OUTPUT_DETAIL(Kind.GROUP),
  /** How long one part of what was written to the cache is kept, and how much that is. */
  WRITE_DETAIL(Kind.GROUP),
  /** What kind of part it is. */
  MODALITY(Kind.TEXT),
  DETAIL_TOKENS(Kind.NUMBER),

  USAGE(Kind.GROUP),
  /** One pass of several that Anthropic's usage lists. */
  PASS(Kind.GROUP),
  PASS_TYPE(Kind.TEXT),
  PASS_INPUT(Kind.NUMBER),
  PASS_OUTPUT(Kind.NUMBER),
  PASS_CACHE_READ(Kind.NUMBER),
  PASS_CACHE_WRITE(Kind.NUMBER),

  /** Bedrock's own figures, beside the last event of a model. */
  METRICS(Kind.GROUP),

  WEB_SEARCHES(Kind.NUMBER),
  SEARCH_UNITS(Kind.NUMBER),
  /** Calls of tools at the provider, which it bills apart. */
  HOSTED_TOOLS(Kind.NUMBER),
  IMAGES(Kind.NUMBER),
  /** One picture or vector of a list. */
  PIECE(Kind.GROUP),
  /** The same where it is a text, in base64. */
  PICTURE(Kind.LENGTH),
  SECONDS(Kind.NUMBER),

  COST(Kind.NUMBER),
  /** What the provider behind a router took, with the app's own key. */
  COST_BEHIND(Kind.NUMBER),
  OWN_KEY(Kind.FLAG),
  /** Ten-billionths of a USD. */
  COST_TICKS(Kind.NUMBER);

  private final Kind kind;

  Field(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
