// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeaningGateTest {

  private static final List<Pairs> ADVERSARIAL = Pairs.of("adversarial.tsv");
  private static final List<Pairs> HELD_OUT = Pairs.of("held-out.tsv");
  private static final List<Pairs> PARAPHRASES = Pairs.of("paraphrases.tsv");

  @Test
  void noAdversarialPairPassesWhateverItsVectors() {
    assertThat(ADVERSARIAL).hasSizeGreaterThan(500);
    assertThat(ADVERSARIAL.stream().filter(pair -> pair.difference() == null)).isEmpty();
  }

  @Test
  void noAdversarialPairPassesBothGatesAtTheUsualThreshold() {
    assertThat(
            Stream.concat(ADVERSARIAL.stream(), HELD_OUT.stream())
                .filter(pair -> pair.similarity() >= 0.95 && pair.difference() == null))
        .isEmpty();
  }

  /** The gate was not made to fit these. */
  @Test
  void noUnseenPairPassesWhateverItsVectors() {
    List<Pairs> others =
        Stream.concat(
                HELD_OUT.stream(), PARAPHRASES.stream().filter(pair -> pair.kind().equals("other")))
            .toList();
    assertThat(others).hasSizeGreaterThan(130);
    assertThat(others.stream().filter(pair -> pair.difference() == null)).isEmpty();
  }

  @Test
  void theVectorsAloneWouldLetMoreThanAHundredPass() {
    assertThat(ADVERSARIAL.stream().filter(pair -> pair.similarity() >= 0.95))
        .hasSizeGreaterThan(100);
  }

  @Test
  void itDoesNotMatterWhichQuestionCameFirst() {
    assertThat(
            Stream.concat(ADVERSARIAL.stream(), PARAPHRASES.stream())
                .filter(
                    pair ->
                        (pair.difference() == null)
                            != (new Pairs(pair.kind(), pair.b(), pair.a()).difference() == null)))
        .isEmpty();
  }

  @Test
  void aQuestionMeansWhatItMeans() {
    for (Pairs pair : ADVERSARIAL) {
      for (String text : List.of(pair.a(), pair.b())) {
        assertThat(new Pairs("same", text, "  " + text + " ").difference()).as(text).isNull();
      }
    }
  }

  @Test
  void mostParaphrasesPass() {
    long same = PARAPHRASES.stream().filter(pair -> pair.kind().equals("same")).count();
    long pass =
        PARAPHRASES.stream()
            .filter(pair -> pair.kind().equals("same") && pair.difference() == null)
            .count();
    assertThat(same).isGreaterThanOrEqualTo(60);
    assertThat(pass / (double) same).isGreaterThan(0.75);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "numbers | Is 5 km far? | Is 6 km far?",
        "numbers | Do all birds fly? | Do some birds fly?",
        "negation | Is it done? | Is it not done?",
        "names | Is it far to Rome? | Is it far to Bonn?",
        "names | Is Rome older than Bonn? | Is Bonn older than Rome?",
        "opposites | How do I turn it on? | How do I turn it off?",
        "question | When was it built? | Where was it built?",
        "time | Who wins? | Who won?",
        "symbols | What is 2 + 3? | What is 2 - 3?",
        "symbols | My day was 😀 | My day was 😡",
        "persons | Does he like tea? | Does she like tea?",
        "persons | Does Bob like her? | Does she like Bob?",
        "names | Is vitamin a safe? | Is vitamin b safe?",
        "words | Do I treat hypertension? | Do I treat hypotension?",
        "words | How do I use a key? | How do I find a key?",
        "language | How do I cancel my order? | Wie kann ich meine Bestellung stornieren?",
        "language | パスワードを忘れた | パスワードを変えた",
      })
  void saysInWhatTheyDiffer(String word, String a, String b) {
    MeaningGate.Difference difference = new Pairs("", a, b).difference();
    assertThat(difference).isNotNull();
    assertThat(difference.word()).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How do I reset my password? | HOW CAN I RESET MY PASSWORD",
        "Can I add three users? | Can I add 3 users?",
        "It costs $1,000 | It costs 1000 dollars",
        "The first of 20 % | the 1st of 20 percent",
        "I can't log in | I am unable to sign in",
        "When will my order arrive? | When does my order arrive?",
        "Where is my iPhone? | where is my iphone",
        "How do I switch it off? | How do I disable it?",
        "How do I reset my password? | How can I reset my password, please?",
        "How do I reset my password? | Hi, I need help resetting my password",
        "How do I reset my password? | Could you explain how to reset passwords?",
        "Where is my order? | I would like to know where my order is",
        "Can I get a refund? | Is it possible to get a refund?",
        "What is 2+3? | what is 2 + 3",
        "How far is 5 km? | How far is 5 kilometers?",
      })
  void manyWaysOfWritingAreOne(String a, String b) {
    assertThat(new Pairs("same", a, b).difference()).isNull();
  }

  @Test
  void aGistIsReadAsItWasWritten() {
    Gist gist = Pairs.gist("Why can't Anna uninstall version 2.0 before Monday?");
    ByteBuffer bytes = ByteBuffer.allocate(gist.size());
    gist.write(bytes);
    assertThat(bytes.hasRemaining()).isFalse();
    Gist read = Gist.read(bytes.flip());
    assertThat(read).usingRecursiveComparison().isEqualTo(gist);
  }

  @Test
  void aDamagedGistIsNone() {
    Gist gist = Pairs.gist("Why can't Anna uninstall version 2.0 before Monday?");
    ByteBuffer bytes = ByteBuffer.allocate(gist.size());
    gist.write(bytes);
    for (int length = 0; length < bytes.capacity(); length++) {
      assertThat(Gist.read(bytes.duplicate().flip().limit(length))).isNull();
    }
  }

  @Test
  void withAnotherKeyNothingOfAGistIsTheSame() {
    String text = "Does Anna live in Paris?";
    Gist other = GistReader.of(text, new Keyed(new byte[16]));
    assertThat(other).isNotNull();
    assertThat(other.words()).doesNotContain(Pairs.gist(text).words());
  }
}
