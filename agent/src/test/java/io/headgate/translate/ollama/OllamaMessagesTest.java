// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Part;
import io.headgate.chat.Turn;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import io.headgate.translate.Traits;
import java.util.List;
import org.junit.jupiter.api.Test;

class OllamaMessagesTest {

  private final Notes notes = new Notes();

  private static ChatRequest.Builder hello() {
    return Ollama.says(Turn.Role.USER, new Part.Text("hi"));
  }

  @Test
  void conversationIsMessages() {
    ChatRequest.Builder request = hello();
    request.system = List.of(new Part.Text("a"), new Part.Text("b"));
    Part image = new Part.Image(new Media(Media.Kind.BASE64, "AA==", "image/gif"), null, null);
    request.turns =
        List.of(
            new Turn(Turn.Role.USER, List.of(new Part.Text("hi"), image)),
            new Turn(
                Turn.Role.ASSISTANT,
                List.of(
                    new Part.Thinking("hm", null, null, Maker.OTHER),
                    new Part.ToolCall("1", "f", "{\"b\":1.50,\"a\":2}"),
                    new Part.ToolCall("2", "g", "null"))),
            new Turn(
                Turn.Role.USER,
                List.of(
                    new Part.ToolResult("1", null, List.of(new Part.Text("x")), true, null),
                    new Part.ToolResult(
                        "2", "named", List.of(new Part.Text("y"), image), false, null))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text(""))),
            new Turn(Turn.Role.SYSTEM, List.of(new Part.Text("c"))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text("p"), new Part.Text("q"))));
    assertThat(Ollama.written(Ollama.write(request.build(), Traits.ReasoningStyle.NONE, notes)))
        .isEqualTo(
            Ollama.compact(
                """
                {"model":"llama","messages":[
                  {"role":"system","content":"a\\nb"},
                  {"role":"user","content":"hi","images":["AA=="]},
                  {"role":"assistant","content":"","thinking":"hm","tool_calls":[
                    {"id":"1","function":{"index":0,"name":"f","arguments":{"b":1.50,"a":2}}},
                    {"id":"2","function":{"index":1,"name":"g","arguments":{}}}]},
                  {"role":"tool","content":"Error: x","tool_name":"f","tool_call_id":"1"},
                  {"role":"tool","content":"y","tool_name":"named","tool_call_id":"2"},
                  {"role":"user","content":"","images":["AA=="]},
                  {"role":"system","content":"c"},
                  {"role":"assistant","content":"pq"}],
                 "stream":false}\
                """));
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void brokenArgumentsAreNoted() {
    Part call = new Part.ToolCall("1", "f", "{\"a\":");
    assertThat(
            Ollama.member(
                Ollama.says(Turn.Role.ASSISTANT, call),
                "messages.0.tool_calls.0.function.arguments",
                notes))
        .isEqualTo("{}");
    assertThat(notes.dropped()).containsExactly("arguments");
  }

  @Test
  void whatIsNotInTheRequestIsIneligible() {
    Media url = new Media(Media.Kind.URL, "https://x", "image/png");
    Media pdf = new Media(Media.Kind.BASE64, "AA==", "application/pdf");
    for (Part part :
        List.of(
            new Part.Image(url, null, null),
            new Part.Document(pdf, "a", null),
            new Part.Audio(pdf),
            new Part.Video(pdf))) {
      assertThatThrownBy(() -> Ollama.member(Ollama.says(Turn.Role.USER, part), "", notes))
          .isInstanceOf(Ineligible.class);
    }
  }

  @Test
  void documentsOfTextAreSaid() {
    ChatRequest.Builder request =
        Ollama.says(
            Turn.Role.USER,
            new Part.Document(new Media(Media.Kind.TEXT, "body", null), "title", null),
            new Part.Document(new Media(Media.Kind.BASE64, "aMOp", "text/plain"), null, null));
    assertThat(Ollama.member(request, "messages.0.content", notes))
        .isEqualTo("\"title\\nbody\\nhé\"");
  }
}
