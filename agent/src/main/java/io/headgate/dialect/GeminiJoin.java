// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes one answer of the chunks of a stream. */
final class GeminiJoin {

  /** Parts of nothing else go on in the next chunk. */
  private static final Set<String> TEXT = Set.of("text", "thought", "thoughtSignature");

  private final Map<String, @Nullable Object> whole = Nodes.object();
  private final TreeMap<Long, Map<String, @Nullable Object>> candidates = new TreeMap<>();

  /** Null if there is no candidate, or one calls a function in pieces. */
  @Nullable Map<String, @Nullable Object> whole(List<StreamEvent> events) {
    whole.put("candidates", Nodes.array());
    for (StreamEvent event : events) {
      if (event.data() == null || !add(event.data())) {
        return null;
      }
    }
    whole.put("candidates", Nodes.array(candidates.values().toArray()));
    return candidates.isEmpty() ? null : whole;
  }

  private boolean add(Map<String, @Nullable Object> chunk) {
    chunk.forEach(
        (name, value) -> {
          if (!name.equals("candidates")) {
            Nodes.set(whole, name, value);
          }
        });
    long position = 0;
    for (Object item : Nodes.list(chunk.get("candidates"))) {
      Map<String, @Nullable Object> candidate = Nodes.map(item);
      if (candidate == null) {
        return false;
      }
      long index = Nodes.number(candidate.get("index"), position++);
      Map<String, @Nullable Object> known = candidates.putIfAbsent(index, candidate);
      boolean fits = known == null ? whole(candidate) : join(known, candidate);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean whole(Map<String, @Nullable Object> candidate) {
    for (Object item : Nodes.list(Nodes.map(candidate, "content").get("parts"))) {
      if (!whole(item)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a part is not one of several of a call, as Vertex AI has them if asked. */
  private static boolean whole(@Nullable Object item) {
    Map<String, @Nullable Object> part = Nodes.map(item);
    Map<String, @Nullable Object> call = part == null ? null : Nodes.map(part, "functionCall");
    return call != null && !call.containsKey("partialArgs") && !call.containsKey("willContinue");
  }

  private static boolean join(
      Map<String, @Nullable Object> known, Map<String, @Nullable Object> more) {
    for (Map.Entry<String, @Nullable Object> member : more.entrySet()) {
      Map<String, @Nullable Object> map = Nodes.map(member.getValue());
      Object before = known.get(member.getKey());
      switch (member.getKey()) {
        case "content" -> {
          if (map != null) {
            if (!whole(more)) {
              return false;
            }
            known.put("content", content(before, map));
          }
        }
        // Each chunk tells of its own pieces of the answer.
        case "logprobsResult", "citationMetadata" ->
            known.put(member.getKey(), map == null ? before : Nodes.joined(before, map));
        case "groundingMetadata", "urlContextMetadata" -> {
          Map<String, @Nullable Object> all = Nodes.map(known, member.getKey());
          Nodes.setAll(all, map == null ? Nodes.object() : map);
          known.put(member.getKey(), all);
        }
        default -> Nodes.set(known, member.getKey(), member.getValue());
      }
    }
    return true;
  }

  private static Map<String, @Nullable Object> content(
      @Nullable Object before, Map<String, @Nullable Object> more) {
    Map<String, @Nullable Object> content = Nodes.map(before);
    if (content == null) {
      return more;
    }
    List<@Nullable Object> parts = Nodes.list(content.get("parts"));
    List<@Nullable Object> next = Nodes.list(more.get("parts"));
    boolean first = true;
    for (Object part : next) {
      Map<String, @Nullable Object> last =
          first && !parts.isEmpty() ? Nodes.map(parts.get(parts.size() - 1)) : null;
      if (!goesOn(last, Nodes.map(part)) && (parts.isEmpty() || !blank(Nodes.map(part)))) {
        parts.add(part);
      }
      first = false;
    }
    Nodes.setAll(content, more);
    content.put("parts", parts);
    return content;
  }

  /** Whether a part says nothing: the last chunk often has but such a one. */
  private static boolean blank(@Nullable Map<String, @Nullable Object> part) {
    return part != null && part.size() == 1 && "".equals(part.get("text"));
  }

  /** Joins a text with the one before; a signature closes what it signs. */
  private static boolean goesOn(
      @Nullable Map<String, @Nullable Object> last, @Nullable Map<String, @Nullable Object> next) {
    if (last == null
        || next == null
        || !(last.get("text") instanceof CharSequence)
        || !(next.get("text") instanceof String)
        || last.containsKey("thoughtSignature")
        || !TEXT.containsAll(last.keySet())
        || !TEXT.containsAll(next.keySet())
        || !Objects.equals(last.get("thought"), next.get("thought"))) {
      return false;
    }
    Nodes.append(last, "text", next.get("text"));
    if (next.containsKey("thoughtSignature")) {
      last.put("thoughtSignature", next.get("thoughtSignature"));
    }
    return true;
  }
}
