// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.json.JsonTree;
import io.headgate.translate.Ineligible;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConverseDocumentsTest {

  private static Part document(@Nullable String name, @Nullable String type) {
    return new Part.Document(new Media(Media.Kind.BASE64, "AA==", type), name, null);
  }

  private static Object body(Part... parts) {
    ChatRequest.Builder request = ChatRequest.builder();
    request.turns = List.of(new Turn(Turn.Role.USER, List.of(parts)));
    return Converse.tree(Converse.write(request.build()));
  }

  private static Object at(Object body, String path) {
    return String.valueOf(JsonTree.at(body, "messages.0.content." + path));
  }

  private static List<Object> names(String... wanted) {
    Part[] parts = Arrays.stream(wanted).map(it -> document(it, "text/csv")).toArray(Part[]::new);
    Object body = body(parts);
    return Stream.iterate(0, i -> i + 1)
        .limit(wanted.length)
        .map(i -> at(body, i + ".document.name"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          a.pdf|application/pdf|pdf
          a.pdf|-|pdf
          a.HTM|-|html
          -|text/plain; charset=utf-8|txt
          a.bin|text/x-python|txt
          a|text/markdown|md
          a|application/vnd.openxmlformats-officedocument.spreadsheetml.sheet|xlsx
          """)
  void formatIsOfTheTypeOrElseOfTheEnding(
      @Nullable String name, @Nullable String type, String format) {
    assertThat(at(body(document(name, type)), "0.document.format")).isEqualTo(format);
  }

  @Test
  void unknownFormatIsIneligible() {
    assertThatThrownBy(() -> body(document("a.bin", "application/zip")))
        .isInstanceOf(Ineligible.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          -|document
          报告.pdf|document
          Q3  report_v2.pdf|Q3 report-v2
          a (1) [b]-c.txt|a (1) [b]-c
          v1.2 final|v1-2 final
          """)
  void namesAreOfAllowedCharacters(@Nullable String name, String clean) {
    assertThat(names(name)).containsExactly(clean);
  }

  @Test
  void namesAreUnlikeEachOther() {
    assertThat(names("a.pdf", "a.csv", "a", "a (2)"))
        .containsExactly("a", "a (2)", "a (3)", "a (2) (2)");
    String longName = "x".repeat(300);
    assertThat(names(longName, longName))
        .containsExactly("x".repeat(200), "x".repeat(196) + " (2)");
  }

  @Test
  void documentHasATextBesideIt() {
    assertThat(at(body(document("a.pdf", null)), "1.text")).isEqualTo("a");
    assertThat(at(body(new Part.Text("read"), document("a.pdf", null)), "2")).isEqualTo("null");
  }

  @Test
  void textGoesAsBytes() {
    Part text = new Part.Document(new Media(Media.Kind.TEXT, "hé", null), "a", null);
    assertThat(at(body(text), "0.document")).isEqualTo("{format=txt, source={bytes=aMOp}, name=a}");
  }
}
