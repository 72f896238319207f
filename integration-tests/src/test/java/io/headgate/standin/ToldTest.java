// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of answer, from every surface. */
class ToldTest {

  private static final String OPENAI_TOOLS =
      "'tools':[{'type':'function','function':{'name':'look'}},{'type':'function','function':{'name':'now'}}]";

  /** A request of each format with the text and with two tools, {@code look} and {@code now}. */
  private static String request(String path, String text) {
    String messages = "'messages':[{'role':'user','content':'" + text + "'}]";
    String request =
        switch (path) {
          case "/v1/messages" ->
              "'model':'claude-sonnet-4-5','max_tokens':3000,'thinking':{'type':'enabled','budget_tokens':1024},"
                  + messages
                  + ",'tools':[{'name':'look','input_schema':{'type':'object'}},{'name':'now','input_schema':{'type':'object'}}]";
          case "/deepseek/v1/chat/completions" ->
              "'model':'deepseek','reasoning_effort':'low'," + messages + "," + OPENAI_TOOLS;
          case "/v1/responses" ->
              "'model':'o3','reasoning':{'summary':'auto'},'input':'"
                  + text
                  + "','tools':[{'type':'function','name':'look'},{'type':'function','name':'now'}]";
          case "/v2/chat" ->
              "'model':'m','thinking':{'type':'enabled'}," + messages + "," + OPENAI_TOOLS;
          case "/api/chat" ->
              "'model':'m','stream':false,'think':true," + messages + "," + OPENAI_TOOLS;
          case "/model/anthropic.claude-sonnet-4-5-v1:0/converse" ->
              "'additionalModelRequestFields':{'thinking':{'type':'enabled','budget_tokens':1024}},'messages':[{'role':'user','content':[{'text':'"
                  + text
                  + "'}]}],'toolConfig':{'tools':[{'toolSpec':{'name':'look','inputSchema':{'json':{'type':'object'}}}},{'toolSpec':{'name':'now','inputSchema':{'json':{'type':'object'}}}}]}";
          default ->
              "'generationConfig':{'thinkingConfig':{'includeThoughts':true}},'contents':[{'parts':[{'text':'"
                  + text
                  + "'}]}],'tools':[{'functionDeclarations':[{'name':'look'},{'name':'now'}]}]";
        };
    return "{" + request + "}";
  }

