// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.config.Config;
import io.headgate.expression.Expression;
import io.headgate.gateway.AnswerForms;
import io.headgate.gateway.CacheOptions;
import io.headgate.gateway.CacheResult;
import io.headgate.gateway.Chain;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.WireEditor;
import io.headgate.provider.CallCredential;
import io.headgate.provider.EmbeddingRequests;
import io.headgate.provider.ProviderCatalog;
import io.headgate.provider.Redirect;
import io.headgate.route.CallVariables;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers and gives them out again, as one configuration says. Made anew for each
 * configuration, around the same home.
 */
public final class ResponseCache {

  private final CompiledRules rules;
  private final boolean configured;
  private final Supplier<CacheHome> home;
  private final AnswerForms forms;
  private final WireEditor editor;
  private final CallCredential credential;
  private final Redirect redirect;
  private final EmbeddingRequests embeddings;
  private final String environment;

  /**
   * @param home asked for when the first call wants a cache
   */
  public ResponseCache(
      Config config,
      CompiledRules rules,
      Supplier<CacheHome> home,
      AnswerForms forms,
      WireEditor editor,
      ProviderCatalog catalog) {
    this.rules = rules;
    this.configured = !config.cache().isEmpty();
    this.home = home;
    this.forms = forms;
    this.editor = editor;
    this.credential = new CallCredential(config, catalog);
    this.redirect = new Redirect(config, catalog);
    this.embeddings = new EmbeddingRequests(config, catalog);
    this.environment = config.environment();
  }

  /** The cache's part in a call; null if it has none. */
  public @Nullable CachedCall call(Chain chain) {
    Exchange exchange = chain.exchange();
    CacheOptions options = exchange.options().cache();
    if ((!configured && !options.turnsOn()) || !exchange.endpoint().operation().usesModel()) {
      return null;
    }
    if (options.control() == CacheOptions.Control.OFF || options.ttlSeconds() == 0) {
      exchange.cache(CacheResult.not(CacheResult.Status.OFF, null, null));
      return null;
    }
    CompiledRule rule =
        rules.match(
            exchange.endpoint().provider(),
            exchange.endpoint().operation(),
            exchange.model(),
            new CallVariables(exchange, chain.request(), environment));
    if (rule == null && !options.turnsOn()) {
      return null;
    }
    if (chain.caller() == null) {
      exchange.cache(
          CacheResult.not(CacheResult.Status.BYPASS, null, "the request's body cannot be read"));
      return null;
    }
    return new CachedCall(
        new CacheTools(home.get(), forms, editor, credential, redirect, embeddings, environment),
        chain,
        CachePolicy.of(rule, options));
  }

  /** What a cascade makes of an answer is part of what it is asked. */
  static String text(@Nullable Expression accept) {
    return accept == null ? "" : accept.source();
  }
}
