// SPDX-License-Identifier: Apache-2.0
package io.headgate.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentDecoderTest {

  private static final String TEXT =
      "{\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":500},\"text\":\"ünïcödé ünïcödé\"}";

  private final RecordingReader reader = new RecordingReader();

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "identity", "Identity"})
  void plainBodiesPassAsTheyAre(String encoding) {
    ContentDecoder decoder = decoder(encoding);
    decode(decoder, TEXT.getBytes(StandardCharsets.UTF_8));
    assertThat(reader.text()).isEqualTo(TEXT);
    assertThat(decoder.complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "compress", "gzip, gzip", "aws-chunked"})
  void otherEncodingsAreNotUndone(String encoding) {
    assertThat(ContentDecoder.of(encoding)).isNull();
  }

  @Test
  void gzipMaySplitAtEveryByte() throws Exception {
    byte[] body = Compressed.gzip(TEXT);
    for (int split = 0; split <= body.length; split++) {
      assertDecodes("gzip", body, split);
    }
  }

  @Test
  void gzipWithAFullHeaderMaySplitAtEveryByte() {
    byte[] body = Compressed.gzipWithFullHeader(TEXT);
    for (int split = 0; split <= body.length; split++) {
      assertDecodes("x-gzip", body, split);
    }
  }

  @Test
  void deflateMaySplitAtEveryByteWithAndWithoutItsWrapper() {
    for (boolean raw : new boolean[] {false, true}) {
      byte[] body = Compressed.deflate(TEXT.getBytes(StandardCharsets.UTF_8), raw);
      for (int split = 0; split <= body.length; split++) {
        assertDecodes("deflate", body, split);
      }
    }
  }

  @Test
  void gzipMayComeByteByByte() throws Exception {
    ContentDecoder decoder = decoder("gzip");
    for (byte b : Compressed.gzip(TEXT)) {
      decode(decoder, b);
    }
    assertThat(reader.text()).isEqualTo(TEXT);
    assertThat(decoder.complete()).isTrue();
  }

  @Test
  void flushedEventsAreSeenBeforeTheBodyEnds() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContentDecoder decoder = decoder("gzip");
    try (GZIPOutputStream gzip = new GZIPOutputStream(out, true)) {
      gzip.write("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
      gzip.flush();
      decode(decoder, out.toByteArray());
    }
    assertThat(reader.text()).isEqualTo("data: 1\n\n");
    assertThat(decoder.complete()).isFalse();
    decoder.close();
  }

  @Test
  void severalMembersAreOneBody() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(Compressed.gzip("one "));
    body.writeBytes(Compressed.gzip("two"));
    for (int split = 0; split <= body.size(); split++) {
      RecordingReader each = new RecordingReader();
      ContentDecoder decoder = decoder("gzip");
      feed(decoder, body.toByteArray(), split, each);
      assertThat(each.text()).isEqualTo("one two");
      assertThat(decoder.complete()).isTrue();
      decoder.close();
    }
  }

  @Test
  void paddingAfterTheDataIsIgnored() throws Exception {
    byte[] body = Compressed.gzip(TEXT);
    ContentDecoder decoder = decoder("gzip");
    decode(decoder, Arrays.copyOf(body, body.length + 5));
    assertThat(reader.text()).isEqualTo(TEXT);
    assertThat(decoder.complete()).isTrue();
  }

  @Test
  void aBodyThatOnlySaysGzipPasses() {
    ContentDecoder decoder = decoder("gzip");
    decode(decoder, TEXT.getBytes(StandardCharsets.UTF_8));
    assertThat(reader.text()).isEqualTo(TEXT);
    assertThat(decoder.complete()).isTrue();
  }

  @Test
  void aTruncatedBodyIsNotComplete() throws Exception {
    byte[] body = Compressed.gzip(TEXT);
    for (int length = 1; length < body.length; length++) {
      ContentDecoder decoder = decoder("gzip");
      decode(decoder, Arrays.copyOf(body, length));
      assertThat(decoder.complete()).as("%d bytes", length).isFalse();
      assertThat(decoder.failed()).isFalse();
      decoder.close();
    }
  }

  @Test
  void noBytesAtAllAreComplete() {
    assertThat(decoder("gzip").complete()).isTrue();
    assertThat(decoder("deflate").complete()).isTrue();
  }

  @Test
  void brokenDataIsGivenUp() throws Exception {
    byte[] body = Compressed.gzip(TEXT.repeat(20));
    // A block of the type that there is not.
    Arrays.fill(body, 10, body.length, (byte) 0xff);
    ContentDecoder decoder = decoder("gzip");
    decode(decoder, body);
    assertThat(decoder.failed()).isTrue();
    decode(decoder, body);
    assertThat(decoder.complete()).isFalse();
  }

  @Test
  void anythingMayComeWithoutAnException() {
    Random random = new Random(7);
    for (int run = 0; run < 2000; run++) {
      byte[] noise = new byte[random.nextInt(60)];
      random.nextBytes(noise);
      if (noise.length > 2 && random.nextBoolean()) {
        noise[0] = 0x1f;
        noise[1] = (byte) 0x8b;
        noise[2] = 8;
      }
      ContentDecoder decoder = decoder(random.nextBoolean() ? "gzip" : "deflate");
      decode(decoder, noise);
      decoder.close();
    }
    assertThat(reader.count).isNotNegative();
  }

  @Test
  void aBombIsGivenUpByItsRatio() throws Exception {
    byte[] bomb = Compressed.gzip(new byte[64 << 20]);
    reader.keep = false;
    ContentDecoder decoder = decoder("gzip");
    decode(decoder, bomb);
    assertThat(decoder.failed()).isTrue();
    assertThat(reader.count).isLessThanOrEqualTo(ContentDecoder.SUSPICIOUS + (8 << 10));
  }

  @Test
  void aHugeBodyIsGivenUpBySize() throws Exception {
    byte[] noise = new byte[64 << 10];
    new Random(1).nextBytes(noise);
    // Each member repeats the noise once in reach of the window: big, but of an ordinary ratio.
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.write(noise, 0, 16 << 10);
    for (int i = 0; i < 63; i++) {
      plain.write(noise, 0, 16 << 10);
    }
    byte[] member = Compressed.gzip(plain.toByteArray());
    reader.keep = false;
    ContentDecoder decoder = decoder("gzip");
    for (int i = 0; i < 300 && !decoder.failed(); i++) {
      decode(decoder, member);
    }
    assertThat(decoder.failed()).isTrue();
    assertThat(reader.count).isBetween(ContentDecoder.MOST - (8 << 10), ContentDecoder.MOST);
  }

  @Test
  void directBuffersAreReadToo() throws Exception {
    byte[] body = Compressed.gzip(TEXT);
    ByteBuffer direct = ByteBuffer.allocateDirect(body.length).put(body).flip();
    ContentDecoder decoder = decoder("gzip");
    decoder.decode(direct.asReadOnlyBuffer(), reader);
    assertThat(reader.text()).isEqualTo(TEXT);
  }

  private static void assertDecodes(String encoding, byte[] body, int split) {
    RecordingReader each = new RecordingReader();
    ContentDecoder decoder = decoder(encoding);
    feed(decoder, body, split, each);
    assertThat(each.text()).as("split at %d", split).isEqualTo(TEXT);
    assertThat(decoder.complete()).isTrue();
    decoder.close();
  }

  private static void feed(ContentDecoder decoder, byte[] body, int split, RecordingReader into) {
    decoder.decode(ByteBuffer.wrap(body, 0, split), into);
    decoder.decode(ByteBuffer.wrap(body, split, body.length - split), into);
  }

  private void decode(ContentDecoder decoder, byte... bytes) {
    decoder.decode(ByteBuffer.wrap(bytes), reader);
  }

  private static ContentDecoder decoder(@Nullable String encoding) {
    ContentDecoder decoder = ContentDecoder.of(encoding);
    assertThat(decoder).isNotNull();
    return decoder;
  }
}
