// SPDX-License-Identifier: Apache-2.0
package io.headgate.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStreamReaderTest {

  /** What a reader tells, in order. */
  private static final class Heard implements EventStreamReader.Listener {
    private final List<String> all = new ArrayList<>();

    @Override
    public void frame(EventFrame frame) {
      all.add(EventStreamReaderTest.text(frame.headers()) + ":" + UTF_8.decode(frame.payload()));
    }

    @Override
    public void broken(EventStreamReader.Fault fault) {
      all.add(fault.name());
    }
  }

  private static String text(Map<String, Object> headers) {
    StringBuilder text = new StringBuilder();
    headers.forEach(
        (name, value) -> {
          Object said = value instanceof byte[] bytes ? Arrays.toString(bytes) : value;
          text.append(name).append('=').append(value.getClass().getSimpleName());
          text.append(' ').append(said).append(';');
        });
    return text.toString();
  }

  private static List<String> read(byte[] stream, int chunk) {
    Heard heard = new Heard();
    EventStreamReader reader = new EventStreamReader(heard);
    for (int at = 0; at < stream.length; at += chunk) {
      reader.read(stream, at, Math.min(stream.length, at + chunk));
    }
    reader.end();
    return heard.all;
  }

  private static List<String> read(byte[] stream) {
    return read(stream, Math.max(1, stream.length));
  }

  private static byte[] frame(String payload) {
    return EventStreamWriter.frame(
        Map.of(":event-type", "contentBlockDelta"), payload.getBytes(UTF_8));
  }

  private static byte[] join(byte[]... frames) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] frame : frames) {
      all.writeBytes(frame);
    }
    return all.toByteArray();
  }

  /** A message whose checksums are right, whatever its lengths and headers say. */
  private static byte[] forged(int total, int headers, byte[] rest) {
    ByteBuffer frame = ByteBuffer.allocate(16 + rest.length);
    frame.putInt(total).putInt(headers);
    frame.putInt(sum(frame.array(), 8)).put(rest);
    frame.putInt(sum(frame.array(), frame.position()));
    return frame.array();
  }

  private static int sum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }

  @ParameterizedTest
  @CsvSource({
    "AAAAEAAAAAAFwkjrfZjI/w==, :",
    "AAAAHQAAAAD9UoxaeyJmb28iOiJiYXIifT6cJbQ=, ':{\"foo\":\"bar\"}'",
    "AAAAMwAAACHPyg1hCzpldmVudC10eXBlBwALbWVzc2FnZVN0b3ABbgQAAKAMe32s4X/y,"
        + " ':event-type=String messageStop;n=Integer 40972;:{}'"
  })
  void messagesThatOthersWroteAreRead(String base64, String expected) {
    assertThat(read(Base64.getDecoder().decode(base64))).containsExactly(expected);
  }

  @Test
  void aMessageIsWrittenAsOthersWriteIt() {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put(":event-type", "messageStop");
    headers.put("n", 40_972);
    byte[] frame = EventStreamWriter.frame(headers, "{}".getBytes(UTF_8));
    assertThat(Base64.getEncoder().encodeToString(frame))
        .isEqualTo("AAAAMwAAACHPyg1hCzpldmVudC10eXBlBwALbWVzc2FnZVN0b3ABbgQAAKAMe32s4X/y");
  }

  @Test
  void everyCutGivesTheSameMessages() {
    byte[] stream = join(frame("{\"a\":\"é\"}"), frame(""), frame("x".repeat(300)), frame("end"));
    List<String> whole = read(stream);
    assertThat(whole).hasSize(4);
    for (int chunk = 1; chunk < stream.length; chunk++) {
      assertThat(read(stream, chunk)).isEqualTo(whole);
    }
    for (int cut = 0; cut <= stream.length; cut++) {
      Heard heard = new Heard();
      EventStreamReader reader = new EventStreamReader(heard);
      reader.read(stream, 0, cut);
      reader.read(stream, cut, stream.length);
      reader.end();
      assertThat(heard.all).isEqualTo(whole);
    }
  }

  @Test
  void everyChangedByteIsNoticedAndNothingIsReadBehindIt() {
    byte[] first = frame("first");
    byte[] second = frame("second");
    byte[] stream = join(first, second, frame("third"));
    List<String> good = read(stream);
    for (int at = 0; at < first.length + second.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = stream.clone();
        changed[at] ^= (byte) (1 << bit);
        List<String> expected = new ArrayList<>(good.subList(0, at < first.length ? 0 : 1));
        expected.add("CHECKSUM");
        assertThat(read(changed)).isEqualTo(expected);
        assertThat(read(changed, 5)).isEqualTo(expected);
      }
    }
  }

  @Test
  void aStreamThatEndsWithinAMessageSaysSo() {
    byte[] first = frame("first");
    byte[] stream = join(first, frame("second"));
    for (int length = 0; length <= stream.length; length++) {
      List<String> heard = read(Arrays.copyOf(stream, length), 7);
      boolean boundary = length == 0 || length == first.length || length == stream.length;
      assertThat(heard.contains("CUT")).isEqualTo(!boundary);
      assertThat(heard).hasSize((boundary ? 0 : 1) + whole(length, first.length, stream.length));
    }
  }

  private static int whole(int length, int first, int all) {
    return length == all ? 2 : length >= first ? 1 : 0;
  }

  @Test
  void headersOfAllTypesComeBackAsTheyWere() {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("yes", true);
    headers.put("no", false);
    headers.put("byte", (byte) -3);
    headers.put("short", (short) 30_000);
    headers.put("int", Integer.MIN_VALUE);
    headers.put("long", Long.MAX_VALUE);
    headers.put("bytes", new byte[] {0, -1, 7});
    headers.put("text", "é 你");
    headers.put("none", "");
    headers.put("time", Instant.ofEpochMilli(1_700_000_000_123L));
    headers.put("id", UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"));
    byte[] bytes = EventStreamWriter.frame(headers, new byte[] {'p'});
    assertThat(read(bytes)).containsExactly(text(headers) + ":p");
    assertThat(read(bytes, 1)).containsExactly(text(headers) + ":p");
  }

  @Test
  void onlyTextIsToldAsText() {
    EventFrame frame = new EventFrame(Map.of("a", "b", "n", 1), ByteBuffer.allocate(0));
    assertThat(frame.text("a")).isEqualTo("b");
    assertThat(frame.text("n")).isNull();
    assertThat(frame.text("x")).isNull();
  }

  @Test
  void headersThatMakeNoSenseBreakTheStream() {
    byte[][] senseless = {
      {0, 7, 0, 0}, // no name
      {1, 'a'}, // no type
      {1, 'a', 10}, // a type there is not
      {1, 'a', 4, 0, 0, 0}, // a number cut
      {1, 'a', 7, 0, 9, 'x'}, // a text longer than there is
      {1, 'a', 9, 1, 2, 3}, // an id cut
      {9, 'a'} // a name longer than there is
    };
    for (byte[] headers : senseless) {
      byte[] frame = forged(16 + headers.length, headers.length, headers);
      assertThat(read(frame)).containsExactly("MALFORMED");
    }
  }

  @Test
  void absurdLengthsBreakTheStreamAtOnce() {
    int[][] absurd = {
      {15, 0},
      {0, 0},
      {-1, 0},
      {16, 1},
      {40, -1},
      {Integer.MAX_VALUE, 0},
      {Integer.MIN_VALUE, 0},
      {16 + (24 << 20) + 1, 0},
      {(128 << 10) + 17, (128 << 10) + 1}
    };
    for (int[] lengths : absurd) {
      byte[] start = Arrays.copyOf(forged(lengths[0], lengths[1], new byte[0]), 12);
      assertThat(read(start)).containsExactly("MALFORMED");
      assertThat(read(start, 1)).containsExactly("MALFORMED");
    }
  }

  @Test
  void theLargestMessageIsRead() {
    byte[] payload = new byte[24 << 20];
    byte[] frame = EventStreamWriter.frame(Map.of(), payload);
    int[] length = new int[1];
    EventStreamReader reader =
        new EventStreamReader(
            new EventStreamReader.Listener() {
              @Override
              public void frame(EventFrame read) {
                length[0] = read.payload().remaining();
              }

              @Override
              public void broken(EventStreamReader.Fault fault) {
                throw new AssertionError(fault);
              }
            });
    for (int at = 0; at < frame.length; at += 1 << 20) {
      reader.read(frame, at, Math.min(frame.length, at + (1 << 20)));
    }
    assertThat(length[0]).isEqualTo(24 << 20);
    assertThatThrownBy(() -> EventStreamWriter.frame(Map.of(), new byte[(24 << 20) + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatAHeaderCannotSayIsNotWritten() {
    for (Map<String, Object> headers :
        List.<Map<String, Object>>of(
            Map.of("", "x"),
            Map.of("n".repeat(256), "x"),
            Map.of("n", "x".repeat(32_768)),
            Map.of("n", new byte[32_768]),
            Map.of("n", 1.5))) {
      assertThatThrownBy(() -> EventStreamWriter.frame(headers, new byte[0]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whateverIsWrittenIsReadAgain() {
    Random random = new Random(42);
    for (int round = 0; round < 300; round++) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      List<String> expected = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        Map<String, Object> headers = headers(random);
        String payload = "é".repeat(random.nextInt(random.nextInt(20) == 0 ? 60_000 : 200));
        stream.writeBytes(EventStreamWriter.frame(headers, payload.getBytes(UTF_8)));
        expected.add(text(headers) + ":" + payload);
      }
      assertThat(read(stream.toByteArray(), 1 + random.nextInt(3000))).isEqualTo(expected);
    }
  }

  private static Map<String, Object> headers(Random random) {
    Map<String, Object> headers = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      headers.put(
          "h".repeat(1 + random.nextInt(255)),
          switch (random.nextInt(9)) {
            case 0 -> random.nextBoolean();
            case 1 -> (byte) random.nextInt();
            case 2 -> (short) random.nextInt();
            case 3 -> random.nextInt();
            case 4 -> random.nextLong();
            case 5 -> bytes;
            case 6 -> "é".repeat(random.nextInt(100));
            case 7 -> Instant.ofEpochMilli(random.nextLong());
            default -> new UUID(random.nextLong(), random.nextLong());
          });
    }
    return headers;
  }
}
