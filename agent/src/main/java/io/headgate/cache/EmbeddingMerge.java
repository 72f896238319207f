// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.Attempt;
import io.headgate.gateway.CacheOptions;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Headers;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.WireError;
import io.headgate.state.EntryKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Makes of an answer to some of the app's inputs, and of what is kept of the others, the answer to
 * all of them. Where that cannot be done the app gets an error: rather no vector than another
 * input's.
 */
final class EmbeddingMerge {

  private final CachedCall call;
  private final Question question;
  private final EmbeddingBatch batch;
  private final EntryKey[] keys;
  private final int[] asked;
  private final KnownEmbeddings known;

  EmbeddingMerge(
      CachedCall call,
      Question question,
      EmbeddingBatch batch,
      EntryKey[] keys,
      int[] asked,
      KnownEmbeddings known) {
    this.call = call;
    this.question = question;
    this.batch = batch;
    this.keys = keys;
    this.asked = asked;
    this.known = known;
  }

  /** What the app is to get. The stage does not fail. */
  CompletionStage<GatewayResponse> of(GatewayResponse answer, Attempt attempt) {
    Content content = answer.content();
    if (content == null) {
      answer.abandon();
      return CompletableFuture.completedFuture(refused());
    }
    CompletableFuture<byte[]> whole = WholeContent.of(content).toCompletableFuture();
    return whole.isDone()
        ? whole.handle((bytes, failure) -> came(answer, attempt, bytes, failure))
        // Not on the client's own thread, which other calls may need.
        : whole.handleAsync(
            (bytes, failure) -> came(answer, attempt, bytes, failure),
            call.tools().home().background());
  }

  private GatewayResponse came(
      GatewayResponse answer,
      Attempt attempt,
      byte @Nullable [] packed,
      @Nullable Throwable failure) {
    if (packed == null) {
      answer.abandon();
      Throwable cause = Causes.of(failure == null ? new IllegalStateException() : failure);
      return like(answer, answer.headers(), new Content(new Broken(cause), body()));
    }
    try {
      return merged(answer, attempt, packed);
    } catch (Throwable t) {
      call.tools().home().fault(t);
      return refused();
    }
  }

  private GatewayResponse merged(GatewayResponse answer, Attempt attempt, byte[] packed) {
    String encoding = answer.headers().first("content-encoding");
    byte[] plain = Unpacked.of(packed, encoding, Integer.MAX_VALUE - 8);
    List<byte[]> singles = plain == null ? null : batch.split(plain, asked);
    if (plain != null && singles == null && batch.hasNone(plain)) {
      // The provider's own words, for an error: there is nothing in them to be mixed up.
      return like(answer, answer.headers(), Content.of(packed, body()));
    }
    byte[] all = singles == null ? null : all(singles);
    if (singles == null || all == null) {
      return refused();
    }
    if (call.policy().options().control() != CacheOptions.Control.NO_STORE) {
      new EmbeddingKeeping(call, question, batch, keys, asked, answer, attempt)
          .keep(packed, singles);
    }
    Headers headers = answer.headers().without(EmbeddingMerge::isOfTheBytes);
    return like(answer, headers, Content.of(all, body()));
  }

  private byte @Nullable [] all(List<byte[]> singles) {
    Map<EntryKey, byte[]> fresh = new HashMap<>();
    for (int i = 0; i < asked.length; i++) {
      fresh.put(keys[asked[i]], singles.get(i));
    }
    List<byte[]> all = new ArrayList<>(keys.length);
    for (EntryKey key : keys) {
      byte[] single = fresh.get(key);
      StoredAnswer kept = single == null ? known.get(key) : null;
      if (kept != null) {
        single = kept.body();
      }
      if (single == null) {
        return null;
      }
      all.add(single);
    }
    return batch.merged(all, asked[0]);
  }

  /** What was true of the bytes that came. */
  private static boolean isOfTheBytes(String lowerCaseName) {
    return switch (lowerCaseName) {
      case "content-length",
          "content-encoding",
          "transfer-encoding",
          "content-md5",
          "content-digest",
          "digest",
          "etag" ->
          true;
      default -> false;
    };
  }

  /** The next try, which an SDK makes by itself after such an error, is sent as it is. */
  private GatewayResponse refused() {
    CacheHome home = call.tools().home();
    home.wholeOnly().add(question.request().uri(), question.model(), home.nowMillis());
    WireError error =
        new WireError(
            WireError.Kind.UPSTREAM,
            "the upstream's embeddings cannot be assigned to the inputs that were sent");
    var format = question.endpoint().format();
    return GatewayResponse.of(
        call.tools().editor().status(error),
        call.tools().editor().errorHeaders(format, error),
        "",
        Content.of(call.tools().editor().error(format, error), body()));
  }

  private static GatewayResponse like(GatewayResponse answer, Headers headers, Content content) {
    return GatewayResponse.of(answer.status(), headers, answer.protocol(), content);
  }

  private LiveBody body() {
    return new LiveBody(call.tools().home()::fault);
  }

  /** An answer that broke off. */
  private record Broken(Throwable cause) implements ContentSource {
    @Override
    public CompletionStage<@Nullable ByteBuffer> next() {
      return CompletableFuture.failedFuture(cause);
    }

    @Override
    public void close() {}
  }
}
