// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.dialect.StreamEvent;
import io.headgate.gateway.ContentTransform;
import io.headgate.json.JsonTree;
import io.headgate.json.JsonWriter;
import io.headgate.json.Nodes;
import io.headgate.stream.SseReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chat completions of providers that tell the usage beside a piece, the last one or every one,
 * asked or not. OpenAI tells it if it is asked to, after all pieces and in a chunk without any (API
 * reference, {@code stream_options.include_usage}), and there are SDKs that take whatever has a
 * usage for the end. Only chunks that have both are written anew; all else passes byte for byte.
 */
final class UsageAsAsked implements ContentTransform {

  private static final String USAGE = "usage";
  private static final String CHOICES = "choices";
  private static final String DONE = "[DONE]";
  private static final byte[] DATA = {'d', 'a', 't', 'a'};
  private static final byte[] SAID = ascii("data: ");
  private static final byte[] BLANK = ascii("\n\n");

  private final boolean asked;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream(512);
  private final SseBlocks blocks = new SseBlocks(output, EventInput.LARGEST, this::event);
  private @Nullable Map<String, @Nullable Object> last;
  private boolean failed;

  /**
   * @param asked whether the app asked for the usage
   */
  UsageAsAsked(boolean asked) {
    this.asked = asked;
  }

  /** The data of a block, its lines joined. */
  private static final class Data implements SseReader.Listener {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private String name = "";

    static Data of(byte[] block) {
      Data data = new Data();
      SseReader reader = new SseReader(data);
      reader.read(block, 0, block.length);
      reader.end();
      return data;
    }

    @Override
    public void data(byte[] piece, int from, int to) {
      bytes.write(piece, from, to - from);
    }

    @Override
    public void endOfEvent(String named) {
      name = named;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A block that is complete. Returns whether its data could be read. */
  private boolean event(byte[] block) {
    Data data = Data.of(block);
    Map<String, @Nullable Object> chunk = Nodes.map(JsonTree.exact(data.bytes.toByteArray()));
    boolean done =
        chunk == null && data.bytes.toString(StandardCharsets.UTF_8).strip().equals(DONE);
    if (done) {
      tell();
    }
    if (chunk == null) {
      output.writeBytes(block);
    } else if (failed || new StreamEvent(data.name, chunk).failed()) {
      failed = true;
      last = null;
      output.writeBytes(block);
    } else if (chunk.get(USAGE) == null) {
      output.writeBytes(block);
    } else if (Nodes.list(chunk.get(CHOICES)).isEmpty()) {
      last = null; // It is told.
      output.writeBytes(block);
    } else {
      last = chunk;
      Map<String, @Nullable Object> pieces = new LinkedHashMap<>(chunk);
      pieces.remove(USAGE);
      write(block, JsonWriter.write(pieces));
    }
    return chunk != null || done;
  }

  /** The block with other data; its other fields, and how its lines end, stay. */
  private void write(byte[] block, byte[] data) {
    boolean said = false;
    int at = 0;
    while (at < block.length) {
      int end = SseBlocks.lineEnd(block, at);
      int next = Math.min(end + 1, block.length);
      if (next < block.length && block[end] == '\r' && block[next] == '\n') {
        next++;
      }
      if (!isData(block, at, end)) {
        output.write(block, at, next - at);
      } else if (!said) {
        said = true;
        output.writeBytes(SAID);
        output.writeBytes(data);
        output.write(block, end, next - end);
      }
      at = next;
    }
  }

  private static boolean isData(byte[] block, int from, int to) {
    for (int i = 0; i < DATA.length; i++) {
      if (from + i >= to || block[from + i] != DATA[i]) {
        return false;
      }
    }
    return from + DATA.length == to || block[from + DATA.length] == ':';
  }

  private void tell() {
    Map<String, @Nullable Object> chunk = last;
    last = null;
    if (asked && chunk != null) {
      Map<String, @Nullable Object> usage = new LinkedHashMap<>(chunk);
      usage.put(CHOICES, Nodes.array());
      output.writeBytes(SAID);
      output.writeBytes(JsonWriter.write(usage));
      output.writeBytes(BLANK);
    }
  }

  @Override
  public ByteBuffer apply(ByteBuffer chunk) {
    byte[] bytes = new byte[chunk.remaining()];
    chunk.get(bytes);
    blocks.read(bytes);
    return taken();
  }

  @Override
  public ByteBuffer finish() {
    byte[] rest = blocks.rest();
    if (rest.length > 0) {
      // Some servers leave out the last blank line; what breaks off has no end to tell at.
      boolean complete = event(rest);
      last = complete ? last : null;
      if (last != null) {
        output.writeBytes(BLANK);
      }
    }
    tell();
    return taken();
  }

  private ByteBuffer taken() {
    byte[] taken = output.toByteArray();
    output.reset();
    return ByteBuffer.wrap(taken);
  }
}
