// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

/** What a small word says that turns a question into another one. */
enum Cue {
  NOT,
  WHO,
  WHOSE,
  WHEN,
  WHERE,
  WHY,
  HOW,
  WHAT,
  HOW_MUCH,
  HOW_LONG,
  HOW_OFTEN,
  HOW_FAR,
  HOW_OLD,
  HOW_BIG,
  ALL,
  SOME,
  MOST,
  FEW,
  ONLY,
  BOTH,
  EITHER,
  AT_LEAST,
  AT_MOST,
  MORE,
  LESS,
  SELDOM,
  PAST,
  FUTURE,
  /** Says a direction, so that the order of what stands around it counts. */
  FROM,
  TO,
  OF,
  MINE,
  YOURS,
  THEIRS,
  MAY,
  MUST,
  AND,
  OR,
  THIS,
  THAT;

  /** Questions, without those that people use for each other. */
  static final long ASKING = span(WHO, WHY) | span(HOW_MUCH, HOW_BIG);

  static final long QUANTITY = span(ALL, SELDOM);
  static final long TENSE = span(PAST, FUTURE);
  static final long OWNER = span(MINE, THEIRS);
  static final long DUTY = span(MAY, MUST);
  static final long JOINING = span(AND, OR);
  static final long POINTING = span(THIS, THAT);
  static final long DIRECTION = span(FROM, TO);

  long bit() {
    return 1L << ordinal();
  }

  private static long span(Cue first, Cue last) {
    long bits = 0;
    for (int i = first.ordinal(); i <= last.ordinal(); i++) {
      bits |= 1L << i;
    }
    return bits;
  }
}
