// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictAnthropicTest {

  private static final String GOOD =
      "{'model':'claude-sonnet-4-5','max_tokens':3000,'messages':[{'role':'user','content':'Hi'}]}";

  private Strictness host;

  @BeforeEach
  void start() throws IOException {
    host = new Strictness("/v1/messages", GOOD);
  }

  @AfterEach
  void stop() {
    host.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'foo':1}|foo: Extra inputs are not permitted
          {'max_tokens':null}|max_tokens: Field required
          {'max_tokens':70000}|max_tokens: 70000 > 64000, which is the maximum allowed
          {'messages':null}|messages: Field required
          {'messages':[]}|at least one message is required
          {'messages':[{'role':'assistant','content':'Hi'}]}|first message must use the 'user' role
          {'messages':[{'role':'tool','content':'Hi'}]}|first message must use the 'user' role
          {'messages':[{'role':'user','content':' '}]}|must contain non-whitespace text
          {'messages':[{'role':'user','content':[]}]}|all messages must have non-empty content
          {'messages':[{'role':'user','content':[{'type':'text','text':''}]}]}|must be non-empty
          {'messages':[{'role':'user','content':[{'type':'image_url','image_url':{'url':'https://a'}}]}]}|Input tag 'image_url' found using 'type'
          {'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'image/bmp','data':'AAAA'}}]}]}|media_type: Input should be 'image/jpeg'
          {'messages':[{'role':'user','content':[{'type':'image','source':{'type':'base64','media_type':'image/png','data':'data:image/png;base64,AAAA'}}]}]}|not valid base64
          {'messages':[{'role':'user','content':[{'type':'text','text':'a','foo':1}]}]}|messages.0.content.0.text.foo: Extra inputs
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}}]}]}|'tool_use' ids were found without 'tool_result' blocks immediately after: a
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}}]},{'role':'user','content':[{'type':'text','text':'b'},{'type':'tool_result','tool_use_id':'a'}]}]}|without 'tool_result' blocks immediately after
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}},{'type':'tool_use','id':'b','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'b'}]}]}|immediately after: b
          {'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'}]}]}|unexpected 'tool_use_id' found in 'tool_result' blocks
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use','id':'a.b','name':'f','input':{}}]}]}|tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':'{}'}]}]}|tool_use.input: Input should be a valid dictionary
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b '}]}|cannot end with trailing whitespace
          {'model':'claude-opus-4-6','messages':[{'role':'user','content':'a'},{'role':'assistant','content':'b'}]}|does not support assistant message prefill
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'thinking','thinking':'b'}]}]}|thinking.signature: Field required
          {'system':[{'type':'text','text':''}]}|must be non-empty
          {'temperature':1.2}|temperature: range: 0..1
          {'temperature':0.5,'top_p':0.5}|'temperature' and 'top_p' cannot both be specified
          {'model':'claude-opus-4-7','temperature':0.5}|'temperature' is deprecated for this model
          {'model':'claude-sonnet-5','top_p':0.5}|'top_p' is deprecated for this model
          {'model':'claude-opus-4-8','top_k':5}|'top_k' is deprecated for this model
          {'stop_sequences':[' ']}|must contain non-whitespace
          {'metadata':{'user':'u'}}|metadata.user: Extra inputs are not permitted
          {'thinking':{'type':'enabled','budget_tokens':500}}|greater than or equal to 1024
          {'thinking':{'type':'enabled','budget_tokens':3000}}|'max_tokens' must be greater than 'thinking.budget_tokens'
          {'thinking':{'type':'enabled','budget_tokens':2000},'temperature':0.5}|'temperature' may only be set to 1
          {'thinking':{'type':'enabled','budget_tokens':2000},'top_k':5}|'top_k' must be unset
          {'thinking':{'type':'enabled','budget_tokens':2000},'tools':[{'name':'f','input_schema':{'type':'object'}}],'tool_choice':{'type':'any'}}|Thinking may not be enabled when tool_choice forces tool use
          {'thinking':{'type':'enabled','budget_tokens':2000},'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'a'}]}]}|Expected 'thinking' or 'redacted_thinking', but found 'tool_use'
          {'thinking':{'type':'adaptive'}}|adaptive thinking is not supported on this model
          {'model':'claude-opus-4-7','thinking':{'type':'enabled','budget_tokens':2000}}|'thinking.type.enabled' is not supported for this model
          {'tools':[{'name':'a b','input_schema':{'type':'object'}}]}|tools.0.custom.name: String should match pattern
          {'tools':[{'name':'f'}]}|tools.0.custom.input_schema: Field required
          {'tools':[{'name':'f','input_schema':{}}]}|input_schema.type: Input should be 'object'
          {'tools':[{'name':'f','input_schema':{'type':'object','anyOf':[]}}]}|does not support oneOf, allOf, or anyOf at the top level
          {'tools':[{'type':'function','function':{'name':'f'}}]}|Input tag 'function'
          {'tool_choice':{'type':'auto'}}|tool_choice may only be specified while providing tools
          {'tools':[{'name':'f','input_schema':{'type':'object'}}],'tool_choice':{'type':'tool','name':'g'}}|Tool 'g' not found in provided tools
          {'output_config':{'format':{'type':'json_schema','schema':{'type':'object','properties':{}}}}}|'additionalProperties' must be explicitly set to false
          {'output_config':{'effort':'high'}}|does not support the effort parameter
          {'system':[{'type':'text','text':'1','cache_control':{'type':'ephemeral'}},{'type':'text','text':'2','cache_control':{'type':'ephemeral'}},{'type':'text','text':'3','cache_control':{'type':'ephemeral'}},{'type':'text','text':'4','cache_control':{'type':'ephemeral'}},{'type':'text','text':'5','cache_control':{'type':'ephemeral'}}]}|A maximum of 4 blocks with cache_control may be provided. Found 5
          """)
  void refusesWhatTheHostRefuses(String members, String words) throws Exception {
    host.refuses(members, "/error/message", words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'system':'Be brief','temperature':0.5,'top_k':5,'stop_sequences':['x'],'metadata':{'user_id':'u'}}
          {'x_unknown':{'nested':1},'top_p':null}
          {'model':'my-own-model','temperature':0.5,'top_p':0.5}
          {'model':'claude-opus-4-7','temperature':1,'thinking':{'type':'adaptive'},'output_config':{'effort':'xhigh'}}
          {'thinking':{'type':'enabled','budget_tokens':1024},'temperature':1}
          {'messages':[{'role':'user','content':'a'},{'role':'user','content':'b'},{'role':'assistant','content':'c'}]}
          {'messages':[{'role':'user','content':'a'},{'role':'assistant','content':[{'type':'tool_use','id':'a','name':'f','input':{}},{'type':'tool_use','id':'b','name':'f','input':{}}]},{'role':'user','content':[{'type':'tool_result','tool_use_id':'b','content':'x'},{'type':'tool_result','tool_use_id':'a','content':[{'type':'text','text':'y'}],'is_error':true},{'type':'text','text':'b'}]}]}
          {'messages':[{'role':'user','content':[{'type':'image','source':{'type':'url','url':'https://a.test/b.png'}},{'type':'document','source':{'type':'base64','media_type':'application/pdf','data':'JVBERi0='}}]}]}
          {'tools':[{'name':'f','input_schema':{'type':'object'},'strict':false},{'type':'web_search_20250305','name':'web_search','max_uses':3}],'tool_choice':{'type':'any','disable_parallel_tool_use':true}}
          {'output_config':{'format':{'type':'json_schema','schema':{'type':'object','additionalProperties':false,'properties':{'a':{'type':'string'}},'required':['a']}}}}
          """)
  void acceptsWhatTheHostAccepts(String members) throws Exception {
    host.accepts(members);
  }

  @Test
  void vertexAndBedrockWantTheirVersionAndNoModelOrStream() throws Exception {
    String vertex = "/v1/projects/p/locations/l/publishers/anthropic/models/claude-opus-4-5:";
    String bedrock = "/model/anthropic.claude-opus-4-5-20251101-v1:0/invoke";
    String version = "{'model':null,'anthropic_version':'v'}";

    assertThat(host.post(vertex + "rawPredict", "{}").body())
        .contains("model: Extra inputs are not permitted");
    assertThat(host.post(bedrock, version.replace("}", ",'stream':false}")).body())
        .contains("model: Extra inputs are not permitted");
  }
}
