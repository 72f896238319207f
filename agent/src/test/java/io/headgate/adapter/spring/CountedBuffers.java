// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.spring;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;

/** Buffers that have to be released, and are missed if they are not. */
final class CountedBuffers {

  private final NettyDataBufferFactory factory =
      new NettyDataBufferFactory(UnpooledByteBufAllocator.DEFAULT);
  private final List<NettyDataBuffer> all = new CopyOnWriteArrayList<>();

  DataBuffer of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    NettyDataBuffer buffer = factory.allocateBuffer(bytes.length);
    buffer.write(bytes);
    all.add(buffer);
    return buffer;
  }

  /** A client may release what it sent after the answer has come. */
  void awaitNoneLeft() {
    await()
        .untilAsserted(
            () ->
                org.assertj.core.api.Assertions.assertThat(all)
                    .isNotEmpty()
                    .allSatisfy(
                        buffer ->
                            org.assertj.core.api.Assertions.assertThat(
                                    buffer.getNativeBuffer().refCnt())
                                .isZero()));
  }
}
