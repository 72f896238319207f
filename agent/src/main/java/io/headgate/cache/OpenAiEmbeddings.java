// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.json.JsonSlice;
import io.headgate.json.JsonSplices;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's embeddings ({@code platform.openai.com/docs/api-reference/embeddings}) and those of
 * servers that copied them. Each element of the answer says by its {@code index} which input it
 * belongs to.
 */
final class OpenAiEmbeddings implements EmbeddingFormat {

  /** OpenAI's own, and those of Mistral, Voyage, Jina, NVIDIA NIM and vLLM. */
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "input",
          "encoding_format",
          "dimensions",
          "user",
          "input_type",
          "truncate",
          "truncation",
          "truncate_prompt_tokens",
          "add_special_tokens",
          "output_dimension",
          "output_dtype",
          "embedding_type",
          "task",
          "normalize",
          "normalized",
          "priority",
          "service_tier",
          "metadata");

  @Override
  public boolean knows(String member) {
    return KNOWN.contains(member);
  }

  @Override
  public @Nullable Inputs inputs(JsonSlice request) {
    JsonSlice input = request.member("input");
    if (input == null) {
      return null;
    }
    if (input.isString()) {
      return new Inputs("input", input, List.of(input));
    }
    List<JsonSlice> each = input.elements();
    if (each.isEmpty()) {
      return null;
    }
    if (each.stream().allMatch(JsonSlice::isNumber)) {
      // The tokens of one text.
      return new Inputs("input", input, List.of(input));
    }
    boolean texts = each.stream().allMatch(JsonSlice::isString);
    return texts || each.stream().allMatch(OpenAiEmbeddings::isTokens)
        ? new Inputs("input", input, each)
        : null;
  }

  private static boolean isTokens(JsonSlice input) {
    List<JsonSlice> tokens = input.elements();
    return !tokens.isEmpty() && tokens.stream().allMatch(JsonSlice::isNumber);
  }

  @Override
  public byte[] alone(byte[] input) {
    return input;
  }

  @Override
  public @Nullable Parts parts(JsonSlice answer) {
    return Parts.of(answer, "data", "usage", answer.member("usage"));
  }

  @Override
  public boolean isEmbedding(JsonSlice element) {
    JsonSlice embedding = element.member("embedding");
    return embedding != null
        && (embedding.isArray() || embedding.isString())
        && !embedding.isEmpty();
  }

  /**
   * Some servers give no index, or always 0: whoever reads their answers goes by the order. Others
   * leave out only the 0.
   */
  @Override
  public int @Nullable [] places(List<JsonSlice> elements) {
    int[] places = new int[elements.size()];
    for (int i = 0; i < places.length; i++) {
      JsonSlice index = elements.get(i).member("index");
      if (index != null) {
        String raw = index.raw();
        if (raw.length() > 9 || !raw.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
          return null;
        }
        places[i] = Integer.parseInt(raw);
      }
    }
    if (Arrays.stream(places).allMatch(place -> place == 0)) {
      return EmbeddingFormat.super.places(elements);
    }
    boolean[] taken = new boolean[places.length];
    for (int place : places) {
      if (place >= taken.length || taken[place]) {
        return null;
      }
      taken[place] = true;
    }
    return places;
  }

  @Override
  public boolean tellsPlaces(List<JsonSlice> elements) {
    return elements.stream().anyMatch(element -> element.member("index") != null);
  }

  @Override
  public byte[] at(int place, JsonSlice element, boolean told) {
    byte[] digits = Integer.toString(place).getBytes(StandardCharsets.US_ASCII);
    JsonSlice index = element.member("index");
    if (index == null) {
      return told ? withIndex(element, digits) : element.bytes();
    }
    // The element as a document of its own, in which the index is then found again.
    JsonSlice own = JsonSlice.unchecked(element.bytes());
    JsonSlice old = own == null ? null : own.member("index");
    return own == null || old == null
        ? element.bytes()
        : new JsonSplices(own).replace(old, digits).bytes();
  }

  private static byte[] withIndex(JsonSlice element, byte[] digits) {
    byte[] bytes = element.bytes();
    byte[] start = Arrays.copyOf(bytes, bytes.length - 1);
    byte[] name = ",\"index\":".getBytes(StandardCharsets.US_ASCII);
    return JsonSplices.joined(start, name, digits, new byte[] {'}'});
  }
}
