// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.ChatEvent;
import io.headgate.chat.StopReason;
import io.headgate.dialect.StreamEvent;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that were cut, and bytes that were broken into lines. */
class ResponsesCutTest {

  @ParameterizedTest
  @CsvSource({"LENGTH, false", "FILTER, false", "TOOLS, true", "END, true"})
  void aCallThatWasCutBeforeItsArgumentsStaysCut(StopReason reason, boolean whole) {
    List<StreamEvent> events =
        Sample.stream(
            new ChatEvent.Begin("i", "m"),
            new ChatEvent.CallBegin(0, 0, "c", "delete_all", null),
            new ChatEvent.BlockEnd(0),
            new ChatEvent.Stop(0, reason, null),
            new ChatEvent.End());
    String all =
        events.stream().map(event -> Sample.text(event.data())).collect(Collectors.joining());

    assertThat(all.contains("\"{}\"")).isEqualTo(whole);
    assertThat(all).contains(whole ? "\"completed\"" : "\"incomplete\"");
  }

  @Test
  void linesInBase64AreJoined() {
    String read =
        Sample.read(
                """
                {"model":"m","input":[{"role":"user","content":[
                {"type":"input_image","image_url":"data:image/png;base64,iVBO\\r\\nRw0K"},
                {"type":"input_file","filename":"a.pdf","file_data":"JVBE\\r\\nRi0x"}]}]}
                """)
            .turns()
            .toString();

    assertThat(read).contains("value=iVBORw0K,").contains("value=JVBERi0x,");
  }
}
