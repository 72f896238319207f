// SPDX-License-Identifier: Apache-2.0
package io.headgate.expression;

import org.jspecify.annotations.Nullable;

/** Where the data of an expression comes from; each asks {@link Variables} for what it names. */
final class Roots {

  private Roots() {}

  /** {@code request.name}, except headers and body. */
  record RequestField(String name) implements Node {
    @Override
    public @Nullable Object eval(Frame frame) {
      frame.spend(1);
      return frame.request().get(name);
    }
  }

  /** {@code request.headers[name]}. */
  record Header(Node name) implements Node {
    @Override
    public @Nullable Object eval(Frame frame) {
      String field = name.text(frame);
      frame.spendOnText(field.length());
      return frame.header(field);
    }
  }

  /** {@code request.body}. */
  record Body() implements Node {
    @Override
    public @Nullable Object eval(Frame frame) {
      frame.spend(1);
      return frame.body();
    }
  }

  /** {@code metadata}. */
  record Metadata() implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      return frame.metadata();
    }
  }

  /** {@code environment}. */
  record Environment() implements Node {
    @Override
    public Object eval(Frame frame) {
      frame.spend(1);
      return frame.environment();
    }
  }

  /** {@code response}, as the begin of a path. */
  record Response() implements Node {
    @Override
    public @Nullable Object eval(Frame frame) {
      return frame.response();
    }
  }
}
