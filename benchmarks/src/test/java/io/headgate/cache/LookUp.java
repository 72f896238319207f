// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.Operation;
import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.dialect.DialectForms;
import io.headgate.dialect.Dialects;
import io.headgate.dialect.WireEdits;
import io.headgate.expression.CelCompiler;
import io.headgate.gateway.Attempt;
import io.headgate.gateway.Caller;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.provider.ProviderCatalog;
import io.headgate.state.MemoryStore;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** The cache's own part of a call that it answers from memory, and nothing else of the gateway. */
final class LookUp {

  private final ResponseCache cache;
  private final GatewayRequest request;
  private final Endpoint endpoint =
      new Endpoint("openai", "openai", WireFormat.OPENAI, Operation.CHAT, null, false);
  private final RequestFacts facts;
  private final AtOnce host;

  /** One that has been asked already, and got what the host answers. */
  LookUp(Config config, GatewayRequest request, AtOnce host) {
    this.request = request;
    this.host = host;
    this.facts = new Dialects().request(endpoint, request);
    CacheHome home =
        new CacheHome(
            new MemoryStore(64 << 20, InstantSource.system()),
            1_000,
            Runnable::run,
            InstantSource.system(),
            (stage, fault) -> {
              throw new IllegalStateException(stage, fault);
            });
    this.cache =
        new ResponseCache(
            config,
            CompiledRules.of(
                config.cache(), () -> new CelCompiler(failure -> {}), (at, problem) -> {}),
            () -> home,
            new DialectForms(),
            new WireEdits(),
            new ProviderCatalog(config));
    CacheSlot slot = slot();
    if (slot.look().toCompletableFuture().join().kind() != Looked.Kind.SEND) {
      throw new IllegalStateException("known before it was asked");
    }
    Attempt attempt = new Attempt(endpoint, facts, null, null);
    AtOnce.drain(slot.began(host.answer(), attempt).toCompletableFuture().join());
  }

  /** Asks, and takes in the answer; returns how many bytes it has. */
  int hit() {
    Looked looked = slot().look().toCompletableFuture().join();
    return AtOnce.drain(Objects.requireNonNull(looked.answer(), "answer"));
  }

  private CacheSlot slot() {
    CachedCall call = Objects.requireNonNull(cache.call(new OneCall()), "call");
    return call.slot(host, endpoint, facts, request, null, null);
  }

  private final class OneCall implements Chain {
    private final Exchange exchange =
        new Exchange(endpoint, request, facts, new Exchange.CallSite("bench", null), 0);

    @Override
    public GatewayRequest request() {
      return request;
    }

    @Override
    public Exchange exchange() {
      return exchange;
    }

    @Override
    public Attempt attempt() {
      return new Attempt(endpoint, facts, null, null);
    }

    @Override
    public Caller caller() {
      return host;
    }

    @Override
    public CompletionStage<GatewayResponse> proceed(GatewayRequest next) {
      throw new IllegalStateException("the cache sends nothing");
    }

    @Override
    public CompletionStage<GatewayResponse> proceed(GatewayRequest next, Attempt attempt) {
      throw new IllegalStateException("the cache sends nothing");
    }

    @Override
    public CompletionStage<GatewayResponse> aside(GatewayRequest next) {
      throw new IllegalStateException("the cache sends nothing");
    }
  }
}
