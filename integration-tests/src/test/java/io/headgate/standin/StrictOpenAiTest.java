// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictOpenAiTest {

  private static final String CHAT = "/v1/chat/completions";
  private static final String GOOD =
      "{'model':'gpt-4o','messages':[{'role':'user','content':'Hi'}]}";
  private static final String RESPONSE = "{'model':'gpt-4o','input':'Hi'}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'top_k':1}|Unrecognized request argument supplied: top_k
          {'messages':null}|Missing required parameter: 'messages'.
          {'messages':[]}|Invalid 'messages': empty array
          {'messages':[{'role':'model','content':'a'}]}|Invalid value: 'model'. Supported values are
          {'messages':[{'role':'user','content':null}]}|Invalid value for 'content': expected a string, got null.
          {'messages':[{'role':'assistant','content':null}]}|Invalid value for 'content': expected a string, got null.
          {'messages':[{'role':'user','content':[{'type':'text','text':'a','cache_control':{'type':'ephemeral'}}]}]}|Unknown parameter: 'messages[0].content[0].cache_control'.
          {'messages':[{'role':'user','content':[{'type':'image','source':{}}]}]}|Invalid value: 'image'
          {'messages':[{'role':'user','content':[{'type':'image_url','image_url':'https://a'}]}]}|Invalid type for 'messages[0].content[0].image_url'
          {'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'AAAA'}}]}]}|Expected a valid URL or a base64-encoded data URL
          {'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:image/bmp;base64,AAAA'}}]}]}|unsupported image
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]}]}|did not have response messages: c
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':{}}}]}]}|Invalid type for 'messages[1].tool_calls[0].function.arguments': expected a string, but got an object
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[{'id':'12345678901234567890123456789012345678901','type':'function','function':{'name':'f','arguments':'{}'}}]}]}|maximum length 40, but got a string with length 41
          {'messages':[{'role':'user','content':'a'},{'role':'tool','tool_call_id':'c','content':'b'}]}|messages with role 'tool' must be a response to a preceeding message with 'tool_calls'
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c','content':[{'type':'image_url','image_url':{'url':'https://a'}}]}]}|Image URLs are only allowed for messages with role 'user'
          {'temperature':2.5}|Invalid 'temperature': decimal above maximum value. Expected a value <= 2
          {'temperature':'1'}|Invalid type for 'temperature': expected a decimal, but got a string
          {'max_tokens':20000}|max_tokens is too large: 20000. This model supports at most 16384
          {'stop':['1','2','3','4','5']}|Expected an array with maximum length 4
          {'stream_options':{'include_usage':true}}|only allowed when 'stream' is enabled
          {'reasoning_effort':'low'}|Unrecognized request argument supplied: reasoning_effort
          {'model':'o3','max_tokens':5}|Use 'max_completion_tokens' instead
          {'model':'gpt-5-mini','temperature':0.5}|'temperature' does not support 0.5 with this model. Only the default (1) value
          {'model':'gpt-5','top_p':0.5}|Unsupported parameter: 'top_p'
          {'model':'o4-mini','stop':'x'}|Unsupported parameter: 'stop'
          {'model':'gpt-5','logprobs':true}|Unsupported parameter: 'logprobs'
          {'tools':[]}|Invalid 'tools': empty array
          {'tools':[{'name':'f','input_schema':{}}]}|Missing required parameter: 'tools[0].type'
          {'tools':[{'type':'function','function':{'name':'a.b'}}]}|string does not match pattern
          {'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'string'}}}]}|schema must be a JSON Schema of 'type: 'object''
          {'tools':[{'type':'function','function':{'name':'f','parameters':{'type':'object','properties':{'a':{'type':'array'}}}}}]}|In context=('properties', 'a'), array schema missing items
          {'tools':[{'type':'function','function':{'name':'f','strict':true,'parameters':{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false}}}]}|Missing 'a'
          {'tool_choice':'auto'}|'tool_choice' is only allowed when 'tools' are specified
          {'parallel_tool_calls':false}|'parallel_tool_calls' is only allowed when 'tools' are specified
          {'response_format':{'type':'json_object'}}|must contain the word 'json'
          {'response_format':{'type':'json_schema','json_schema':{'schema':{'type':'object'}}}}|Missing required parameter: 'response_format.json_schema.name'
          {'response_format':{'type':'json_schema','json_schema':{'name':'a','strict':true,'schema':{'type':'object'}}}}|'additionalProperties' is required to be supplied and to be false
          """)
  void chatRefusesWhatTheHostRefuses(String members, String words) throws Exception {
    try (Strictness host = new Strictness(CHAT, GOOD)) {
      host.refuses(members, "/error/message", words);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'temperature':2,'top_p':1,'seed':7,'n':1,'stop':'x','max_tokens':9,'frequency_penalty':0.5,'user':'u'}
          {'x_unknown':1,'max_tokens':null,'tools':null}
          {'model':'my-model','reasoning_effort':'low','temperature':0.5}
          {'model':'o3','max_completion_tokens':500,'reasoning_effort':'high','temperature':1}
          {'model':'gpt-5','reasoning_effort':'none','temperature':0.5}
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c','name':'f','content':'b'}]}
          {'messages':[{'role':'developer','content':'a'},{'role':'user','content':[{'type':'text','text':'a'},{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA','detail':'low'}}]}]}
          {'tools':[{'type':'function','function':{'name':'f'}}],'tool_choice':{'type':'function','function':{'name':'f'}},'parallel_tool_calls':true}
          {'stream':true,'stream_options':{'include_usage':true}}
          """)
  void chatAcceptsWhatTheHostAccepts(String members) throws Exception {
    try (Strictness host = new Strictness(CHAT, GOOD)) {
      host.accepts(members);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'stop':'x'}|Unknown parameter: 'stop'.
          {'seed':1}|Unknown parameter: 'seed'.
          {'n':1}|Unknown parameter: 'n'.
          {'max_tokens':100}|has moved to 'max_output_tokens'
          {'input':null}|Missing required parameter: 'input'.
          {'max_output_tokens':5}|Expected a value >= 16
          {'model':'gpt-5','temperature':0.5}|'temperature' is not supported with this model
          {'reasoning':{'effort':'low'}}|'reasoning.effort' is not supported with this model
          {'tools':[{'type':'function','function':{'name':'f'}}]}|Missing required parameter: 'tools[0].name'.
          {'input':[{'role':'user','content':[{'type':'text','text':'a'}]}]}|Invalid value: 'text'. Supported values are: 'input_text'
          {'input':[{'role':'assistant','content':[{'type':'input_text','text':'a'}]}]}|Supported values are: 'output_text', 'refusal'
          {'input':[{'role':'user','content':[{'type':'input_image','image_url':{'url':'https://a'}}]}]}|Invalid type for 'input[0].content[0].image_url'
          {'input':[{'type':'function_call','call_id':'c','name':'f','arguments':'{}'}]}|No tool output found for function call c.
          {'input':[{'type':'function_call_output','call_id':'c','output':'a'}]}|No tool call found for function call output with call_id c.
          {'input':[{'type':'function_call','id':'call_1','call_id':'c','name':'f','arguments':'{}'}]}|Expected an ID that begins with 'fc'
          {'text':{'format':{'type':'json_schema','schema':{'type':'object'}}}}|Missing required parameter: 'text.format.name'
          """)
  void responsesRefusesWhatTheHostRefuses(String members, String words) throws Exception {
    try (Strictness host = new Strictness("/v1/responses", RESPONSE)) {
      host.refuses(members, "/error/message", words);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'instructions':'Be brief','max_output_tokens':100,'temperature':0.5,'store':false,'include':[]}
          {'model':'gpt-5','reasoning':{'effort':'low','summary':'auto'}}
          {'input':[{'role':'user','content':'a'},{'type':'reasoning','id':'rs_1','summary':[]},{'type':'function_call','id':'fc_1','call_id':'c','name':'f','arguments':'{}'},{'type':'function_call_output','call_id':'c','output':[{'type':'input_text','text':'b'}]}]}
          {'previous_response_id':'resp_1','input':[{'type':'function_call_output','call_id':'c','output':'a'}]}
          {'tools':[{'type':'function','name':'f','parameters':{'type':'object'},'strict':false},{'type':'web_search'}],'tool_choice':'required'}
          """)
  void responsesAcceptsWhatTheHostAccepts(String members) throws Exception {
    try (Strictness host = new Strictness("/v1/responses", RESPONSE)) {
      host.accepts(members);
    }
  }

  @Test
  void theRefusalNamesTheParameterAndTheKind() throws Exception {
    try (Strictness host = new Strictness(CHAT, GOOD)) {
      HttpResponse<String> response = host.post("{'model':'o3','max_tokens':5}");
      JsonNode error = Json.read(Reply.bytes(response.body())).path("error");
      assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
      assertThat(error.path("param").asText()).isEqualTo("max_tokens");
      assertThat(error.path("code").asText()).isEqualTo("unsupported_parameter");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'seed':1}|422|Extra inputs are not permitted
          {'stream_options':{}}|422|stream_options
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'','tool_calls':[{'id':'call_1','function':{'name':'f','arguments':'{}'}}]}]}|400|with a length of 9
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]}|400|Expected last role User or Tool
          {'random_seed':1,'safe_prompt':true}|200|choices
          """)
  void mistralRefusesInItsOwnWay(String members, int status, String words) throws Exception {
    try (Strictness host = new Strictness("/mistral/v1/chat/completions", GOOD)) {
      HttpResponse<String> response = host.post(members);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
      assertThat(response.body()).contains(words);
    }
  }

  @Test
  void anotherHostOfTheFormMayKnowMore() throws Exception {
    try (Strictness host = new Strictness("/deepseek/chat/completions", GOOD)) {
      host.accepts("{'model':'deepseek-chat','thinking':{'type':'enabled'}}");
    }
  }
}
