// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.chat.CacheMark;
import io.headgate.chat.ChatRequest;
import io.headgate.chat.Maker;
import io.headgate.chat.Media;
import io.headgate.chat.Operation;
import io.headgate.chat.OutputFormat;
import io.headgate.chat.Part;
import io.headgate.chat.Reasoning;
import io.headgate.chat.Tool;
import io.headgate.chat.ToolChoice;
import io.headgate.chat.Turn;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.translate.AppRequest;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Notes;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesRequestReaderTest {

  private final Notes notes = new Notes();

  @Test
  void aPlainRequestIsRead() {
    ChatRequest request =
        read(
            """
            {"model":"claude-sonnet-4-5","max_tokens":1024,"system":"Be brief.","stream":true,
             "messages":[{"role":"user","content":"Hi"},
                         {"role":"assistant","content":[{"type":"text","text":"Hello"}]},
                         {"role":"system","content":"Be rude."}],
             "temperature":0.70,"top_p":0.9,"top_k":40,"stop_sequences":["END","\\n\\n"],
             "metadata":{"user_id":"u-1"},"service_tier":"standard_only"}
            """);
    assertThat(request.model()).isEqualTo("claude-sonnet-4-5");
    assertThat(request.system()).containsExactly(new Part.Text("Be brief."));
    assertThat(request.turns())
        .containsExactly(
            new Turn(Turn.Role.USER, List.of(new Part.Text("Hi"))),
            new Turn(Turn.Role.ASSISTANT, List.of(new Part.Text("Hello"))),
            new Turn(Turn.Role.SYSTEM, List.of(new Part.Text("Be rude."))));
    assertThat(request.stream()).isTrue();
    assertThat(request.streamUsage()).isTrue();
    assertThat(request.sampling().maxTokens()).isEqualTo(1024);
    assertThat(request.sampling().temperature()).isEqualTo(new BigDecimal("0.70"));
    assertThat(request.sampling().topP()).isEqualTo(new BigDecimal("0.9"));
    assertThat(request.sampling().topK()).isEqualTo(40);
    assertThat(request.sampling().stop()).containsExactly("END", "\n\n");
    assertThat(request.user()).isEqualTo("u-1");
    assertThat(request.serviceTier()).isEqualTo("standard_only");
    assertThat(request.bound()).isEmpty();
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void theModelMayBeInThePath() {
    Endpoint vertex =
        new Endpoint(
            "vertex", "gcp.vertex_ai", WireFormat.ANTHROPIC, Operation.CHAT, "claude-x", true);
    ChatRequest request =
        Trees.DIALECT.request(
            new AppRequest(
                vertex,
                Trees.tree(
                    """
                    {"anthropic_version":"vertex-2023-10-16","max_tokens":1,
                     "messages":[{"role":"user","content":"Hi"}]}
                    """),
                ""),
            notes);
    assertThat(request.model()).isEqualTo("claude-x");
    assertThat(request.stream()).isTrue();
    assertThat(notes.dropped()).isEmpty();
  }

  @Test
  void marksAreKeptOnEveryKindOfBlock() {
    ChatRequest request =
        read(
            """
            {"model":"m","max_tokens":1,
             "system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral","ttl":"1h"}}],
             "tools":[{"name":"t","input_schema":{"type":"object"},
                       "cache_control":{"type":"ephemeral"}}],
             "messages":[
              {"role":"assistant","content":[
               {"type":"tool_use","id":"a","name":"t","input":{},
                "cache_control":{"type":"ephemeral"}}]},
              {"role":"user","content":[
               {"type":"tool_result","tool_use_id":"a","content":"ok",
                "cache_control":{"type":"ephemeral"}},
               {"type":"image","source":{"type":"url","url":"https://x/y.png"},
                "cache_control":{"type":"ephemeral"}},
               {"type":"document","source":{"type":"text","media_type":"text/plain","data":"D"},
                "cache_control":{"type":"ephemeral"}},
               {"type":"text","text":"T","cache_control":{"type":"ephemeral","ttl":"5m"}}]}]}
            """);
    CacheMark short_ = new CacheMark(false);
    assertThat(request.system())
        .containsExactly(new Part.Text("S", new CacheMark(true), List.of()));
    assertThat(request.tools().get(0).cache()).isEqualTo(short_);
    assertThat(request.turns().get(0).parts())
        .containsExactly(new Part.ToolCall("a", "t", "{}", null, short_));
    assertThat(request.turns().get(1).parts())
        .containsExactly(
            new Part.ToolResult("a", null, List.of(new Part.Text("ok")), false, short_),
            new Part.Image(new Media(Media.Kind.URL, "https://x/y.png", null), null, short_),
            new Part.Document(new Media(Media.Kind.TEXT, "D", "text/plain"), null, short_),
            new Part.Text("T", short_, List.of()));
  }

  @Test
  void theMarkOfARequestGoesToTheLastBlockThatTakesIt() {
    ChatRequest request =
        read(
            """
            {"model":"m","max_tokens":1,"cache_control":{"type":"ephemeral"},
             "messages":[{"role":"user","content":"Hi"},
                         {"role":"assistant","content":[
                          {"type":"thinking","thinking":"Hm","signature":"s"},
                          {"type":"text","text":" "}]}]}
            """);
    assertThat(request.turns().get(0).parts())
        .containsExactly(new Part.Text("Hi", new CacheMark(false), List.of()));
  }

  @Test
  void mediaAreRead() {
    assertThat(
            parts(
                """
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"QQ=="}},
                {"type":"document","title":"R","source":
                 {"type":"base64","media_type":"application/pdf","data":"QQ=="}},
                {"type":"document","context":"From 1999.","source":{"type":"url","url":"https://x/d"}},
                {"type":"document","source":{"type":"content","content":[
                 {"type":"text","text":"a"},{"type":"text","text":"b"},
                 {"type":"image","source":{"type":"url","url":"https://x/i"}}]}},
                {"type":"search_result","title":"T","source":"https://s","content":
                 [{"type":"text","text":"found"}]}
                """))
        .containsExactly(
            new Part.Image(new Media(Media.Kind.BASE64, "QQ==", "image/png"), null, null),
            new Part.Document(new Media(Media.Kind.BASE64, "QQ==", "application/pdf"), "R", null),
            new Part.Text("From 1999."),
            new Part.Document(
                new Media(Media.Kind.URL, "https://x/d", "application/pdf"), null, null),
            new Part.Document(new Media(Media.Kind.TEXT, "a\nb", "text/plain"), null, null),
            new Part.Image(new Media(Media.Kind.URL, "https://x/i", null), null, null),
            new Part.Text("T\nhttps://s\nfound"));
  }

  @Test
  void toolsAreCalledAndAnswered() {
    assertThat(
            parts(
                """
                {"type":"tool_use","id":"toolu_1","name":"w","input":{"city":"Zürich","n":1.50}},
                {"type":"tool_use","id":"toolu_2","name":"w"},
                {"type":"tool_result","tool_use_id":"toolu_1","is_error":true,"content":[
                 {"type":"text","text":"no"},
                 {"type":"image","source":{"type":"base64","media_type":"image/png","data":"QQ=="}}]},
                {"type":"tool_result","tool_use_id":"toolu_2"}
                """))
        .containsExactly(
            new Part.ToolCall("toolu_1", "w", "{\"city\":\"Zürich\",\"n\":1.50}"),
            new Part.ToolCall("toolu_2", "w", "{}"),
            new Part.ToolResult(
                "toolu_1",
                null,
                List.of(
                    new Part.Text("no"),
                    new Part.Image(new Media(Media.Kind.BASE64, "QQ==", "image/png"), null, null)),
                true,
                null),
            new Part.ToolResult("toolu_2", null, List.of(), false, null));
  }

  @Test
  void thoughtsAreClaudesIfTheyAreSigned() {
    assertThat(
            parts(
                """
                {"type":"thinking","thinking":"Hm","signature":"sig"},
                {"type":"thinking","thinking":"","signature":"only"},
                {"type":"redacted_thinking","data":"xyz"},
                {"type":"thinking","thinking":"Not mine","signature":""}
                """))
        .containsExactly(
            new Part.Thinking("Hm", "sig", null, Maker.ANTHROPIC),
            new Part.Thinking("", "only", null, Maker.ANTHROPIC),
            new Part.Thinking("", null, "xyz", Maker.ANTHROPIC),
            new Part.Thinking("Not mine", null, null, Maker.OTHER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"server_tool_use", "web_search_tool_result", "mcp_tool_use", "something_new"})
  void whatOthersDoNotKnowIsForeign(String type) {
    assertThat(parts("{\"type\":\"" + type + "\",\"id\":\"x\"}"))
        .containsExactly(new Part.Foreign(type));
  }

  @Test
  void toolsAreFunctionsOrBound() {
    ChatRequest request =
        read(
            """
            {"model":"m","max_tokens":1,"messages":[{"role":"user","content":"Hi"}],"tools":[
             {"name":"b","description":"B","input_schema":{"type":"object","properties":
              {"z":{"type":"string"},"a":{"type":"number","minimum":1.0}}},"strict":true},
             {"type":"custom","name":"c","input_schema":{"type":"object"},"defer_loading":true},
             {"type":"web_search_20250305","name":"web_search","max_uses":5}]}
            """);
    assertThat(request.tools()).extracting(Tool::name).containsExactly("b", "c");
    assertThat(request.tools().get(0).strict()).isTrue();
    assertThat(Trees.json(request.tools().get(0).schema()))
        .isEqualTo(
            Trees.line(
                """
                {"type":"object","properties":
                 {"z":{"type":"string"},"a":{"type":"number","minimum":1.0}}}
                """));
    assertThat(request.bound()).containsExactly("tools[2].type web_search_20250305");
    assertThat(notes.dropped()).containsExactly("tools[1].defer_loading");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"auto\"} | AUTO |",
        "{\"type\":\"any\"} | REQUIRED |",
        "{\"type\":\"tool\",\"name\":\"t\"} | REQUIRED | t",
        "{\"type\":\"none\"} | NONE |",
        "{} | DEFAULT |",
      })
  void theChoiceOfToolsIsRead(String choice, ToolChoice.Kind kind, String name) {
    ChatRequest request = with("\"tool_choice\":" + choice);
    assertThat(request.toolChoice())
        .isEqualTo(new ToolChoice(kind, name == null ? List.of() : List.of(name)));
    assertThat(request.parallelTools()).isNull();
  }

  @Test
  void parallelCallsCanBeSwitchedOff() {
    assertThat(
            with("\"tool_choice\":{\"type\":\"auto\",\"disable_parallel_tool_use\":true}")
                .parallelTools())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'thinking':{'type':'enabled','budget_tokens':2000} | ON | | 2000 | true",
        "'thinking':{'type':'enabled','budget_tokens':2000,'display':'omitted'}"
            + " | ON | | 2000 | false",
        "'thinking':{'type':'adaptive'} | ON | | |",
        "'thinking':{'type':'adaptive','display':'omitted'},'output_config':{'effort':'max'}"
            + " | ON | MAX | | false",
        "'thinking':{'type':'adaptive','display':'summarized'} | ON | | | true",
        "'thinking':{'type':'disabled'} | OFF | | |",
        "'output_config':{'effort':'xhigh'} | DEFAULT | XHIGH | |",
        "'output_config':{'effort':'medium'} | DEFAULT | MEDIUM | |",
        "'thinking':'yes' | DEFAULT | | |",
      })
  void thinkingIsRead(
      String members, Reasoning.Mode mode, Reasoning.Effort effort, Long budget, Boolean shown) {
    assertThat(with(members.replace('\'', '"')).reasoning())
        .isEqualTo(new Reasoning(mode, effort, budget, shown));
  }

  @Test
  void anEffortBesideABudgetIsNoted() {
    ChatRequest request =
        with(
            "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000},"
                + "\"output_config\":{\"effort\":\"low\"}");
    assertThat(request.reasoning().effort()).isNull();
    assertThat(notes.dropped()).containsExactly("output_config.effort");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"output_config\":{\"format\":%s}", "\"output_format\":%s"})
  void aSchemaForTheAnswerIsRead(String member) {
    String format = "{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}";
    OutputFormat read = with(String.format(member, format)).format();
    assertThat(read.kind()).isEqualTo(OutputFormat.Kind.SCHEMA);
    assertThat(read.schema()).isEqualTo(Trees.tree("{\"type\":\"object\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'container':'c_1' | container",
        "'mcp_servers':[{'url':'https://m'}] | mcp_servers",
        "'context_management':{'edits':[]} | context_management",
        "'mcp_servers':[] |",
      })
  void whatLivesAtAnthropicIsBound(String member, String bound) {
    assertThat(with(member.replace('\'', '"')).bound())
        .isEqualTo(bound == null ? List.of() : List.of(bound));
  }

  @Test
  void filesAreBound() {
    ChatRequest request =
        read(
            """
            {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[
             {"type":"image","source":{"type":"file","file_id":"file_1"}},
             {"type":"container_upload","file_id":"file_2"}]}]}
            """);
    assertThat(request.bound())
        .containsExactly(
            "messages[0].content[0].source.file_id", "messages[0].content[1] container_upload");
  }

  @Test
  void whatHasNoPlaceIsNoted() {
    with("\"inference_geo\":\"us\",\"speed\":\"fast\",\"unset\":null,\"off\":false");
    assertThat(notes.dropped()).containsExactly("inference_geo", "speed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"model\":\"m\"}",
        "{\"model\":\"m\",\"messages\":\"Hi\"}",
        "{\"model\":\"m\",\"messages\":[]}",
        "{\"model\":\"m\",\"messages\":[1]}",
        "{\"model\":\"m\",\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]}",
        "{\"model\":7,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
      })
  void whatIsNoRequestIsRefused(String body) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(Ineligible.class);
  }

  @Test
  void membersOfTheWrongKindAreNoFailure() {
    ChatRequest request =
        read(
            """
            {"model":"m","max_tokens":"many","system":7,"tools":{"a":1},"tool_choice":[],
             "temperature":"hot","stop_sequences":"x","thinking":1,"output_config":[],"metadata":2,
             "cache_control":"yes","messages":[{"role":"user","content":[
              1,null,"x",{"type":5},{"type":"image"},{"type":"tool_use","input":"{\\"a\\":1}"},
              {"type":"tool_result","content":3},{"type":"document","source":[]}]}]}
            """);
    assertThat(request.sampling().maxTokens()).isNull();
    assertThat(request.turns().get(0).parts())
        .filteredOn(Part.ToolCall.class::isInstance)
        .containsExactly(new Part.ToolCall("", "", "{\"a\":1}"));
  }

  private ChatRequest read(String body) {
    return Trees.read(body, notes);
  }

  private ChatRequest with(String members) {
    return read(
        "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
            + members
            + "}");
  }

  private List<Part> parts(String blocks) {
    return read("{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":["
            + blocks
            + "]}]}")
        .turns()
        .get(0)
        .parts();
  }
}
