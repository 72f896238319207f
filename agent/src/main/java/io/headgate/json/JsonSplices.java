// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts other values in the place of some of a document's, and leaves every other byte alone. */
public final class JsonSplices {

  private final byte[] document;
  private final TreeMap<Integer, Splice> splices = new TreeMap<>();

  private record Splice(int to, byte[] by) {}

  /** For the document that a value is of. */
  public JsonSplices(JsonSlice value) {
    this.document = value.document();
  }

  /** Replaces a value. None is to be within another one that is replaced, nor twice. */
  public JsonSplices replace(JsonSlice value, byte[] by) {
    if (value.document() != document) {
      throw new IllegalArgumentException("a value of another document");
    }
    splices.put(value.from(), new Splice(value.to(), by));
    return this;
  }

  /** Values as an array. */
  public static byte[] array(List<byte[]> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(values.get(i));
    }
    out.write(']');
    return out.toByteArray();
  }

  /** Pieces, one behind the other. */
  public static byte[] joined(byte[]... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      out.writeBytes(piece);
    }
    return out.toByteArray();
  }

  /** The document as it is then. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    for (Map.Entry<Integer, Splice> entry : splices.entrySet()) {
      if (entry.getKey() < at) {
        throw new IllegalStateException("splices that overlap");
      }
      out.write(document, at, entry.getKey() - at);
      out.writeBytes(entry.getValue().by());
      at = entry.getValue().to();
    }
    out.write(document, at, document.length - at);
    return out.toByteArray();
  }
}
