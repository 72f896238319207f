// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.config.CacheRule;
import io.headgate.config.TargetRef;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.CacheOptions;
import io.headgate.gateway.CacheResult;
import io.headgate.gateway.CacheResult.Status;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.LiveBody;
import io.headgate.state.EntryKey;
import io.headgate.state.StoredEntry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One question to one target, answered as a whole. */
final class AnswerSlot implements CacheSlot {

  private final CachedCall call;
  private final CacheTools tools;
  private final CacheHome home;
  private final CachePolicy policy;
  private final Caller caller;
  private final Question question;
  private final Exchange exchange;
  private final AnswerForm asked;
  private final CacheOptions.Control control;

  private final Later later;
  private final Hits hits;
  private @Nullable SemanticSearch search;
  private @Nullable Asked name;

  /** Others may be waiting for it; null if nobody can. */
  private @Nullable Flight flight;

  AnswerSlot(CachedCall call, Caller caller, Question question) {
    this.call = call;
    this.tools = call.tools();
    this.home = tools.home();
    this.policy = call.policy();
    this.caller = caller;
    this.question = question;
    this.exchange = call.chain().exchange();
    this.asked = tools.forms().asked(question.endpoint(), question.request(), question.facts());
    this.control = policy.options().control();
    this.later = new Later(caller, home.background(), this::failed);
    this.hits = new Hits(tools, policy, caller, question, exchange, asked, this::key);
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
    return question.request();
  }

  /** A fault of ours: the call goes on without us. */
  private CompletionStage<Looked> failed(Throwable fault) {
    home.fault(fault);
    failed();
    name = null;
    return done(control == CacheOptions.Control.ONLY ? Looked.REFUSED : Looked.SEND);
  }

  private static CompletionStage<Looked> done(Looked looked) {
    return CompletableFuture.completedFuture(looked);
  }

  private CompletionStage<Looked> opened(byte[] secret) {
    if (question.facts().conversationId() != null) {
      return bypass("it goes on with a conversation that the provider keeps");
    }
    Asked.Made made = Asked.of(call, question, secret);
    Asked named = made.asked();
    if (named == null) {
      return bypass(made.whyNot());
    }
    name = named;
    if (control == CacheOptions.Control.REFRESH) {
      says(Status.REFRESH, null);
      return done(Looked.SEND);
    }
    StoredEntry near = home.store().near(named.key());
    if (near != null) {
      return stored(near);
    }
    return later.after(home.store().get(named.key()), this::stored);
  }

  private CompletionStage<Looked> bypass(String why) {
    exchange.cache(CacheResult.not(Status.BYPASS, null, why));
    return done(control == CacheOptions.Control.ONLY ? Looked.REFUSED : Looked.SEND);
  }

  private CompletionStage<Looked> stored(@Nullable StoredEntry entry) {
    StoredAnswer answer = entry == null ? null : AnswerCodec.decode(entry.bytes());
    if (answer == null) {
      return missed(null);
    }
    long now = home.nowMillis();
    if (policy.isFromTheFuture(answer, now)) {
      return missed("what is kept is from the future");
    }
    if (policy.isFresh(answer, now)) {
      Looked hit = hits.of(answer, Status.HIT);
      return hit == null ? missed("it is kept in another form") : done(hit);
    }
    if (policy.isGoodForNow(answer, now) && mayRefresh()) {
      Looked stale = hits.of(answer, Status.STALE);
      if (stale != null) {
        Refresh.start(call, key());
        return done(stale);
      }
    }
    if (policy.isBetterThanNothing(answer, now) && control != CacheOptions.Control.ONLY) {
      call.stale(() -> hits.of(answer, Status.STALE));
    }
    return missed("what is kept is too old");
  }

  private boolean mayRefresh() {
    return control != CacheOptions.Control.ONLY && control != CacheOptions.Control.NO_STORE;
  }

  private CompletionStage<Looked> missed(@Nullable String reason) {
    // Who may not keep an answer, or not send for it, is nobody that others could follow.
    Flight mine = mayRefresh() ? new Flight() : null;
    Flight other = home.flights().join(key(), mine);
    if (other != null) {
      return later.after(other.begun(), begun -> following(other, begun, reason));
    }
    flight = mine;
    // It may have landed between the look and the join.
    Looked hit = reason == null ? landedSince() : null;
    if (hit != null) {
      standDown();
      return done(hit);
    }
    SemanticSearch similar = search();
    if (similar == null) {
      return unanswered(reason);
    }
    search = similar;
    return later.after(
        home.questionsKnown(),
        known -> later.after(similar.vector(), vector -> similar(similar.find(vector), reason)));
  }

  private CompletionStage<Looked> unanswered(@Nullable String reason) {
    says(Status.MISS, reason != null ? reason : "nothing is kept for it");
    return done(control == CacheOptions.Control.ONLY ? Looked.REFUSED : Looked.SEND);
  }

  /** An answer that was kept since this call has looked; null if there is none. */
  private @Nullable Looked landedSince() {
    StoredEntry landed = home.store().near(key());
    StoredAnswer answer = landed == null ? null : AnswerCodec.decode(landed.bytes());
    return answer == null || !policy.isFresh(answer, home.nowMillis())
        ? null
        : hits.of(answer, Status.HIT);
  }

