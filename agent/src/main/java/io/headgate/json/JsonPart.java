// SPDX-License-Identifier: Apache-2.0
package io.headgate.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value of a JSON document, to walk through it without reading texts. Immutable. */
public final class JsonPart {

  private final JsonIndex index;
  private final int entry;
  private final int name;
  private final JsonPaths.@Nullable Node ignored;

  /** What a value is. */
  public enum Kind {
    NULL,
    FALSE,
    TRUE,
    NUMBER,
    STRING,
    ARRAY,
    OBJECT
  }

  private static final Kind[] KINDS = Kind.values();

  private JsonPart(JsonIndex index, int entry, int name, JsonPaths.@Nullable Node ignored) {
    this.index = index;
    this.entry = entry;
    this.name = name;
    this.ignored = ignored;
  }

  /**
   * A document's root; null if {@link CanonicalJson#write} has no form of it either.
   *
   * @param ignored what is passed over, wherever it is there
   */
  public static @Nullable JsonPart of(byte[] json, JsonPaths ignored) {
    JsonIndex index = JsonIndex.of(json);
    return index == null ? null : new JsonPart(index, 0, -1, ignored.root());
  }

  public Kind kind() {
    return KINDS[index.kind(entry)];
  }

  /** Its name as a member; empty if it is none. */
  public String name() {
    return name < 0 ? "" : text(name);
  }

  /** A number, as it is spelled. */
  public String number() {
    return kind() == Kind.NUMBER ? text(entry) : "";
  }

  private String text(int of) {
    int from = index.from(of);
    return new String(index.bytes(of), from, index.to(of) - from, StandardCharsets.UTF_8);
  }

  /** How many elements or members it has, those that are ignored included. */
  public int size() {
    return index.kind(entry) >= JsonIndex.ARRAY ? index.size(entry) : 0;
  }

  /** Its elements or members in the order of the document; null in the place of ignored ones. */
  public List<@Nullable JsonPart> children() {
    int size = size();
    boolean object = index.kind(entry) == JsonIndex.OBJECT;
    List<@Nullable JsonPart> children = new ArrayList<>(size);
    int at = entry + 1;
    for (int i = 0; i < size; i++) {
      JsonPaths.Node below =
          ignored == null
              ? null
              : object ? CanonicalJson.below(index, at, ignored) : ignored.element(i);
      int value = object ? at + 1 : at;
      boolean kept = below == null || !below.isEnd();
      children.add(kept ? new JsonPart(index, value, object ? at : -1, below) : null);
      at = index.next(value);
    }
    return children;
  }

  /** Writes it as {@link CanonicalJson} writes it. */
  public void write(CanonicalJson.Sink sink) {
    CanonicalJson.write(index, entry, ignored, sink);
  }
}
