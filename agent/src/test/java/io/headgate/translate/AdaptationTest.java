// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.BodyEdits;
import io.headgate.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptationTest {

  private static BodyEdits edits(WireFormat format, @Nullable String refused, String body) {
    Traits traits = Fits.CATALOG.of(format, "openai", "o4-mini");
    return Adaptation.of(
        format,
        body.getBytes(StandardCharsets.UTF_8),
        traits,
        refused == null ? List.of() : List.of(refused.split(" ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // What it refused before of what the app itself said.
        "OPENAI|max_tokens|{'max_tokens':200}|max_tokens|{'max_completion_tokens':200}",
        "OPENAI|max_tokens|{'max_tokens':200,'max_completion_tokens':100}|max_tokens|{}",
        "OPENAI|max_tokens|{'max_completion_tokens':100}||{}",
        "OPENAI|max_completion_tokens|{'max_completion_tokens':9}|max_completion_tokens|{'max_tokens':9}",
        // No limit at all is not what the app wants.
        "OPENAI|max_completion_tokens max_tokens|{'max_tokens':9}||{}",
        "OPENAI_RESPONSES|max_output_tokens|{'max_output_tokens':9}||{}",
        "ANTHROPIC|max_tokens|{'max_tokens':9}||{}",
        // Words that stand for more than a member.
        "OPENAI|developer|{'messages':[{'role':'developer','content':'a'},{'role':'user'}]}||{'messages':[{'role':'system','content':'a'},{'role':'user'}]}",
        "OPENAI|developer|{'messages':[{'role':'user'}]}||{}",
        "OPENAI_RESPONSES|developer|{'input':[{'role':'developer'}]}||{'input':[{'role':'system'}]}",
        "OPENAI_RESPONSES|developer|{'input':'developer'}||{}",
        "ANTHROPIC|temperature+top_p|{'temperature':1,'top_p':0.5}|top_p|{}",
        "ANTHROPIC|temperature+top_p|{'top_p':0.5}||{}",
        "BEDROCK|temperature+top_p|{'inferenceConfig':{'temperature':1,'topP':0.5}}|inferenceConfig.topP|{}",
        "OPENAI|tools+reasoning_effort|{'tools':[{}],'reasoning_effort':'low'}|reasoning_effort|{}",
        "OPENAI|tools+reasoning_effort|{'reasoning_effort':'low'}||{}",
        "OPENAI|tools+reasoning_effort|{'tools':[{}],'reasoning_effort':'none'}||{}",
        "OPENAI|seed|{'seed':1}|seed|{}",
      })
  void whatWasRefusedIsNotSaidAgainBySomebodyElsesWords(
      WireFormat format,
      @Nullable String refused,
      String body,
      @Nullable String removed,
      String set) {
    BodyEdits edits = edits(format, refused, body.replace('\'', '"'));

    assertThat(String.join(" ", edits.remove())).isEqualTo(removed == null ? "" : removed);
    assertThat(new String(JsonWriter.write(edits.set()), StandardCharsets.UTF_8).replace('"', '\''))
        .isEqualTo(set);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{'max_tokens':1,'temperature':2}|max_tokens temperature|{'max_completion_tokens':1}",
        "{'tools':[{}],'messages':[]}||{}",
        "[]||{}",
        "no JSON||{}",
      })
  void anotherProviderGetsWhatItHasAPlaceFor(String body, @Nullable String removed, String set) {
    BodyEdits edits = edits(WireFormat.OPENAI, null, body.replace('\'', '"'));

    assertThat(String.join(" ", edits.remove())).isEqualTo(removed == null ? "" : removed);
    assertThat(new String(JsonWriter.write(edits.set()), StandardCharsets.UTF_8).replace('"', '\''))
        .isEqualTo(set);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // What OpenAI's answers have, and SDKs send back.
        "mistral|[{'role':'assistant','content':'a','refusal':null,'annotations':[],'audio':null}]|[{'role':'assistant','content':'a'}]",
        "groq|[{'role':'assistant','content':'a','annotations':[]},{'role':'user','content':'b'}]|[{'role':'assistant','content':'a'},{'role':'user','content':'b'}]",
        "groq|[{'role':'assistant','refusal':'no'}]|",
        "groq|[{'role':'user','content':'a','audio':null}]|",
        "groq|['x',7,null,{'role':5}]|",
        "mistral|[{'role':'tool','content':'a'},{'role':'user','content':'b'}]|[{'role':'tool','content':'a'},{'role':'assistant','content':'OK.'},{'role':'user','content':'b'}]",
        "groq|[{'role':'tool','content':'a'},{'role':'user','content':'b'}]|",
      })
  void messagesAreSuchAsTheProviderTakesThem(
      String provider, String messages, @Nullable String adapted) {
    String body = ("{'messages':" + messages + "}").replace('\'', '"');
    BodyEdits edits =
        Adaptation.of(
            WireFormat.OPENAI,
            body.getBytes(StandardCharsets.UTF_8),
            Fits.CATALOG.of(WireFormat.OPENAI, provider, "m"),
            List.of());

    Object said = edits.set().get("messages");
    assertThat(said == null ? null : new String(JsonWriter.write(said), StandardCharsets.UTF_8))
        .isEqualTo(adapted == null ? null : adapted.replace('\'', '"'));
  }
}
