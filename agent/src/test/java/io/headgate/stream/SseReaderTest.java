// SPDX-License-Identifier: Apache-2.0
package io.headgate.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SseReaderTest {

  @Test
  void linesEndInAnyOfThreeWays() {
    assertThat(events("data: a\n\ndata: b\r\n\r\ndata: c\r\rdata: d\r\n\n"))
        .containsExactly(":a", ":b", ":c", ":d");
  }

  @Test
  void linesOfDataAreJoined() {
    assertThat(events("data: a\ndata:b\ndata\ndata:  c\n\n")).containsExactly(":a\nb\n\n c");
  }

  @Test
  void nameBelongsToItsOwnEventOnly() {
    assertThat(events("event: ping\ndata: a\n\ndata: b\n\nevent: x\n\ndata: c\n\n"))
        .containsExactly("ping:a", ":b", ":c");
  }

  @Test
  void commentsUnknownFieldsAndTheMarkAreSkipped() {
    assertThat(events("\uFEFFdata: a\n: keep-alive\nid: 1\nretry: 5\ndatabase: x\n:\n\n"))
        .containsExactly(":a");
  }

  @Test
  void lastEventMayLackItsBlankLine() {
    assertThat(events("data: a\n\ndata: b\n")).containsExactly(":a", ":b");
    assertThat(events("data: a\n\nevent: e\ndata: b")).containsExactly(":a", "e:b");
    assertThat(events("data: a\n\nevent: e")).containsExactly(":a");
  }

  @Test
  void emptyStreamHasNoEvents() {
    assertThat(events("")).isEmpty();
    assertThat(events("\n\n\r\n")).isEmpty();
  }

  @Test
  void longNamesAreCut() {
    assertThat(events("event: " + "n".repeat(1000) + "\ndata: a\n\n"))
        .containsExactly("n".repeat(128) + ":a");
  }

  @Test
  void everyCutGivesTheSameEvents() {
    byte[] stream =
        "\uFEFF: c\r\nevent: one\r\ndata: a\u00e9\u4f60\r\ndata: b\r\n\r\ndata: c\r\rdata:d\n\n"
            .getBytes(StandardCharsets.UTF_8);
    List<String> whole = events(stream, stream.length);
    assertThat(whole).containsExactly("one:a\u00e9\u4f60\nb", ":c", ":d");
    for (int cut = 1; cut < stream.length; cut++) {
      assertThat(events(stream, cut)).isEqualTo(whole);
    }
  }

  private static List<String> events(String stream) {
    byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
    return events(bytes, bytes.length);
  }

  private static List<String> events(byte[] bytes, int chunk) {
    List<String> events = new ArrayList<>();
    StringBuilder data = new StringBuilder();
    SseReader reader =
        new SseReader(
            new SseReader.Listener() {
              @Override
              public void data(byte[] piece, int from, int to) {
                for (int i = from; i < to; i++) {
                  data.append((char) (piece[i] & 0xFF));
                }
              }

              @Override
              public void endOfEvent(String name) {
                byte[] text = data.toString().getBytes(StandardCharsets.ISO_8859_1);
                events.add(name + ":" + new String(text, StandardCharsets.UTF_8));
                data.setLength(0);
              }
            });
    for (int at = 0; at < bytes.length; at += chunk) {
      reader.read(bytes, at, Math.min(bytes.length, at + chunk));
    }
    reader.end();
    return events;
  }
}
