// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.RedisEntries.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RedisValueTest {

  private static final StoredEntry ENTRY =
      new StoredEntry(
          1, 2, "mödel", "route", "group", new byte[] {4, 5}, new byte[] {6, 7, 8, 9, 10});

  private static byte[] value() {
    return RedisValue.encode(key(1), ENTRY);
  }

  @Test
  void whatIsWrittenIsRead() {
    assertThat(RedisValue.decode(key(1), value())).usingRecursiveComparison().isEqualTo(ENTRY);
    StoredEntry empty = new StoredEntry(0, 0, "", "", "", new byte[0], new byte[0]);
    assertThat(RedisValue.decode(key(2), RedisValue.encode(key(2), empty)))
        .usingRecursiveComparison()
        .isEqualTo(empty);
  }

  @Test
  void anyBitThatHasChangedIsSeen() {
    byte[] value = value();
    for (int bit = 0; bit < 8 * value.length; bit++) {
      byte[] changed = value.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(RedisValue.decode(key(1), changed)).as("bit %d", bit).isNull();
    }
  }

  @Test
  void aPartOrMoreThanAllIsNone() {
    byte[] value = value();
    for (int length = 0; length <= value.length + 3; length++) {
      if (length != value.length) {
        assertThat(RedisValue.decode(key(1), Arrays.copyOf(value, length))).isNull();
      }
    }
  }

  @Test
  void anEntryOfAnotherKeyIsNone() {
    assertThat(RedisValue.decode(key(3), value())).isNull();
  }

  @Test
  void noBytesMakeItFail() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      if (bytes.length > 4) {
        ByteBuffer.wrap(bytes).putInt(ByteBuffer.wrap(value()).getInt());
      }
      assertThat(RedisValue.decode(key(1), bytes)).isNull();
    }
  }

  @Test
  void theHeadIsReadWithoutTheBytes() {
    byte[] value = value();
    int length = RedisValue.headLength(Arrays.copyOf(value, RedisValue.HEAD));
    assertThat(length).isEqualTo(value.length - ENTRY.bytes().length);
    RedisValue.Head head = RedisValue.head(key(1), Arrays.copyOf(value, length));
    assertThat(head.model()).isEqualTo("mödel");
    assertThat(head.group()).isEqualTo("group");
    assertThat(head.index()).containsExactly(4, 5);
    assertThat(RedisValue.head(key(1), Arrays.copyOf(value, length - 1))).isNull();
  }

  @Test
  void whatIsTooLongIsNotWritten() {
    StoredEntry big = new StoredEntry(1, 2, "", "", "", new byte[0], new byte[RedisValue.MOST]);
    StoredEntry named = new StoredEntry(1, 2, "m".repeat(70_000), "", "", new byte[0], new byte[0]);
    assertThat(RedisValue.encode(key(1), big)).isNull();
    assertThat(RedisValue.encode(key(1), named)).isNull();
  }
}