  private static String asked(String path, String text, String more) throws Exception {
    String body = request(path, text);
    try (Strictness host = new Strictness(path, body)) {
      var response = host.post(more);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return response.body();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/messages",
        "/deepseek/v1/chat/completions",
        "/v1/responses",
        "/v2/chat",
        "/api/chat",
        "/model/anthropic.claude-sonnet-4-5-v1:0/converse",
        "/v1beta/models/gemini-2.5-flash:generateContent"
      })
  void everySurfaceCallsToolsThinksAndEnds(String path) throws Exception {
    String both = asked(path, "[[standin:tool=#1,now();thinks=Hmm]]", "{}");
    assertThat(both).contains("Hmm", "\"look\"", "\"now\"", "ticket").doesNotContain("In short");

    String plain = asked(path, "Hello [[standin:thinks]]", "{}");
    assertThat(plain).contains("Let me see", "In short: Hello").doesNotContain("\"look\",");

    assertThat(asked(path, "[[standin:ends=length]]", "{}"))
        .containsPattern("\"(max_tokens|length|incomplete|MAX_TOKENS)\"");
    if (!path.equals("/api/chat")) {
      assertThat(asked(path, "[[standin:ends=filter]]", "{}"))
          .containsPattern("\"(refusal|content_filter|content_filtered|SAFETY|ERROR)\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          /v1/messages|{'thinking':null,'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'look','input':{}},{'type':'tool_use','id':'b','name':'now','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'one'},{'type':'tool_result','tool_use_id':'b','content':[{'type':'text','text':'two'}]}]}]}
          /deepseek/v1/chat/completions|{'messages':[{'role':'assistant','tool_calls':[{'id':'a','type':'function','function':{'name':'look','arguments':'{}'}},{'id':'b','type':'function','function':{'name':'now','arguments':'{}'}}]},{'role':'tool','tool_call_id':'a','content':'one'},{'role':'tool','tool_call_id':'b','content':'two'}]}
          /v1/responses|{'input':[{'type':'function_call','call_id':'a','name':'look','arguments':'{}'},{'type':'function_call','call_id':'b','name':'now','arguments':'{}'},{'type':'function_call_output','call_id':'a','output':'one'},{'type':'function_call_output','call_id':'b','output':'two'}]}
          /api/chat|{'messages':[{'role':'tool','content':'one'},{'role':'tool','content':'two'}]}
          /model/anthropic.claude-sonnet-4-5-v1:0/converse|{'messages':[{'role':'user','content':[{'text':'a'}]},{'role':'assistant','content':[{'toolUse':{'toolUseId':'a','name':'look','input':{}}},{'toolUse':{'toolUseId':'b','name':'now','input':{}}}]},{'role':'user','content':[{'toolResult':{'toolUseId':'a','content':[{'text':'one'}]}},{'toolResult':{'toolUseId':'b','content':[{'text':'two'}]}}]}]}
          /v1beta/models/gemini-2.5-flash:generateContent|{'contents':[{'parts':[{'text':'a'}]},{'role':'model','parts':[{'functionCall':{'name':'look'}},{'functionCall':{'name':'now'}}]},{'parts':[{'functionResponse':{'name':'look','response':{'result':'one'}}},{'functionResponse':{'name':'now','response':{'result':'two'}}}]}]}
          """)
  void whatToolsSaidIsRepeated(String path, String more) throws Exception {
    assertThat(asked(path, "a", more)).contains("In short: one; two Next step");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          /v1/messages|{'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBORw=='}}]}]}
          /deepseek/v1/chat/completions|{'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/png;base64,iVBORw=='}}]}]}
          /v1/responses|{'input':[{'role':'user','content':[{'type':'input_image','image_url':'data:image/png;base64,iVBORw=='}]}]}
          /api/chat|{'messages':[{'role':'user','content':'a','images':['iVBORw==']}]}
          /model/anthropic.claude-sonnet-4-5-v1:0/converse|{'messages':[{'role':'user','content':[{'image':{'format':'png','source':{'bytes':'iVBORw=='}}}]}]}
          /v1beta/models/gemini-2.5-flash:generateContent|{'contents':[{'parts':[{'inlineData':{'mimeType':'image/png','data':'iVBORw=='}}]}]}
          """)
  void anImageIsNamedByItsTypeAndBytes(String path, String more) throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G'};
    assertThat(asked(path, "a", more)).contains("I see image/png " + Media.hash(png) + ".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          /v1/messages|{'output_config':{'format':{'type':'json_schema','schema':{'type':'object','properties':{'n':{'type':'integer'}},'additionalProperties':false}}}}
          /deepseek/v1/chat/completions|{'response_format':{'type':'json_schema','json_schema':{'name':'a','schema':{'type':'object','properties':{'n':{'type':'integer'}}}}}}
          /v1/responses|{'text':{'format':{'type':'json_schema','name':'a','schema':{'type':'object','properties':{'n':{'type':'integer'}}}}}}
          /v2/chat|{'tools':null,'response_format':{'type':'json_object','json_schema':{'type':'object','properties':{'n':{'type':'integer'}}}}}
          /api/chat|{'format':{'type':'object','properties':{'n':{'type':'integer'}}}}
          /v1beta/models/gemini-2.5-flash:generateContent|{'tools':null,'generationConfig':{'responseMimeType':'application/json','responseSchema':{'type':'OBJECT','properties':{'n':{'type':'INTEGER'}}}}}
          """)
  void aSchemaIsFilled(String path, String more) throws Exception {
    assertThat(asked(path, "a", more)).contains("{\\\"n\\\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/messages",
        "/deepseek/v1/chat/completions",
        "/v1/responses",
        "/v2/chat",
        "/api/chat"
      })
  void aStreamSaysTheSame(String path) throws Exception {
    String stream = asked(path, "[[standin:tool=look,now();thinks=Hmm]]", "{'stream':true}");
    for (String said : List.of("Hmm", "\"look\"", "\"now\"")) {
      assertThat(stream).contains(said);
    }
  }
}
