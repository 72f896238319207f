// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Operation;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.json.JsonSlice;
import io.headgate.json.JsonSplices;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request for the embeddings of one or more inputs, of which each could be asked for alone.
 * Inputs are named by their place, from 0. Used by one thread at a time.
 */
final class EmbeddingBatch {

  private final byte[] body;
  private final JsonSlice root;
  private final EmbeddingFormat format;
  private final EmbeddingFormat.Inputs inputs;
  private final EmbeddingAnswers answers;

  private EmbeddingBatch(
      byte[] body, JsonSlice root, EmbeddingFormat format, EmbeddingFormat.Inputs inputs) {
    this.body = body;
    this.root = root;
    this.format = format;
    this.inputs = inputs;
    this.answers = new EmbeddingAnswers(format);
  }

  /**
   * The request as a batch; null if its answer is not to be taken apart: it is of another kind,
   * cannot be seen, has something in it that nobody here knows, or is signed.
   *
   * @param ignored members of the body that make no difference, as a rule says
   */
  static @Nullable EmbeddingBatch of(
      Endpoint endpoint, GatewayRequest request, Set<String> ignored) {
    if (endpoint.operation() != Operation.EMBEDDINGS
        || !request.method().equals("POST")
        || request.body().opaque()
        || isSealed(request)) {
      return null;
    }
    EmbeddingFormat format = EmbeddingFormat.of(endpoint, request.uri());
    JsonSlice root = format == null ? null : JsonSlice.of(request.body().bytes());
    if (format == null || root == null || !root.isObject()) {
      return null;
    }
    for (JsonSlice.Member member : root.members()) {
      if (!format.knows(member.name()) && !ignored.contains(member.name())) {
        return null;
      }
    }
    EmbeddingFormat.Inputs inputs = format.inputs(root);
    // Where inputs make no difference, nothing would keep them apart.
    return inputs == null || ignored.stream().anyMatch(path -> leadsTo(path, inputs.name()))
        ? null
        : new EmbeddingBatch(request.body().bytes(), root, format, inputs);
  }

  private static boolean leadsTo(String path, String member) {
    return path.equals(member) || path.startsWith(member + ".");
  }

  /** Whether the request says something of its body's bytes that another body would break. */
  private static boolean isSealed(GatewayRequest request) {
    String authorization = request.headers().first("authorization");
    return request.headers().contains("content-encoding")
        || request.headers().contains("content-md5")
        || request.headers().contains("content-digest")
        || request.headers().contains("digest")
        || request.headers().contains("signature")
        || (authorization != null && authorization.startsWith("AWS4-"));
  }

  /** How many inputs there are; at least one. */
  int size() {
    return inputs.each().size();
  }

  /**
   * The body that asks for one input alone: the same whether it stood alone or among others, and
   * however it was written.
   */
  byte[] alone(int input) {
    return with(format.alone(inputs.each().get(input).bytes()));
  }

  /** The body that asks for some inputs, in that order; nothing else of it changes. */
  byte[] asking(int[] some) {
    boolean all = some.length == size();
    List<byte[]> kept = new ArrayList<>(some.length);
    for (int i = 0; i < some.length; i++) {
      all &= some[i] == i;
      kept.add(inputs.each().get(some[i]).bytes());
    }
    return all ? body : with(JsonSplices.array(kept));
  }

  private byte[] with(byte[] value) {
    return new JsonSplices(root).replace(inputs.value(), value).bytes();
  }

  /** How much of what is used is some inputs' part, by how long they are; each at least 1. */
  long[] weights(int[] some) {
    long[] weights = new long[some.length];
    for (int i = 0; i < some.length; i++) {
      JsonSlice input = inputs.each().get(some[i]);
      weights[i] =
          Math.max(1, input.isArray() ? input.elements().size() : input.raw().length() - 2L);
    }
    return weights;
  }

  /**
   * Takes an answer apart.
   *
   * @param some the inputs that it was given to, in that order
   * @return for each of them what an answer to it alone would be; null if that cannot be told
   */
  @Nullable List<byte[]> split(byte[] answer, int[] some) {
    return answers.split(answer, weights(some));
  }

  /** Whether an answer is one without any embedding in it: an error, say. */
  boolean hasNone(byte[] answer) {
    return answers.hasNone(answer);
  }

  /**
   * Puts answers to one input each together.
   *
   * @param singles for each input of this batch
   * @param newest which of them says what is said once
   * @return null if they do not fit together
   */
  byte @Nullable [] merged(List<byte[]> singles, int newest) {
    return answers.merged(singles, newest);
  }
}
