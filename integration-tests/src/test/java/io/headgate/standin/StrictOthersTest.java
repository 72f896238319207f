// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictOthersTest {

  private static final String GEMINI = "{'contents':[{'role':'user','parts':[{'text':'Hi'}]}]}";
  private static final String CONVERSE = "{'messages':[{'role':'user','content':[{'text':'Hi'}]}]}";

  private static String gemini(String model) {
    return "/v1beta/models/" + model + ":generateContent";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          gemini-2.5-flash|{'max_tokens':1}|Unknown name 'max_tokens': Cannot find field.
          gemini-2.5-flash|{'generationConfig':{'max_tokens':1}}|Unknown name 'max_tokens' at 'generation_config'
          gemini-2.5-flash|{'contents':[]}|contents is not specified
          gemini-2.5-flash|{'contents':[{'role':'assistant','parts':[{'text':'a'}]}]}|Please use a valid role: user, model.
          gemini-2.5-flash|{'contents':[{'role':'user','parts':[]}]}|parts must not be empty
          gemini-2.5-flash|{'contents':[{'parts':[{'text':'a'}]},{'role':'model','parts':[{'functionCall':{'name':'f'}},{'functionCall':{'name':'g'}}]},{'role':'user','parts':[{'functionResponse':{'name':'f','response':{}}}]}]}|number of function response parts is equal
          gemini-2.5-flash|{'contents':[{'parts':[{'text':'a'}]},{'parts':[{'functionResponse':{'name':'f','response':{}}}]}]}|comes immediately after a function call turn
          gemini-2.5-flash|{'contents':[{'parts':[{'text':'a'}]},{'role':'model','parts':[{'functionCall':{'name':'f'}}]},{'parts':[{'functionResponse':{'name':'f','response':'b'}}]}]}|google.protobuf.Struct
          gemini-3-pro-preview|{'contents':[{'parts':[{'text':'a'}]},{'role':'model','parts':[{'functionCall':{'name':'f'}}]},{'parts':[{'functionResponse':{'name':'f','response':{}}}]}]}|missing a thought_signature
          gemini-2.5-flash|{'tools':[{'functionDeclarations':[{'name':'1f'}]}]}|Must start with a letter or an underscore
          gemini-2.5-flash|{'tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'object','additionalProperties':false}}]}]}|Unknown name 'additionalProperties' at
          gemini-2.5-flash|{'tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'object','properties':{'a':{'type':['string','null']}}}}]}]}|Proto field is not repeating
          gemini-2.5-flash|{'tools':[{'functionDeclarations':[{'name':'f','parameters':{'type':'object'},'parametersJsonSchema':{'type':'object'}}]}]}|cannot both be set
          gemini-2.5-flash|{'toolConfig':{'functionCallingConfig':{'mode':'REQUIRED'}}}|Invalid value at 'tool_config.function_calling_config.mode'
          gemini-2.5-flash|{'generationConfig':{'stopSequences':['1','2','3','4','5','6']}}|greater than 5
          gemini-2.5-flash|{'generationConfig':{'responseSchema':{'type':'object'}}}|only allowed when response mime type
          gemini-2.5-flash|{'generationConfig':{'thinkingConfig':{'thinkingLevel':'LOW'}}}|Thinking level is not supported
          gemini-2.5-pro|{'generationConfig':{'thinkingConfig':{'thinkingBudget':0}}}|only works in thinking mode
          gemini-3-pro-preview|{'generationConfig':{'thinkingConfig':{'thinkingLevel':'MINIMAL'}}}|Thinking level MINIMAL is not supported
          """)
  void geminiRefusesWhatTheHostRefuses(String model, String members, String words)
      throws Exception {
    try (Strictness host = new Strictness(gemini(model), GEMINI)) {
      host.refuses(members, "/error/message", words);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          gemini-2.5-flash|{'system_instruction':{'parts':[{'text':'a'}]},'generation_config':{'max_output_tokens':9,'thinking_config':{'thinking_budget':0}}}
          gemini-2.5-flash|{'contents':[{'parts':[{'text':'a'}]},{'parts':[{'text':'b'}]},{'role':'model','parts':[{'functionCall':{'name':'f','args':{}}}]},{'role':'user','parts':[{'functionResponse':{'name':'f','response':{'a':1}}},{'text':'c'}]}]}
          gemini-3-pro-preview|{'contents':[{'parts':[{'text':'a'}]},{'role':'model','parts':[{'functionCall':{'name':'f'},'thoughtSignature':'c2ln'},{'functionCall':{'name':'g'}}]},{'parts':[{'functionResponse':{'name':'f','response':{}}},{'functionResponse':{'name':'g','response':{}}}]}],'generationConfig':{'thinkingConfig':{'thinkingLevel':'HIGH'}}}
          gemini-2.5-flash|{'tools':[{'functionDeclarations':[{'name':'f','parametersJsonSchema':{'type':'object','additionalProperties':false}}]},{'googleSearch':{}}],'toolConfig':{'functionCallingConfig':{'mode':'ANY','allowedFunctionNames':['f']}}}
          gemini-2.5-flash|{'generationConfig':{'responseMimeType':'application/json','responseSchema':{'type':'OBJECT','properties':{'a':{'type':'ARRAY','items':{'type':'STRING'}}}}}}
          """)
  void geminiAcceptsWhatTheHostAccepts(String model, String members) throws Exception {
    try (Strictness host = new Strictness(gemini(model), GEMINI)) {
      host.accepts(members);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'max_tokens':1}|extraneous key [max_tokens]
          {'toolConfig':{'tools':[{'toolSpec':{'name':'f','inputSchema':{'json':{'type':'object'}}}}],'tool_choice':{}}}|extraneous key [toolConfig.tool_choice]
          {'messages':[{'role':'assistant','content':[{'text':'a'}]}]}|A conversation must start with a user message
          {'messages':[{'role':'user','content':[{'text':'a'}]},{'role':'user','content':[{'text':'b'}]}]}|must alternate between user and assistant roles
          {'messages':[{'role':'user','content':[{'text':' '}]}]}|The text field in the ContentBlock object at messages.0.content.0 is blank
          {'messages':[{'role':'user','content':[]}]}|The content field in the Message object at messages.0 is empty
          {'messages':[{'role':'user','content':[{'text':'a'}]},{'role':'assistant','content':[{'toolUse':{'toolUseId':'a','name':'f','input':{}}}]}]}|The toolConfig field must be defined
          {'messages':[{'role':'user','content':[{'text':'a'}]},{'role':'assistant','content':[{'toolUse':{'toolUseId':'a','name':'f','input':{}}}]},{'role':'user','content':[{'text':'b'}]}],'toolConfig':{'tools':[{'toolSpec':{'name':'f','inputSchema':{'json':{'type':'object'}}}}]}}|Expected toolResult blocks at messages.2.content for the following Ids: a
          {'messages':[{'role':'user','content':[{'text':'a'},{'document':{'name':'a.pdf','format':'pdf','source':{'bytes':'JVBERi0='}}}]}]}|can only contain alphanumeric
          {'messages':[{'role':'user','content':[{'document':{'name':'a','format':'pdf','source':{'bytes':'JVBERi0='}}}]}]}|A text block must be included
          {'messages':[{'role':'user','content':[{'image':{'format':'png','source':{'url':'https://a'}}}]}]}|extraneous key
          {'toolConfig':{'tools':[{'toolSpec':{'name':'f','inputSchema':{'json':{'type':'object'}}}}],'toolChoice':{'none':{}}}}|auto, any, tool
          {'inferenceConfig':{'temperature':1.5}}|less than or equal to 1
          {'inferenceConfig':{'temperature':0.5,'topP':0.5}}|cannot both be specified
          {'inferenceConfig':{'maxTokens':1000},'additionalModelRequestFields':{'thinking':{'type':'enabled','budget_tokens':1024}}}|'max_tokens' must be greater than
          """)
  void converseRefusesWhatTheHostRefuses(String members, String words) throws Exception {
    try (Strictness host =
        new Strictness("/model/anthropic.claude-haiku-4-5-20251001-v1:0/converse", CONVERSE)) {
      host.refuses(members, "/message", words);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          /v2/chat|{'foo':1}|/message|unknown field: foo
          /v2/chat|{'temperature':1.5}|/message|temperature must be between
          /v2/chat|{'messages':[{'role':'user','content':'a'},{'role':'tool','tool_call_id':'c','content':'b'}]}|/message|tool call id not found
          /v2/chat|{'tool_choice':'auto'}|/message|one of REQUIRED, NONE
          /v2/chat|{'response_format':{'type':'json_schema'}}|/message|one of text, json_object
          /api/chat|{'messages':[{'role':'user','content':[{'type':'text','text':'a'}]}]}|/error|cannot unmarshal array into Go struct field ChatRequest.content of type string
          /api/chat|{'messages':[{'role':'assistant','content':'','tool_calls':[{'function':{'name':'f','arguments':'{}'}}]}]}|/error|api.ToolCallFunctionArguments
          /api/chat|{'messages':[{'role':'user','content':'a','images':['data:image/png;base64,AAAA']}]}|/error|illegal base64 data
          /api/chat|{'options':{'num_predict':'5'}}|/error|option 'num_predict' must be of type integer
          /api/chat|{'think':'maybe'}|/error|invalid think value
          """)
  void cohereAndOllamaRefuseWhatTheyRefuse(
      String path, String members, String pointer, String words) throws Exception {
    try (Strictness host =
        new Strictness(path, "{'model':'m','messages':[{'role':'user','content':'Hi'}]}")) {
      host.refuses(members, pointer, words);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          /v2/chat|{'p':0.5,'k':3,'seed':1,'messages':[{'role':'user','content':'a'},{'role':'assistant','tool_plan':'b','tool_calls':[{'id':'c','type':'function','function':{'name':'f','arguments':'{}'}}]},{'role':'tool','tool_call_id':'c','content':[{'type':'document','document':{'data':'d'}}]}]}
          /api/chat|{'anything':1,'think':'high','format':{'type':'object'},'options':{'num_predict':5,'foo':1},'messages':[{'role':'assistant','content':'','tool_calls':[{'function':{'name':'f','arguments':{}}}]},{'role':'tool','content':'a','tool_name':'f'}]}
          """)
  void cohereAndOllamaAcceptTheRest(String path, String members) throws Exception {
    try (Strictness host =
        new Strictness(path, "{'model':'m','messages':[{'role':'user','content':'Hi'}]}")) {
      host.accepts(members);
    }
  }
}
