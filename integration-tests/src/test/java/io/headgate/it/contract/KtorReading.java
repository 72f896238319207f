// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.contract.Client.Reply;
import io.ktor.client.statement.HttpResponse;
import io.ktor.client.statement.HttpResponseKt;
import io.ktor.utils.io.ByteReadChannel;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;

/**
 * A suspend function that reads an answer's {@code ByteReadChannel}, as the Kotlin compiler makes
 * it: the same code goes on whenever a channel that was empty has something.
 */
@SuppressWarnings("serial") // as every continuation, which nobody serializes
final class KtorReading extends ContinuationImpl {

  private static final MethodHandle READ_AVAILABLE = readAvailable();

  private final HttpResponse response;
  private final Consumer<byte[]> onChunk;
  private final boolean firstOnly;
  private final byte[] buffer = new byte[512];
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();
  private boolean opened;
  private ByteReadChannel channel;

  @SuppressWarnings("unchecked")
  private KtorReading(
      HttpResponse response,
      Consumer<byte[]> onChunk,
      boolean firstOnly,
      Continuation<? super Reply> completion) {
    super((Continuation<Object>) (Continuation<?>) completion);
    this.response = response;
    this.onChunk = onChunk;
    this.firstOnly = firstOnly;
  }

  /** Reads to the end, telling of each piece. */
  static Object all(
      HttpResponse response, Consumer<byte[]> onChunk, Continuation<? super Reply> continuation) {
    return new KtorReading(response, onChunk, false, continuation).invokeSuspend(Unit.INSTANCE);
  }

  /** Reads the first piece. */
  static Object first(HttpResponse response, Continuation<? super Reply> continuation) {
    return new KtorReading(response, chunk -> {}, true, continuation).invokeSuspend(Unit.INSTANCE);
  }

  @Override
  protected Object invokeSuspend(Object result) {
    ResultKt.throwOnFailure(result);
    Object suspended = IntrinsicsKt.getCOROUTINE_SUSPENDED();
    Object value = result;
    if (!opened) {
      opened = true;
      value = HttpResponseKt.bodyAsChannel(response, this);
    }
    while (value != suspended) {
      if (channel == null) {
        channel = (ByteReadChannel) value;
      } else if (ended((Integer) value)) {
        return reply();
      }
      value = read();
    }
    return suspended;
  }

  private boolean ended(int count) {
    if (count > 0) {
      all.write(buffer, 0, count);
      onChunk.accept(Arrays.copyOf(buffer, count));
    }
    if (count < 0 && channel.getClosedCause() != null) {
      // Since 3.0 a channel that failed before it was read just ends.
      throw sneaky(channel.getClosedCause());
    }
    return count < 0 || firstOnly;
  }

  private Reply reply() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response.getHeaders().entries().forEach(e -> headers.put(e.getKey(), e.getValue()));
    return new Reply(response.getStatus().getValue(), headers, all.toByteArray());
  }

  private Object read() {
    try {
      Continuation<Object> here = this;
      return (Object) READ_AVAILABLE.invoke(channel, buffer, 0, buffer.length, here);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw sneaky(e);
    }
  }

  /** As it is in Kotlin, where no exception is declared. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable e) throws E {
    throw (E) e;
  }

  /** A method of channels until 3.0, then an extension of them. */
  private static MethodHandle readAvailable() {
    try {
      String extensions = "io.ktor.utils.io.ByteReadChannelOperationsKt";
      Class<?>[] parameters = {byte[].class, int.class, int.class, Continuation.class};
      boolean member =
          Arrays.stream(ByteReadChannel.class.getMethods())
              .anyMatch(method -> Arrays.equals(method.getParameterTypes(), parameters));
      return MethodHandles.publicLookup()
          .unreflect(
              member
                  ? ByteReadChannel.class.getMethod("readAvailable", parameters)
                  : Class.forName(extensions)
                      .getMethod(
                          "readAvailable",
                          Stream.concat(Stream.of(ByteReadChannel.class), Arrays.stream(parameters))
                              .toArray(Class<?>[]::new)));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