  /** Null if nothing but the same question will do. */
  private @Nullable SemanticSearch search() {
    CacheRule.Semantic settings = policy.semantic();
    if (settings == null
        || policy.options().key() != null
        || (settings.embed() != null && control == CacheOptions.Control.ONLY)) {
      return null;
    }
    ChatQuestion asked = ChatQuestion.of(question.endpoint(), question.request().body().bytes());
    byte[] rest = asked.rest();
    EntryKey group = rest == null ? null : name().with(rest);
    if (group == null) {
      exchange.note(new Decision("semantic", Map.of("reason", String.valueOf(asked.whyNot()))));
      return null;
    }
    TargetRef model = settings.embed();
    Embedder embedder =
        model == null
            ? new LocalEmbedder()
            : new ProviderEmbedder(model, tools.embeddings(), call.chain(), home);
    return SemanticSearch.of(settings, home, exchange, embedder, asked, group, name().secret());
  }

  private CompletionStage<Looked> similar(
      SimilarQuestions.@Nullable Found found, @Nullable String reason) {
    if (found == null) {
      return unanswered(reason);
    }
    return later.after(
        home.store().get(found.key()),
        entry -> {
          StoredAnswer answer = entry == null ? null : AnswerCodec.decode(entry.bytes());
          Looked hit =
              answer == null || !policy.isFresh(answer, home.nowMillis())
                  ? null
                  : hits.of(answer, Status.SEMANTIC, found.similarity());
          if (hit == null) {
            if (answer == null) {
              home.questions().remove(found.key());
            }
            return unanswered(reason);
          }
          standDown();
          return done(hit);
        });
  }

  private CompletionStage<Looked> following(
      Flight other, Flight.@Nullable Begun begun, @Nullable String reason) {
    ContentSource source = begun == null ? null : begun.content().follower(caller);
    if (begun == null || source == null) {
      // It has failed, hangs, cannot be followed or is over by now.
      return other.ended()
          ? later.after(other.done(), answer -> followed(other, answer, reason))
          : alone("the same call of another one cannot be followed");
    }
    if (begun.form() == asked
        && begun.streamUsage() == question.facts().streamUsage()
        && Unpacked.plain(begun.head().headers().first("content-encoding"))) {
      return done(hits.live(begun, source, other));
    }
    return later
        .after(
            other.done(),
            answer -> {
              source.close();
              return followed(other, answer, reason);
            })
        .whenComplete(
            (looked, failure) -> {
              if (failure != null) {
                source.close();
              }
            });
  }

  private CompletionStage<Looked> followed(
      Flight other, @Nullable StoredAnswer answer, @Nullable String reason) {
    if (other.stoodDown()) {
      return missed(reason);
    }
    Looked looked = answer == null ? null : hits.of(answer, Status.COALESCED);
    return looked != null
        ? done(looked)
        : alone(reason != null ? reason : "the same call of another one failed");
  }

  /** If all who waited stood in line again, the last one would wait for all. */
  private CompletionStage<Looked> alone(String reason) {
    Looked hit = landedSince();
    if (hit != null) {
      return done(hit);
    }
    return unanswered(reason);
  }

  /** Says that the cache does not answer, and why. */
  private void says(Status status, @Nullable String reason) {
    Asked named = name();
    String nearest = status == Status.MISS ? named.nearest() : null;
    exchange.cache(new CacheResult(status, named.key().toString(), -1, -1, null, reason, nearest));
  }

  private Asked name() {
    Asked named = name;
    if (named == null) {
      throw new IllegalStateException("no key");
    }
    return named;
  }

  private EntryKey key() {
    return name().key();
  }

  private void land(@Nullable StoredAnswer answer) {
    Flight mine = flight;
    Asked named = name;
    flight = null;
    if (mine != null && named != null) {
      home.flights().land(named.key(), mine, answer);
    }
  }

  private void standDown() {
    Flight mine = flight;
    if (mine != null) {
      mine.standDown();
    }
    land(null);
  }

  @Override
  public boolean awaited() {
    return flight != null;
  }

  @Override
  public void failed() {
    land(null);
  }

  @Override
  public CompletionStage<GatewayResponse> began(GatewayResponse answer, Attempt attempt) {
    Content content = answer.content();
    Asked named = name;
    if (named == null
        || content == null
        || !keepable(answer)
        || control == CacheOptions.Control.NO_STORE) {
      failed();
      return CompletableFuture.completedFuture(answer);
    }
    AnswerForm form = tools.forms().of(answer.headers(), asked);
    Keeping keeping = new Keeping(call, question, answer, form, attempt, policy.maxEntry());
    Flight mine = flight;
    flight = null;
    SharedContent shared =
        new SharedContent(
            content,
            attempt.control(),
            policy.maxEntry(),
            home.background(),
            new SharedContent.Ending() {
              @Override
              public void ended(SharedContent.@Nullable Recording recording, boolean whole) {
                landed(keeping.keep(named, search, recording, whole));
              }

              @Override
              public void outgrown() {
                landed(null);
              }

              private void landed(@Nullable StoredAnswer kept) {
                if (mine != null) {
                  home.flights().land(named.key(), mine, kept);
                }
              }
            });
    ContentSource source = shared.leader(caller);
    if (mine != null) {
      mine.begin(new Flight.Begun(answer, attempt, form, question.facts().streamUsage(), shared));
    }
    return CompletableFuture.completedFuture(
        GatewayResponse.of(
            answer.status(),
            answer.headers(),
            answer.protocol(),
            new Content(source, new LiveBody(home::fault))));
  }

  /** A part of something, as a 206 has it, is no answer to who asks for all of it. */
  static boolean keepable(GatewayResponse answer) {
    return answer.status() == 200;
  }
}
