// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/** What decides whether an answer is fit for the app, whatever each wire format calls it. */
enum JudgeField implements Slot {
  /** One document: a whole body, or the data of one event. */
  ROOT(Kind.GROUP),
  /** What kind of event this document is. */
  TYPE(Kind.TEXT),
  /** What kind of object an OpenAI-like document is. */
  OBJECT(Kind.TEXT),
  /** A member that events without any content have too. */
  LIFE(Kind.GROUP),
  CHOICE(Kind.GROUP),
  /** Text, reasoning, a tool's name or arguments, sound, a picture: a string that is not empty. */
  CONTENT(Kind.LENGTH),
  FINISH(Kind.TEXT),
  /** Why a prompt was refused before any choice was made. */
  BLOCKED(Kind.TEXT),
  /** The state of a Responses answer. */
  STATUS(Kind.TEXT),
  /** Why a Responses answer is incomplete. */
  INCOMPLETE(Kind.TEXT),
  /** Says that no more will come. */
  LAST(Kind.FLAG),

  ERROR(Kind.GROUP),
  ERROR_CODE(Kind.TEXT),
  ERROR_STATUS(Kind.TEXT),
  ERROR_TYPE(Kind.TEXT),
  /** A finer name beside the others: Azure's inner code, Google's reason. */
  ERROR_DETAIL(Kind.TEXT),
  ERROR_MESSAGE(Kind.TEXT),
  /** Members of documents that are an error only if the HTTP status or the document says so. */
  ROOT_CODE(Kind.TEXT),
  ROOT_TYPE(Kind.TEXT),
  ROOT_MESSAGE(Kind.TEXT);

  private final Kind kind;

  JudgeField(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
