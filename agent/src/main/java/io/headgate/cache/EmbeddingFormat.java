// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Endpoint;
import io.headgate.json.JsonSlice;
import java.net.URI;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How one wire format asks for the embeddings of several inputs at once, and how it answers: all
 * that is to be known to ask for some of them only. Implementations are stateless.
 */
interface EmbeddingFormat {

  /** Of calls to that endpoint; null if they are not to be taken apart. */
  static @Nullable EmbeddingFormat of(Endpoint endpoint, URI uri) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return switch (endpoint.format()) {
      case OPENAI -> new OpenAiEmbeddings();
      case COHERE -> path.endsWith("/embed") ? new CohereEmbeddings() : null;
      case OLLAMA -> path.endsWith("/embed") ? new OllamaEmbeddings() : null;
      case GEMINI ->
          path.endsWith(":batchEmbedContents")
              ? new GeminiEmbeddings()
              : path.endsWith(":predict") ? new VertexEmbeddings() : null;
      default -> null;
    };
  }

  /**
   * Whether a member of the request holds for each input by itself. One that nobody here knows may
   * make the inputs depend on each other, as Jina's {@code late_chunking} does.
   */
  boolean knows(String member);

  /** The inputs of a request; null if they are not to be taken apart. */
  @Nullable Inputs inputs(JsonSlice request);

  /** What stands in the place of all inputs where there is only this one. */
  byte[] alone(byte[] input);

  /** The parts of an answer; null if it is no answer with embeddings. */
  @Nullable Parts parts(JsonSlice answer);

  /** Whether an element of a column of vectors is an embedding. */
  boolean isEmbedding(JsonSlice element);

  /**
   * To which input each element of the vectors' column belongs, as the answer says; null if that
   * cannot be told.
   */
  default int @Nullable [] places(List<JsonSlice> elements) {
    int[] places = new int[elements.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = i;
    }
    return places;
  }

  /**
   * An element as it is written at another place.
   *
   * @param told whether places are told, or only by the order
   */
  default byte[] at(int place, JsonSlice element, boolean told) {
    return element.bytes();
  }

  /** Whether the answer's elements say to which input they belong. */
  default boolean tellsPlaces(List<JsonSlice> elements) {
    return false;
  }

  /**
   * The inputs of a request.
   *
   * @param name of the member they are in
   * @param value all of them
   * @param each one by one
   */
  record Inputs(String name, JsonSlice value, List<JsonSlice> each) {

    /** A member that is an array of inputs; null if it is none, or has one of another kind. */
    static @Nullable Inputs of(JsonSlice request, String name, Predicate<JsonSlice> kind) {
      JsonSlice value = request.member(name);
      List<JsonSlice> each = value == null ? List.of() : value.elements();
      return value != null && !each.isEmpty() && each.stream().allMatch(kind)
          ? new Inputs(name, value, each)
          : null;
    }
  }

  /**
   * What of an answer is per input.
   *
   * @param columns arrays that have one element for each input
   * @param counts values in which every number is a sum over the inputs
   */
  record Parts(List<Column> columns, List<Count> counts) {

    /**
     * An answer with one column, of vectors; null if it is not there.
     *
     * @param count the value of the count; null if the answer has none
     */
    static @Nullable Parts of(
        JsonSlice answer, String column, String countName, @Nullable JsonSlice count) {
      JsonSlice vectors = answer.member(column);
      return vectors == null || !vectors.isArray()
          ? null
          : new Parts(
              List.of(new Column(column, vectors, true)),
              count == null ? List.of() : List.of(new Count(countName, count)));
    }
  }

  /**
   * An array with one element for each input.
   *
   * @param vectors whether these are the embeddings, rather than what comes along
   */
  record Column(String name, JsonSlice array, boolean vectors) {}

  /** A value in which every number is a sum over the inputs. */
  record Count(String name, JsonSlice value) {}
}
