// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import static io.headgate.cache.Embeddings.COHERE;
import static io.headgate.cache.Embeddings.GEMINI;
import static io.headgate.cache.Embeddings.OLLAMA;
import static io.headgate.cache.Embeddings.OPENAI;
import static io.headgate.cache.Embeddings.VERTEX;
import static io.headgate.cache.Embeddings.batch;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.json.JsonTree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers taken apart and put together. */
class EmbeddingAnswersTest {

  private static final EmbeddingBatch TWO = batch(OPENAI, "{\"input\":[\"aaa\",\"b\"]}");
  private static final EmbeddingBatch THREE = batch(OPENAI, "{\"input\":[\"a\",\"b\",\"c\"]}");

  private static @Nullable List<String> split(EmbeddingBatch batch, String answer) {
    List<byte[]> singles = batch.split(answer.getBytes(UTF_8), all(batch));
    return singles == null ? null : singles.stream().map(s -> new String(s, UTF_8)).toList();
  }

  private static int[] all(EmbeddingBatch batch) {
    return IntStream.range(0, batch.size()).toArray();
  }

  private static String merged(EmbeddingBatch batch, int newest, List<String> singles) {
    byte[] merged = batch.merged(singles.stream().map(s -> s.getBytes(UTF_8)).toList(), newest);
    return new String(Objects.requireNonNull(merged), UTF_8);
  }

  private static String item(String index, String embedding) {
    return "{\"object\":\"embedding\"," + index + "\"embedding\":" + embedding + "}";
  }

  private static String openAi(String data, int tokens) {
    return "{\"object\":\"list\",\"data\":["
        + data
        + "],\"model\":\"m-1\",\"usage\":{\"prompt_tokens\":"
        + tokens
        + ",\"total_tokens\":"
        + tokens
        + "}}";
  }

  @Test
  void everyDigitAndEveryOtherMemberStays() {
    String first = "{\"x\":{\"y\":1.0},\"index\":0,\"embedding\":[1.0e-7,-0.10000000000000000001]}";
    String second = "{\"index\": 1 ,\"embedding\":\"AAD/fw==\"}";
    String answer = "{\"id\":\"q\",\"data\": [" + first + " , " + second + "] ,\"own\":[0.30]}";
    assertThat(split(TWO, answer))
        .containsExactly(
            "{\"id\":\"q\",\"data\": [" + first + "] ,\"own\":[0.30]}",
            "{\"id\":\"q\",\"data\": [{\"index\": 0 ,\"embedding\":\"AAD/fw==\"}] ,\"own\":[0.30]}");
  }

  @Test
  void theIndexDecidesWhoseItIs() {
    String shuffled = item("\"index\":1,", "[2]") + "," + item("\"index\":0,", "[1]");
    List<String> singles = Objects.requireNonNull(split(TWO, openAi(shuffled, 4)));
    assertThat(singles)
        .containsExactly(
            openAi(item("\"index\":0,", "[1]"), 3), openAi(item("\"index\":0,", "[2]"), 1));
    assertThat(merged(TWO, 0, singles))
        .isEqualTo(openAi(item("\"index\":0,", "[1]") + "," + item("\"index\":1,", "[2]"), 4));
  }

  @Test
  void withoutAnIndexTheOrderDecides() {
    String plain = openAi(item("", "[1]") + "," + item("", "[2]"), 4);
    List<String> singles = Objects.requireNonNull(split(TWO, plain));
    assertThat(singles).containsExactly(openAi(item("", "[1]"), 3), openAi(item("", "[2]"), 1));
    assertThat(merged(TWO, 0, singles)).isEqualTo(plain);
    String zeros = openAi(item("\"index\":0,", "[1]") + "," + item("\"index\":0,", "[2]"), 4);
    assertThat(Objects.requireNonNull(split(TWO, zeros)).get(1))
        .isEqualTo(openAi(item("\"index\":0,", "[2]"), 1));
  }

