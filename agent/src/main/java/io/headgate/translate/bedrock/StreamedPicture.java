// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.bedrock;

import io.headgate.chat.Part;
import io.headgate.json.Nodes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A picture that comes in pieces: its format first, then its bytes (Amazon Bedrock API reference,
 * ImageBlockStart and ImageBlockDelta).
 */
final class StreamedPicture {

  /** Larger pictures are not shown, in characters of base64. */
  private static final long LARGEST = 64 << 20;

  private final Object format;
  private final List<String> pieces = new ArrayList<>();
  private long size;

  /**
   * @param start what is told of it when its block begins
   */
  StreamedPicture(Map<String, @Nullable Object> start) {
    this.format = Nodes.text(start.get("format"));
  }

  void delta(Map<String, @Nullable Object> image) {
    String bytes = Nodes.text(Nodes.map(image, "source").get("bytes"));
    size += bytes.length();
    if (size > LARGEST) {
      pieces.clear();
    } else if (!bytes.isEmpty()) {
      pieces.add(bytes);
    }
  }

  /** The whole of it; null if nothing came, too much, or nothing that could be put together. */
  @Nullable Part part() {
    String bytes = pieces.size() == 1 ? pieces.get(0) : joined();
    return bytes.isEmpty()
        ? null
        : ConversePartReader.image(
            Nodes.object("format", format, "source", Nodes.object("bytes", bytes)));
  }

  /** Each piece is base64 of its own, with an end of its own. */
  private String joined() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      for (String piece : pieces) {
        all.writeBytes(Base64.getDecoder().decode(piece));
      }
    } catch (IllegalArgumentException e) {
      return "";
    }
    return Base64.getEncoder().encodeToString(all.toByteArray());
  }
}
