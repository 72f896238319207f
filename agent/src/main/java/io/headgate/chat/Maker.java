// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

/** Who makes a model. What one maker signs is nothing to the others. */
public enum Maker {
  OPENAI,
  ANTHROPIC,
  GOOGLE,
  OTHER
}
