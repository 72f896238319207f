// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import io.headgate.client.BlockingCall;
import io.headgate.client.Hold;
import io.headgate.client.Outcome;
import io.headgate.client.Received;
import io.headgate.gateway.Causes;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** One call of an app that blocks. */
final class SyncSend {

  private SyncSend() {}

  /** {@code {response, exception}}, or null if the request cannot be looked at. */
  static Object @Nullable [] run(HttpClient client, HttpRequest own, Context context) {
    Asked asked;
    try {
      asked = new Asked(own, BodyReading.of(own));
    } catch (RuntimeException e) {
      return null; // What the client makes of it is for the app.
    }
    Sending sending = new Sending(client, context);
    BlockingCall<HttpResponse> call =
        new BlockingCall<>(
            asked.request(),
            new Exchange.CallSite(AzureAdapter.CLIENT, HttpClient.class.getClassLoader()),
            new Client(asked, sending));
    try {
      Outcome<HttpResponse> outcome = call.run();
      boolean streams = sending.kind().streams();
      StreamAnswer answer = new StreamAnswer(own, outcome, call, streams);
      return new Object[] {
        Options.whole(context, outcome) ? new WholeAnswer(own, outcome, answer.whole()) : answer,
        null
      };
    } catch (Throwable t) {
      return new Object[] {null, thrown(t)};
    }
  }

  /** What a client throws, whose method declares nothing. */
  private static Throwable thrown(Throwable failure) {
    if (failure instanceof IOException checked) {
      return new UncheckedIOException(checked);
    }
    return failure instanceof RuntimeException || failure instanceof Error
        ? failure
        : new RuntimeException(failure);
  }

  /** The app's client, as it serves one call. */
  private record Client(Asked asked, Sending sending) implements BlockingCall.Client<HttpResponse> {

    @Override
    public Received<HttpResponse> send(GatewayRequest request, Hold hold) throws Exception {
      Asked.Sent sent = asked.toSend(request);
      if (sending.kind().streams()) {
        return sending.block(sent, hold);
      }
      // The others do nothing else, and this way it can be broken off.
      CompletableFuture<Received<HttpResponse>> head =
          sending.subscribe(sent, hold, reactor.util.context.Context.empty());
      try {
        return head.get();
      } catch (InterruptedException e) {
        head.completeExceptionally(e);
        throw interrupted();
      } catch (ExecutionException e) {
        Throwable cause = Causes.of(e);
        if (cause instanceof Error error) {
          throw error;
        }
        throw (Exception) cause;
      }
    }

    @Override
    public Exception givenUp() {
      return Sending.givenUp();
    }

    @Override
    public Exception interrupted() {
      if (sending.kind().keepsInterrupt()) {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted");
      }
      return new RuntimeException(new InterruptedException());
    }
  }
}
