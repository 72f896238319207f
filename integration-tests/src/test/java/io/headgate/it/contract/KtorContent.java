// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.contract;

import io.headgate.it.contract.Client.Call;
import io.headgate.it.contract.Client.Framing;
import io.ktor.http.ContentType;
import io.ktor.http.content.OutgoingContent;
import io.ktor.util.cio.ByteBufferPoolKt;
import io.ktor.utils.io.ByteReadChannel;
import io.ktor.utils.io.jvm.javaio.ReadingKt;
import java.io.ByteArrayInputStream;
import kotlinx.coroutines.Dispatchers;

/** Ktor's bodies of requests. */
final class KtorContent {

  private KtorContent() {}

  static OutgoingContent of(Call call) {
    return call.framing() == Framing.FIXED ? new Bytes(call.body()) : new Channel(call);
  }

  private static final class Bytes extends OutgoingContent.ByteArrayContent {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public ContentType getContentType() {
      return ContentType.Application.INSTANCE.getJson();
    }

    @Override
    public Long getContentLength() {
      return (long) bytes.length;
    }

    @Override
    public byte[] bytes() {
      return bytes;
    }
  }

  private static final class Channel extends OutgoingContent.ReadChannelContent {
    private final Call call;
    private boolean read;

    Channel(Call call) {
      this.call = call;
    }

    @Override
    public ContentType getContentType() {
      return ContentType.Application.INSTANCE.getJson();
    }

    @Override
    public Long getContentLength() {
      return call.framing() == Framing.CHUNKED ? null : Long.valueOf(call.body().length);
    }

    @Override
    public ByteReadChannel readFrom() {
      if (read && call.framing() == Framing.ONE_SHOT) {
        throw new IllegalStateException("one-shot body was read twice");
      }
      read = true;
      return ReadingKt.toByteReadChannel(
          new ByteArrayInputStream(call.body()),
          Dispatchers.getIO(),
          ByteBufferPoolKt.getKtorDefaultPool());
    }
  }
}
