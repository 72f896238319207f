// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatQuestionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "OPENAI | {'model':'m','messages':[{'role':'system','content':'S'},{'role':'user','content':'Q'}],'n':1.50}",
        "OPENAI | {'messages':[{'role':'user','content':[{'type':'text','text':'Q'}]}]}",
        "OPENAI | {'messages':[{'role':'user','name':'u','content':'Q'}],'tools':[{'type':'function'}],'tool_choice':'none'}",
        "OPENAI | {'messages':[{'role':'user','content':'Q'}],'tools':[]}",
        "OPENAI | {'messages':[{'role':'user','content':'A'},{'role':'assistant','content':'B'},{'role':'user','content':'Q'}]}",
        "OPENAI_RESPONSES | {'input':'Q','instructions':'S'}",
        "OPENAI_RESPONSES | {'input':[{'role':'user','content':'Q'}]}",
        "OPENAI_RESPONSES | {'input':[{'type':'message','role':'user','content':[{'type':'input_text','text':'Q'}]}]}",
        "ANTHROPIC | {'messages':[{'role':'user','content':[{'type':'text','text':'Q','cache_control':{'type':'ephemeral'}}]}]}",
        "ANTHROPIC | {'messages':[{'role':'user','content':'Q'}],'tools':[{'name':'t'}],'tool_choice':{'type':'none'}}",
        "GEMINI | {'contents':[{'parts':[{'text':'Q'}]}]}",
        "GEMINI | {'contents':[{'role':'user','parts':[{'text':'Q'}]}],'tools':[{'functionDeclarations':[]}],'toolConfig':{'functionCallingConfig':{'mode':'NONE'}}}",
        "COHERE | {'messages':[{'role':'user','content':'Q'}]}",
        "COHERE | {'message':'Q','chat_history':[]}",
        "OLLAMA | {'messages':[{'role':'user','content':'Q','images':[]}]}",
      })
  void takesTheLastQuestionOut(WireFormat format, String json) {
    ChatQuestion question = ask(format, json);
    assertThat(question.whyNot()).isNull();
    assertThat(question.text()).isEqualTo("Q");
    assertThat(new String(question.rest(), UTF_8))
        .isEqualTo(json.replace("'Q'", "null").replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "it offers tools | OPENAI | {'messages':[{'role':'user','content':'Q'}],'tools':[{'type':'function'}]}",
        "it offers tools | OPENAI | {'messages':[{'role':'user','content':'Q'}],'tools':[{'type':'function'}],'tool_choice':'auto'}",
        "it offers tools | OPENAI | {'messages':[{'role':'user','content':'Q'}],'functions':[{'name':'f'}]}",
        "it offers tools | ANTHROPIC | {'messages':[{'role':'user','content':'Q'}],'tools':[{'name':'t'}]}",
        "it offers tools | ANTHROPIC | {'messages':[{'role':'user','content':'Q'}],'mcp_servers':[{'url':'u'}]}",
        "it offers tools | GEMINI | {'contents':[{'parts':[{'text':'Q'}]}],'tools':[{'googleSearch':{}}],'toolConfig':{'functionCallingConfig':{'mode':'NONE'}}}",
        "it offers tools | OLLAMA | {'messages':[{'role':'user','content':'Q'}],'tools':[{'type':'function'}]}",
        "it searches the web | OPENAI | {'messages':[{'role':'user','content':'Q'}],'web_search_options':{}}",
        "the server keeps its history | OPENAI_RESPONSES | {'input':'Q','conversation':'c'}",
        "the server keeps a part of it | GEMINI | {'contents':[{'parts':[{'text':'Q'}]}],'cachedContent':'c'}",
        "it runs in the background | OPENAI_RESPONSES | {'input':'Q','background':true}",
        "its last message is not the user's | OPENAI | {'messages':[{'role':'user','content':'Q'},{'role':'assistant','content':'A'}]}",
        "its last message is not the user's | OPENAI | {'messages':[{'role':'user','content':'Q'},{'role':'tool','tool_call_id':'1','content':'A'}]}",
        "its last message is not the user's | OPENAI_RESPONSES | {'input':[{'type':'function_call_output','call_id':'1','output':'A'}]}",
        "its last message is not the user's | GEMINI | {'contents':[{'role':'model','parts':[{'text':'Q'}]}]}",
        "a tool call is not answered | OPENAI | {'messages':[{'role':'assistant','tool_calls':[{'id':'1'}]},{'role':'user','content':'Q'}]}",
        "a tool call is not answered | ANTHROPIC | {'messages':[{'role':'assistant','content':[{'type':'tool_use'}]},{'role':'user','content':'Q'}]}",
        "a tool call is not answered | GEMINI | {'contents':[{'role':'model','parts':[{'functionCall':{}}]},{'parts':[{'text':'Q'}]}]}",
        "the user's last turn is not only text | OPENAI | {'messages':[{'role':'user','content':[{'type':'text','text':'Q'},{'type':'image_url','image_url':{'url':'u'}}]}]}",
        "the user's last turn is not only text | ANTHROPIC | {'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'1'},{'type':'text','text':'Q'}]}]}",
        "the user's last turn is not only text | ANTHROPIC | {'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'1'}]},{'role':'user','content':'Q'}]}",
        "the user's last turn is not only text | ANTHROPIC | {'messages':[{'role':'user','content':[{'type':'document','source':{}},{'type':'text','text':'Q'}]}]}",
        "the user's last turn is not only text | GEMINI | {'contents':[{'parts':[{'inlineData':{'data':'x'}},{'text':'Q'}]}]}",
        "the user's last turn is not only text | GEMINI | {'contents':[{'parts':[{'functionResponse':{'name':'f'}}]}]}",
        "the user's last turn is not only text | OLLAMA | {'messages':[{'role':'user','content':'Q','images':['x']}]}",
        "the user's last turn is not only text | OPENAI_RESPONSES | {'input':[{'role':'user','content':[{'type':'input_file','file_id':'f'}]}]}",
        "its body says something twice | OPENAI | {'messages':[{'role':'user','content':'P'}],'messages':[{'role':'user','content':'Q'}]}",
        "it asks nothing | OPENAI | {'messages':[{'role':'user','content':' '}]}",
        "it has no messages | OPENAI | {'messages':[]}",
        "its body is no JSON object | OPENAI | [1]",
        "questions of its format are not known | BEDROCK | {'messages':[]}",
      })
  void saysWhyNot(String why, WireFormat format, String json) {
    ChatQuestion question = ask(format, json);
    assertThat(question.whyNot()).isEqualTo(why);
    assertThat(question.text()).isNull();
    assertThat(question.rest()).isNull();
  }

  @Test
  void allPartsOfTheTurnAreTheQuestion() {
    ChatQuestion question =
        ask(
            WireFormat.OPENAI,
            "{'messages':[{'role':'user','content':[{'type':'text','text':'a\\n\\u00e9'},"
                + "{'type':'text','text':'b'}]}]}");
    assertThat(question.text()).isEqualTo("a\né\nb");
    assertThat(new String(question.rest(), UTF_8))
        .isEqualTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":null},"
                + "{\"type\":\"text\",\"text\":null}]}]}");
  }

  @Test
  void aVeryLongQuestionIsNotLikeAnother() {
    String json = "{'input':'" + "x".repeat(ChatQuestion.LONGEST) + "'}";
    assertThat(ask(WireFormat.OPENAI_RESPONSES, json).text()).isNotNull();
    assertThat(ask(WireFormat.OPENAI_RESPONSES, json.replace("'}", "x'}")).text()).isNull();
  }

  @Test
  void onlyChatsAskQuestions() {
    Endpoint endpoint =
        new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.EMBEDDINGS, null, false);
    assertThat(ChatQuestion.of(endpoint, "{}".getBytes(UTF_8)).whyNot()).isEqualTo("it is no chat");
  }

  private static ChatQuestion ask(WireFormat format, String json) {
    Endpoint endpoint = new Endpoint("p", "p", format, Operation.CHAT, null, false);
    return ChatQuestion.of(endpoint, json.replace('\'', '"').getBytes(UTF_8));
  }
}
