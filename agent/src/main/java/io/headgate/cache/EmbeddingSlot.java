// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.CacheOptions;
import io.headgate.gateway.CacheResult;
import io.headgate.gateway.CacheResult.Status;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.RequestBody;
import io.headgate.state.EntryKey;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A batch of inputs to embed at one target, each of which is answered by itself: what is kept is
 * not asked for again, and what is in the batch twice is asked for once. Calls for the same inputs
 * do not wait for each other.
 */
final class EmbeddingSlot implements CacheSlot {

  private final CachedCall call;
  private final CacheHome home;
  private final CachePolicy policy;
  private final Caller caller;
  private final Question question;
  private final EmbeddingBatch batch;
  private final Exchange exchange;
  private final CacheOptions.Control control;
  private final Later later;
  private final Hits hits;

  /** One for each input; empty until they are made, and again if we fail. */
  private EntryKey[] keys = {};

  private KnownEmbeddings known;

  /** The inputs that are sent; empty unless the request is another one than the app's. */
  private int[] some = {};

  private GatewayRequest request;

  private EmbeddingSlot(CachedCall call, Caller caller, Question question, EmbeddingBatch batch) {
    this.call = call;
    this.home = call.tools().home();
    this.policy = call.policy();
    this.caller = caller;
    this.question = question;
    this.batch = batch;
    this.exchange = call.chain().exchange();
    this.control = policy.options().control();
    this.later = new Later(caller, home.background(), this::failed);
    this.known = new KnownEmbeddings(policy, home.nowMillis());
    this.request = question.request();
    this.hits =
        new Hits(call.tools(), policy, caller, question, exchange, AnswerForm.WHOLE, () -> keys[0]);
  }

  /** Null if the question is to be answered as a whole. */
  static @Nullable EmbeddingSlot of(CachedCall call, Caller caller, Question question) {
    CachePolicy policy = call.policy();
    CacheHome home = call.tools().home();
    // The app's own key is one for all inputs.
    if (policy.options().key() != null
        || home.wholeOnly().has(question.request().uri(), question.model(), home.nowMillis())) {
      return null;
    }
    EmbeddingBatch batch =
        EmbeddingBatch.of(question.endpoint(), question.request(), policy.ignore());
    return batch == null ? null : new EmbeddingSlot(call, caller, question, batch);
  }

  @Override
  public CompletionStage<Looked> look() {
    try {
      return later.after(home.secret(), this::opened);
    } catch (Throwable t) {
      return failed(t);
    }
  }

  @Override
  public GatewayRequest request() {
    return request;
  }

  @Override
  public void failed() {
    // Nobody waits for it.
  }

  /** A fault of ours: the call goes on without us. */
  private CompletionStage<Looked> failed(Throwable fault) {
    home.fault(fault);
    keys = new EntryKey[0];
    some = new int[0];
    request = question.request();
    return done(Looked.SEND);
  }

  private static CompletionStage<Looked> done(Looked looked) {
    return CompletableFuture.completedFuture(looked);
  }

  private CompletionStage<Looked> opened(byte[] secret) {
    Partition.Isolated isolated = Isolation.of(call, question, secret);
    byte[] partition = isolated.partition();
    if (partition == null) {
      return bypass(String.valueOf(isolated.reason()));
    }
    EntryKey[] made = new EntryKey[batch.size()];
    String model = question.model() == null ? "" : question.model();
    // With the address it is going to have: what answers there is another thing.
    URI uri =
        call.tools().redirect().target(question.endpoint().provider(), question.request().uri());
    GatewayRequest going = question.request().withUri(uri);
    for (int i = 0; i < made.length; i++) {
      GatewayRequest alone = going.withBody(RequestBody.of(batch.alone(i)));
      EntryKey key =
          policy
              .keys()
              .key(
                  new KeyParts(
                      question.endpoint(), model, alone, partition, question.accept(), null));
      if (key == null) {
        return bypass("the request's body cannot be read");
      }
      made[i] = key;
    }
    keys = made;
    return control == CacheOptions.Control.REFRESH ? missed(Status.REFRESH, null) : lookUp();
  }

