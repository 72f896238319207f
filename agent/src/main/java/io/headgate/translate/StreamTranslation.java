// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.ChatEvent;
import io.headgate.gateway.AnswerForm;
import io.headgate.gateway.ContentTransform;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Turns a stream of the target into one for the app, event by event. A failure within it ends it,
 * in the words of the app's format; what comes after its end is left out. If the target's bytes end
 * too early nothing is added: whoever guards the stream sees to that.
 */
public final class StreamTranslation implements ContentTransform {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final EventInput input;
  private final EventReader reader;
  private final AnswerWriter writer;
  private final EventOutput output;
  private final Consumer<ChatEvent> toApp;
  private boolean over;

  /**
   * @param form how the target's stream is framed
   * @param filter what an answer goes through on its way: given where events go, gives where to put
   *     them
   */
  StreamTranslation(
      AnswerForm form,
      EventReader reader,
      AnswerWriter writer,
      EventOutput output,
      UnaryOperator<Consumer<ChatEvent>> filter) {
    this.reader = reader;
    this.writer = writer;
    this.output = output;
    this.toApp = filter.apply(this::write);
    this.input =
        new EventInput(
            form,
            event -> {
              if (!over) {
                reader.event(event, toApp);
              }
            });
  }

  /** Whether the app has been told that the stream is complete, or that it failed. */
  public boolean over() {
    return over;
  }

  private void write(ChatEvent event) {
    if (over) {
      return;
    }
    writer.event(event, output::event);
    if (event instanceof ChatEvent.End || event instanceof ChatEvent.Failed) {
      over = true;
      output.end();
    }
  }

  @Override
  public ByteBuffer apply(ByteBuffer chunk) {
    if (over) {
      return NOTHING;
    }
    byte[] bytes;
    int from = 0;
    int to = chunk.remaining();
    if (chunk.hasArray()) {
      bytes = chunk.array();
      from = chunk.arrayOffset() + chunk.position();
      to += from;
    } else {
      bytes = new byte[to];
      chunk.get(bytes);
    }
    byte[] read = bytes;
    int start = from;
    int end = to;
    guarded(() -> input.read(read, start, end));
    return ByteBuffer.wrap(output.take());
  }

  @Override
  public ByteBuffer finish() {
    if (over) {
      return NOTHING;
    }
    guarded(
        () -> {
          input.end();
          reader.end(toApp);
        });
    return ByteBuffer.wrap(output.take());
  }

  /** A fault of ours is a failure of the answer: bytes in a foreign format would be worse. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (Unreadable e) {
      failed(e.failure());
    } catch (Throwable t) {
      failed(Translation.untranslated(t));
    }
  }

  private void failed(ApiFailure failure) {
    try {
      write(new ChatEvent.Failed(failure));
    } catch (Throwable t) {
      over = true; // There are no words left for it.
    }
  }

  /** What ends the stream if it breaks off, in the words of the app; empty if it has its end. */
  public byte[] broken(String why) {
    failed(new ApiFailure(ApiFailure.Kind.SERVER, 0, why, null, null));
    return output.take();
  }
}
