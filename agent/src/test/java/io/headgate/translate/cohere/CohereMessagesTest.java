// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.json.JsonTree;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CohereMessagesTest {

  private final Notes notes = new Notes();

  private static ChatRequest.Builder hello() {
    return Cohere.says(Turn.Role.USER, new Part.Text("hi"));
  }

  @Test
  void conversationIsMessages() {
    ChatRequest.Builder request = hello();
    request.system = List.of(new Part.Text("a"), new Part.Text("b"));
    request.stream = true;
    request.turns =
        List.of(
            new Turn(Turn.Role.USER, List.of(new Part.Text("hi"), new Part.Text(" "))),
            new Turn(
                Turn.Role.ASSISTANT,
                List.of(
                    new Part.Thinking("I look", null, null, Maker.OTHER),
                    new Part.ToolCall("1", "f", "{\"b\":1.0}"),
                    new Part.ToolCall("2", "g", ""))),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.ToolResult("1", null, List.of(new Part.Text("x")), true, null),
                    new Part.ToolResult(
                        "2",
                        null,
                        List.of(
                            new Part.Text("y"),
                            new Part.Image(
                                new Media(Media.Kind.BASE64, "AA==", "image/gif"), null, null)),
                        false,
                        null),
                    new Part.Text("so?"))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text(""))),
            new Turn(Turn.Role.SYSTEM, List.of(new Part.Text("c"))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text("p"), new Part.Refusal("q"))));
    assertThat(Cohere.written(Cohere.write(request.build(), Traits.ReasoningStyle.NONE, notes)))
        .isEqualTo(
            Cohere.compact(
                """
                {"model":"command","messages":[
                  {"role":"system","content":"a\\nb"},
                  {"role":"user","content":"hi"},
                  {"role":"assistant","tool_plan":"I look","tool_calls":[
                    {"id":"1","type":"function",
                     "function":{"name":"f","arguments":"{\\"b\\":1.0}"}},
                    {"id":"2","type":"function","function":{"name":"g","arguments":"{}"}}]},
                  {"role":"tool","tool_call_id":"1","content":"Error: x"},
                  {"role":"tool","tool_call_id":"2","content":"y"},
                  {"role":"user","content":[
                    {"type":"image_url","image_url":{"url":"data:image/gif;base64,AA=="}},
                    {"type":"text","text":"so?"}]},
                  {"role":"system","content":"c"},
                  {"role":"assistant","content":[{"type":"text","text":"p"},
                    {"type":"text","text":"q"}]}],
                 "stream":true}\
                """));
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void modelsThatThinkGetTheirThoughtsAsContent() {
    ChatRequest request =
        Cohere.says(
                Turn.Role.ASSISTANT,
                new Part.Thinking("hm", null, null, Maker.OTHER),
                new Part.Text("a"))
            .build();
    assertThat(Cohere.written(Cohere.write(request, Traits.ReasoningStyle.SWITCH, notes)))
        .contains(
            "\"content\":[{\"type\":\"thinking\",\"thinking\":\"hm\"},"
                + "{\"type\":\"text\",\"text\":\"a\"}]");
    Cohere.write(request, Traits.ReasoningStyle.NONE, notes);
    assertThat(notes.dropped()).containsExactly("thinking");
  }

  @Test
  void documentsOfTextAreSaid() {
    ChatRequest.Builder request =
        Cohere.says(
            Turn.Role.USER,
            new Part.Document(new Media(Media.Kind.TEXT, "body", null), "title", null),
            new Part.Document(new Media(Media.Kind.BASE64, "aMOp", "text/plain"), null, null));
    assertThat(
            JsonTree.at(
                Cohere.write(request.build(), Traits.ReasoningStyle.NONE, notes),
                "messages.0.content.0.text"))
        .isEqualTo("title\nbody");
    assertThat(Cohere.member(request, "messages.0.content.1.text", notes)).isEqualTo("\"hé\"");
  }

  @ParameterizedTest
  @EnumSource(
      value = Media.Kind.class,
      names = {"STORED", "FILE_ID", "TEXT"})
  void picturesOnlyOneStoreCanReadAreIneligible(Media.Kind kind) {
    Part image = new Part.Image(new Media(kind, "x", null), null, null);
    assertThatThrownBy(() -> Cohere.member(Cohere.says(Turn.Role.USER, image), "", notes))
        .isInstanceOf(Ineligible.class);
  }

  @Test
  void whatIsNeitherTextNorPictureIsIneligible() {
    Media media = new Media(Media.Kind.BASE64, "AA==", "application/pdf");
    for (Part part :
        List.of(
            new Part.Audio(media), new Part.Video(media), new Part.Document(media, "a", null))) {
      assertThatThrownBy(() -> Cohere.member(Cohere.says(Turn.Role.USER, part), "", notes))
          .isInstanceOf(Ineligible.class);
    }
  }
}
