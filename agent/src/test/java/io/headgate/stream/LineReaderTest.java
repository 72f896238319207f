// SPDX-License-Identifier: Apache-2.0
package io.headgate.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  @Test
  void everyCutGivesTheSameLines() {
    byte[] stream = "{1}\n{2}\r\n\n\r{3}\r{4}".getBytes(StandardCharsets.UTF_8);
    for (int cut = 1; cut <= stream.length; cut++) {
      assertThat(lines(stream, cut)).containsExactly("{1}", "{2}", "{3}", "{4}");
    }
  }

  @Test
  void blankLinesAreNotTold() {
    assertThat(lines("\n\r\n\n".getBytes(StandardCharsets.UTF_8), 1)).isEmpty();
  }

  private static List<String> lines(byte[] bytes, int chunk) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    LineReader reader =
        new LineReader(
            new LineReader.Listener() {
              @Override
              public void text(byte[] piece, int from, int to) {
                line.append(new String(piece, from, to - from, StandardCharsets.UTF_8));
              }

              @Override
              public void endOfLine() {
                lines.add(line.toString());
                line.setLength(0);
              }
            });
    for (int at = 0; at < bytes.length; at += chunk) {
      reader.read(bytes, at, Math.min(bytes.length, at + chunk));
    }
    reader.end();
    return lines;
  }
}