  @Test
  void anIndexOfZeroMayBeLeftOut() {
    String answer = openAi(item("\"index\":1,", "[2]") + "," + item("", "[1]"), 4);
    List<String> singles = Objects.requireNonNull(split(TWO, answer));
    assertThat(singles.get(0)).contains("[1],\"index\":0}");
    assertThat(merged(TWO, 0, List.of(singles.get(1), singles.get(0))))
        .isEqualTo(
            openAi(
                item("\"index\":0,", "[2]")
                    + ",{\"object\":\"embedding\",\"embedding\":[1],\"index\":1}",
                4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "<html>",
        "{\"error\":{\"message\":\"busy\"}}",
        "{\"data\":null}",
        "{\"data\":[]}",
        "{\"data\":{\"embedding\":[1]}}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[2]}]}",
        "{\"data\":[{\"index\":1,\"embedding\":[1]},{\"index\":1,\"embedding\":[2]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":-1,\"embedding\":[2]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":\"1\",\"embedding\":[2]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[]}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":\"\"}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":null}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1}]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},null]}",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[2]}]",
        "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[2]},"
            + "{\"index\":2,\"embedding\":[3]}]}"
      })
  void whatIsNoAnswerToThatManyIsNotTakenApart(String answer) {
    assertThat(split(TWO, answer)).isNull();
  }

  @Test
  void anAnswerToOneIsThatAnswer() {
    EmbeddingBatch one = batch(OPENAI, "{\"input\":\"a\"}");
    String answer = " " + openAi(item("\"index\":0,", "[ 1.0 ]"), 7) + "\n";
    assertThat(split(one, answer)).containsExactly(answer);
    assertThat(merged(one, 0, List.of(answer))).isEqualTo(answer);
    assertThat(split(one, openAi(item("\"index\":3,", "[1]"), 7))).isNull();
  }

  @Test
  void whatWasUsedIsSharedAndSummed() {
    String data =
        item("\"index\":0,", "[1]")
            + ","
            + item("\"index\":1,", "[2]")
            + ","
            + item("\"index\":2,", "[3]");
    String answer =
        openAi(data, 10).replace("\"usage\":{", "\"usage\":{\"cost\":0.0001,\"d\":{\"t\":[3]},");
    List<String> singles = Objects.requireNonNull(split(THREE, answer));
    assertThat(singles.get(0)).contains("\"prompt_tokens\":3,").contains("\"t\":[1]");
    assertThat(singles.get(1)).contains("\"prompt_tokens\":4,");
    assertThat(merged(THREE, 1, singles)).isEqualTo(answer);
    List<String> twice = List.of(singles.get(1), singles.get(0), singles.get(1));
    assertThat(merged(THREE, 0, twice)).contains("\"prompt_tokens\":11,");
  }

  @Test
  void theNewestAnswerSaysWhatIsSaidOnce() {
    String older = openAi(item("\"index\":0,", "[1]"), 3);
    String newer = openAi(item("\"index\":0,", "[2]"), 4).replace("m-1", "m-2");
    assertThat(merged(TWO, 1, List.of(older, newer)))
        .isEqualTo(
            openAi(item("\"index\":0,", "[1]") + "," + item("\"index\":1,", "[2]"), 7)
                .replace("m-1", "m-2"));
  }

  @Test
  void whatDoesNotFitTogetherIsNotMerged() {
    byte[] good = openAi(item("\"index\":0,", "[1]"), 3).getBytes(UTF_8);
    for (String bad :
        List.of("", "{}", "{\"data\":[]}", "{\"data\":[1,2]}", "{\"data\":[{]}", "{\"data\" 7}")) {
      assertThat(TWO.merged(List.of(good, bad.getBytes(UTF_8)), 0)).isNull();
      assertThat(TWO.merged(List.of(good, bad.getBytes(UTF_8)), 1)).isNull();
    }
  }

  @Test
  void cohereAnswersByTypeAndEchoesTheTexts() {
    EmbeddingBatch batch = batch(COHERE, "{\"texts\":[\"a\",\"b\"]}");
    String answer =
        "{\"id\":\"i\",\"embeddings\":{\"float\":[[0.10],[0.20]],\"int8\":[[1],[2]],\"ubinary\":null},"
            + "\"texts\":[\"a\",\"b\"],\"images\":[],\"meta\":{\"api_version\":{\"version\":\"2\"},"
            + "\"billed_units\":{\"input_tokens\":4}}}";
    String single =
        "{\"id\":\"i\",\"embeddings\":{\"float\":[[0.20]],\"int8\":[[2]],\"ubinary\":null},"
            + "\"texts\":[\"b\"],\"images\":[],\"meta\":{\"api_version\":{\"version\":\"2\"},"
            + "\"billed_units\":{\"input_tokens\":2}}}";
    List<String> singles = Objects.requireNonNull(split(batch, answer));
    assertThat(singles.get(1)).isEqualTo(single);
    assertThat(merged(batch, 0, singles)).isEqualTo(answer);
    assertThat(split(batch, answer.replace("[[1],[2]]", "[[1]]"))).isNull();
    assertThat(split(batch, answer.replace("[\"a\",\"b\"]", "[\"a\"]"))).isNull();
    String other = single.replace("int8", "uint8");
    assertThat(batch.merged(List.of(single.getBytes(UTF_8), other.getBytes(UTF_8)), 0)).isNull();
  }

  @Test
  void coheresFirstVersionAnswersWithOneList() {
    EmbeddingBatch batch = batch(COHERE, "{\"texts\":[\"a\",\"b\"]}");
    String answer =
        "{\"response_type\":\"embeddings_floats\",\"embeddings\":[[0.10],[0.20]],\"texts\":[\"a\",\"b\"]}";
    List<String> singles = Objects.requireNonNull(split(batch, answer));
    assertThat(singles.get(0))
        .isEqualTo(
            "{\"response_type\":\"embeddings_floats\",\"embeddings\":[[0.10]],\"texts\":[\"a\"]}");
    assertThat(merged(batch, 1, singles)).isEqualTo(answer);
  }

  @Test
  void ollamaCountsItsTokensOnce() {
    EmbeddingBatch batch = batch(OLLAMA, "{\"input\":[\"a\",\"b\"]}");
    String answer =
        "{\"model\":\"m\",\"embeddings\":[[0.10],[0.20]],\"total_duration\":9,\"prompt_eval_count\":4}";
    List<String> singles = Objects.requireNonNull(split(batch, answer));
    assertThat(singles.get(1))
        .isEqualTo(
            "{\"model\":\"m\",\"embeddings\":[[0.20]],\"total_duration\":9,\"prompt_eval_count\":2}");
    assertThat(merged(batch, 1, singles)).isEqualTo(answer);
    assertThat(split(batch, "{\"embeddings\":[[0.1],null]}")).isNull();
  }

  @Test
  void googlesAnswersGoByTheOrder() {
    EmbeddingBatch gemini = batch(GEMINI, "{\"requests\":[{\"model\":\"m\"},{\"model\":\"n\"}]}");
    String values = "{\"embeddings\":[{\"values\":[0.10]},{\"values\":[0.20]}]}";
    List<String> singles = Objects.requireNonNull(split(gemini, values));
    assertThat(singles.get(1)).isEqualTo("{\"embeddings\":[{\"values\":[0.20]}]}");
    assertThat(merged(gemini, 0, singles)).isEqualTo(values);
    EmbeddingBatch vertex =
        batch(VERTEX, "{\"instances\":[{\"content\":\"a\"},{\"content\":\"b\"}]}");
    String predictions =
        "{\"predictions\":[{\"embeddings\":{\"values\":[1],\"statistics\":{\"token_count\":2}}},"
            + "{\"embeddings\":{\"values\":[2],\"statistics\":{\"token_count\":5}}}],"
            + "\"metadata\":{\"billableCharacterCount\":6}}";
    List<String> own = Objects.requireNonNull(split(vertex, predictions));
    assertThat(own.get(1)).contains("\"token_count\":5").contains("\"billableCharacterCount\":3");
    assertThat(merged(vertex, 1, own)).isEqualTo(predictions);
    assertThat(split(vertex, "{\"predictions\":[{},{}]}")).isNull();
  }

  @Test
  void noTwoAreEverMixedUp() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      int size = 1 + random.nextInt(12);
      List<String> inputs = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        inputs.add("\"" + "x".repeat(random.nextInt(9)) + random.nextInt(8) + "\"");
      }
      EmbeddingBatch batch = batch(OPENAI, "{\"input\":[" + String.join(",", inputs) + "]}");
      List<Integer> some = new ArrayList<>(IntStream.range(0, size).boxed().toList());
      Collections.shuffle(some, random);
      int[] asked =
          some.subList(0, 1 + random.nextInt(size)).stream().mapToInt(i -> i).sorted().toArray();
      assertThat(JsonTree.at(JsonTree.read(batch.asking(asked)), "input"))
          .isEqualTo(IntStream.of(asked).mapToObj(i -> inputs.get(i).replace("\"", "")).toList());
      List<byte[]> singles =
          Objects.requireNonNull(batch.split(answer(inputs, asked, random), asked));
      List<byte[]> picked = new ArrayList<>();
      List<String> wanted = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        int from = random.nextInt(asked.length);
        picked.add(singles.get(from));
        wanted.add(inputs.get(asked[from]).replace("\"", ""));
      }
      Object merged = JsonTree.read(Objects.requireNonNull(batch.merged(picked, 0)));
      for (int i = 0; i < size; i++) {
        assertThat(JsonTree.at(merged, "data." + i + ".embedding")).isEqualTo(wanted.get(i));
        assertThat(JsonTree.at(merged, "data." + i + ".index")).isEqualTo((long) i);
      }
    }
  }

  /** An answer in any order whose vectors are the inputs themselves. */
  private static byte[] answer(List<String> inputs, int[] asked, Random random) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < asked.length; i++) {
      items.add(item("\"index\":" + i + ",", inputs.get(asked[i])));
    }
    Collections.shuffle(items, random);
    return openAi(String.join(",", items), random.nextInt(100)).getBytes(UTF_8);
  }
}