  private CompletionStage<Looked> bypass(String why) {
    exchange.cache(CacheResult.not(Status.BYPASS, null, why));
    return done(control == CacheOptions.Control.ONLY ? Looked.REFUSED : Looked.SEND);
  }

  /** All of them together: one that is far away must not wait for another one. */
  private CompletionStage<Looked> lookUp() {
    return later.after(
        home.store().getAll(new HashSet<>(Arrays.asList(keys))),
        kept -> {
          kept.forEach(known::add);
          return found();
        });
  }

  private CompletionStage<Looked> found() {
    Looked hit = hit(known.all(keys, known::isFresh), Status.HIT);
    if (hit != null) {
      return done(hit);
    }
    Looked stale = hit(known.all(keys, known::isGoodForNow), Status.STALE);
    if (stale != null
        && control != CacheOptions.Control.ONLY
        && control != CacheOptions.Control.NO_STORE) {
      Refresh.start(call, keys[0]);
      return done(stale);
    }
    List<StoredAnswer> spare = known.all(keys, known::isBetterThanNothing);
    if (spare != null) {
      call.stale(() -> hit(spare, Status.STALE));
    }
    known.keepFresh();
    List<StoredAnswer> kept =
        Arrays.stream(keys).map(known::get).filter(answer -> answer != null).toList();
    if (!kept.isEmpty() && KnownEmbeddings.together(batch, kept) == null) {
      // Better now than when the others have come.
      known.clear();
      return missed(Status.MISS, "what is kept does not fit together");
    }
    return missed(
        Status.MISS,
        kept.isEmpty()
            ? spare == null ? null : "what is kept is too old"
            : (keys.length - kept.size()) + " of " + keys.length + " inputs are new");
  }

  private @Nullable Looked hit(@Nullable List<StoredAnswer> all, Status status) {
    StoredAnswer together = all == null ? null : KnownEmbeddings.together(batch, all);
    return together == null ? null : hits.of(together, status);
  }

  private CompletionStage<Looked> missed(Status status, @Nullable String reason) {
    exchange.cache(new CacheResult(status, keys[0].toString(), -1, -1, null, reason, null));
    if (control == CacheOptions.Control.ONLY) {
      return done(Looked.REFUSED);
    }
    Set<EntryKey> seen = new HashSet<>();
    int[] unknown =
        IntStream.range(0, keys.length)
            .filter(i -> known.get(keys[i]) == null && seen.add(keys[i]))
            .toArray();
    if (unknown.length < keys.length) {
      some = unknown;
      request = less(unknown);
    }
    return done(Looked.SEND);
  }

  private GatewayRequest less(int[] inputs) {
    GatewayRequest less = question.request().withBody(RequestBody.of(batch.asking(inputs)));
    // Its answer is for us to read: not in an encoding that we do not undo.
    return less.headers().contains("accept-encoding")
        ? less.withHeaders(less.headers().with("accept-encoding", "gzip"))
        : less;
  }

  @Override
  public CompletionStage<GatewayResponse> began(GatewayResponse answer, Attempt attempt) {
    if (some.length > 0 && answer.successful()) {
      return new EmbeddingMerge(call, question, batch, keys, some, known).of(answer, attempt);
    }
    Content content = answer.content();
    if (keys.length == 0
        || content == null
        || !AnswerSlot.keepable(answer)
        || control == CacheOptions.Control.NO_STORE) {
      return CompletableFuture.completedFuture(answer);
    }
    int[] all = IntStream.range(0, keys.length).toArray();
    EmbeddingKeeping keeping =
        new EmbeddingKeeping(call, question, batch, keys, all, answer, attempt);
    ContentSource source =
        new SharedContent(
                content, attempt.control(), keeping.most(), home.background(), keeping::keep)
            .leader(caller);
    return CompletableFuture.completedFuture(
        GatewayResponse.of(
            answer.status(),
            answer.headers(),
            answer.protocol(),
            new Content(source, new LiveBody(home::fault))));
  }
}
