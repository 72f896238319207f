// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveBodyTest {

  private final List<Throwable> faults = new ArrayList<>();
  private final LiveBody body = new LiveBody(faults::add);
  private final List<String> seen = new ArrayList<>();

  private BodyTap tap(String name) {
    return new BodyTap() {
      @Override
      public void onBytes(ByteBuffer bytes) {
        seen.add(name + StandardCharsets.UTF_8.decode(bytes));
      }

      @Override
      public void onEnd() {
        seen.add(name + "|");
      }

      @Override
      public void onError(Throwable cause) {
        seen.add(name + "!" + cause);
      }
    };
  }

  @Test
  void everyTapSeesEveryByteAndTheAppsBufferStaysAsItIs() {
    body.tap(tap("a"));
    body.tap(tap("b"));
    ByteBuffer chunk = ByteBuffer.wrap("hi".getBytes(StandardCharsets.UTF_8));
    body.bytes(chunk);
    body.end();
    assertThat(seen).containsExactly("ahi", "bhi", "a|", "b|");
    assertThat(chunk.position()).isZero();
  }

  @Test
  void onlyTheFirstEndingCounts() {
    body.tap(tap("a"));
    body.error(null);
    body.end();
    body.error(new IllegalStateException());
    assertThat(seen).containsExactly("a!null");
  }

  @Test
  void aTapThatThrowsIsDroppedAndTheOthersGoOn() {
    body.tap(
        new BodyTap() {
          @Override
          public void onBytes(ByteBuffer bytes) {
            throw new StackOverflowError();
          }

          @Override
          public void onEnd() {
            seen.add("never");
          }

          @Override
          public void onError(Throwable cause) {
            seen.add("let go");
          }
        });
    body.tap(tap("b"));
    body.bytes(ByteBuffer.wrap(new byte[] {'x'}));
    body.bytes(ByteBuffer.wrap(new byte[] {'y'}));
    body.end();
    assertThat(seen).containsExactly("let go", "bx", "by", "b|");
    assertThat(faults).singleElement().isInstanceOf(StackOverflowError.class);
  }

  @Test
  void nothingIsToldOfEmptyChunks() {
    body.tap(tap("a"));
    body.bytes(ByteBuffer.allocate(0));
    assertThat(seen).isEmpty();
  }
}
