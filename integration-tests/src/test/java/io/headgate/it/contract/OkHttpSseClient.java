// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import okhttp3.Response;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;

/** OkHttp's {@code EventSource}: what the app gets are events, not bytes. */
final class OkHttpSseClient extends OkHttpExecuteClient {

  @Override
  public boolean streamsOnly() {
    return true;
  }

  @Override
  public boolean readsOnCallersThread() {
    return false;
  }

  @Override
  public Reply stream(Client.Call call, Consumer<byte[]> onChunk) throws Exception {
    Events events = new Events(onChunk);
    open(call, events);
    return events.reply();
  }

  @Override
  public void abandon(Client.Call call) throws Exception {
    CompletableFuture<Void> first = new CompletableFuture<>();
    Events events = new Events(chunk -> first.complete(null));
    EventSource source = open(call, events);
    first.get();
    source.cancel();
  }

  private EventSource open(Client.Call call, EventSourceListener listener) {
    return EventSources.createFactory(client).newEventSource(newCall(call).request(), listener);
  }

  private static final class Events extends EventSourceListener {
    private final CompletableFuture<Reply> reply = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final Consumer<byte[]> onEvent;
    private Response opened;

    Events(Consumer<byte[]> onEvent) {
      this.onEvent = onEvent;
    }

    Reply reply() throws Exception {
      try {
        return reply.get();
      } catch (ExecutionException e) {
        throw (Exception) e.getCause();
      }
    }

    @Override
    public void onOpen(EventSource source, Response response) {
      opened = response;
    }

    @Override
    public void onEvent(EventSource source, String id, String type, String data) {
      text.append(id).append('|').append(type).append('|').append(data).append('\n');
      onEvent.accept(data.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onClosed(EventSource source) {
      reply.complete(
          new Reply(
              opened.code(),
              opened.headers().toMultimap(),
              text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void onFailure(EventSource source, Throwable failure, Response response) {
      String status = response == null ? "no response" : "status " + response.code();
      reply.completeExceptionally(
          new IOException(status + " after " + text.length() + " characters", failure));
    }
  }
}
