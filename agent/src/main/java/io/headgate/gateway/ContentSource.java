// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Where the bytes of a {@link Content} come from, chunk by chunk, when they are asked for. */
public interface ContentSource {

  /**
   * The next chunk, which the caller may keep; null at the end. Fails with the client's own
   * exception. Asked for only after the one before has come. From a blocking client the stage is
   * done when it is returned, but for an answer that {@linkplain Control#shareable may be shared}.
   */
  CompletionStage<@Nullable ByteBuffer> next();

  /**
   * Nobody wants the rest: gives the connection up. May be called twice, after the end, and by
   * another thread while a chunk is awaited, which then fails or never comes.
   */
  void close();
}
