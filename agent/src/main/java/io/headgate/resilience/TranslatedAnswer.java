// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.gateway.Attempt;
import io.headgate.gateway.Content;
import io.headgate.gateway.ContentSource;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.LiveBody;
import io.headgate.gateway.TransformedSource;
import io.headgate.translate.StreamTranslation;
import io.headgate.translate.Translation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A target's answer in the format of the app. */
final class TranslatedAnswer {

  /** Longer whole answers are given up, in bytes. */
  private static final long WHOLE = 64 << 20;

  /** Errors are not read further, in bytes. */
  private static final long ERROR = 64 << 10;

  private static final int BAD_GATEWAY = 502;

  private final RoutingTools tools;
  private final Translation translation;

  TranslatedAnswer(RoutingTools tools, Translation translation) {
    this.tools = tools;
    this.translation = translation;
  }

  /**
   * What the app gets.
   *
   * @param response its head
   * @param content its body, as far as nothing more is to be added
   * @param stream what tells whether the app was told of the end; null if it is no stream
   */
  record Made(
      GatewayResponse response, ContentSource content, @Nullable StreamTranslation stream) {}

  CompletionStage<Made> of(GatewayResponse response, Content content, @Nullable Attempt attempt) {
    if (attempt != null && Streams.is(response, attempt) && translation.streaming()) {
      StreamTranslation stream = translation.stream();
      ContentSource source = new TransformedSource(content, stream, this::tapFailed);
      return CompletableFuture.completedFuture(
          new Made(
              response.withHeaders(translation.streamHeaders(response.headers())), source, stream));
    }
    boolean error = !response.successful();
    Gathering all = new Gathering();
    return content
        .hold(all, error ? ERROR : WHOLE)
        .thenApply(
            ended -> {
              content.close();
              return whole(response, error, ended || error, all.bytes());
            });
  }

  private Made whole(GatewayResponse response, boolean error, boolean complete, byte[] bytes) {
    Translation.Answer answer =
        error
            ? translation.error(response.status(), response.headers(), bytes)
            : complete
                ? translation.whole(response.status(), response.headers(), bytes)
                : translation.error(BAD_GATEWAY, response.headers(), new byte[0]);
    Content content = Content.of(answer.body(), new LiveBody(this::tapFailed));
    GatewayResponse head =
        GatewayResponse.of(answer.status(), answer.headers(), response.protocol(), content);
    return new Made(head, content, null);
  }

  private void tapFailed(Throwable fault) {
    tools.faults().fault("tap", fault);
  }
}
