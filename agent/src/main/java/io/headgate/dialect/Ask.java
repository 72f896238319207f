// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/** What is looked for in requests, whatever each wire format calls it. */
enum Ask implements Slot {
  MODEL(Kind.TEXT),
  STREAM(Kind.FLAG),
  STREAM_USAGE(Kind.FLAG),
  TEMPERATURE(Kind.NUMBER),
  TOP_P(Kind.NUMBER),
  TOP_K(Kind.NUMBER),
  FREQUENCY_PENALTY(Kind.NUMBER),
  PRESENCE_PENALTY(Kind.NUMBER),
  MAX_TOKENS(Kind.NUMBER),
  SEED(Kind.NUMBER),
  CHOICES(Kind.NUMBER),
  STOP(Kind.TEXT),
  /** The name of a format, or of the type of one. */
  FORMAT(Kind.TEXT),
  /** A format that may be given as a whole schema. */
  SCHEMA(Kind.GROUP),
  MODALITY(Kind.TEXT),
  TIER(Kind.TEXT),
  REASONING(Kind.TEXT),
  PREVIOUS(Kind.TEXT),
  CONVERSATION(Kind.TEXT),
  DIMENSIONS(Kind.NUMBER),
  ENCODING(Kind.TEXT),
  INPUT(Kind.LENGTH);

  private final Kind kind;

  Ask(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
