// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.json.JsonSlice;
import io.headgate.json.JsonSplices;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes an answer with several embeddings apart into answers with one each, as the provider would
 * have given them to one input, and puts such answers together. Vectors are never read: they keep
 * every digit. What cannot be told for certain to belong to an input belongs to none.
 */
final class EmbeddingAnswers {

  private final EmbeddingFormat format;

  EmbeddingAnswers(EmbeddingFormat format) {
    this.format = format;
  }

  /**
   * One answer for each input, in the order of the inputs; null if this is no such answer, or not
   * to so many.
   *
   * @param weights of the inputs that were sent, by which they share what was used
   */
  @Nullable List<byte[]> split(byte[] answer, long[] weights) {
    JsonSlice root = JsonSlice.of(answer);
    EmbeddingFormat.Parts parts = root == null ? null : format.parts(root);
    if (root == null || parts == null) {
      return null;
    }
    int[] places = null;
    List<List<JsonSlice>> columns = new ArrayList<>();
    List<Boolean> told = new ArrayList<>();
    for (EmbeddingFormat.Column column : parts.columns()) {
      List<JsonSlice> elements = column.array().elements();
      if (elements.size() != weights.length) {
        return null;
      }
      if (column.vectors()) {
        places = elements.stream().allMatch(format::isEmbedding) ? format.places(elements) : null;
        if (places == null) {
          return null;
        }
      }
      told.add(format.tellsPlaces(elements));
      columns.add(elements);
    }
    if (places == null) {
      return null;
    }
    if (weights.length == 1) {
      return List.of(answer);
    }
    Map<JsonSlice, BigDecimal[]> shares = shares(parts, weights);
    byte[][] singles = new byte[weights.length][];
    for (int i = 0; i < singles.length; i++) {
      JsonSplices splices = new JsonSplices(root);
      for (int c = 0; c < columns.size(); c++) {
        byte[] element = format.at(0, columns.get(c).get(i), told.get(c));
        splices.replace(parts.columns().get(c).array(), JsonSplices.array(List.of(element)));
      }
      for (Map.Entry<JsonSlice, BigDecimal[]> count : shares.entrySet()) {
        splices.replace(count.getKey(), ascii(count.getValue()[places[i]]));
      }
      singles[places[i]] = splices.bytes();
    }
    return List.of(singles);
  }

  /** Whether this is JSON without any embedding in it, for certain. */
  boolean hasNone(byte[] answer) {
    JsonSlice root = JsonSlice.of(answer);
    EmbeddingFormat.Parts parts = root == null ? null : format.parts(root);
    return root != null
        && (parts == null || parts.columns().stream().allMatch(column -> column.array().isEmpty()));
  }

  private static Map<JsonSlice, BigDecimal[]> shares(EmbeddingFormat.Parts parts, long[] weights) {
    Map<JsonSlice, BigDecimal[]> shares = new LinkedHashMap<>();
    for (JsonSlice number : numbers(parts).values()) {
      BigDecimal[] each = Shares.of(new BigDecimal(number.raw()), weights);
      if (each != null) {
        shares.put(number, each);
      }
    }
    return shares;
  }

  /** The numbers that are sums over the inputs, each by its path. */
  private static Map<String, JsonSlice> numbers(EmbeddingFormat.Parts parts) {
    Map<String, JsonSlice> numbers = new LinkedHashMap<>();
    for (EmbeddingFormat.Count count : parts.counts()) {
      numbers(count.name(), count.value(), numbers);
    }
    return numbers;
  }

  private static void numbers(String path, JsonSlice value, Map<String, JsonSlice> numbers) {
    if (value.isNumber()) {
      numbers.put(path, value);
    }
    for (JsonSlice.Member member : value.members()) {
      numbers(path + '.' + member.name(), member.value(), numbers);
    }
    int index = 0;
    for (JsonSlice element : value.elements()) {
      numbers(path + '.' + index++, element, numbers);
    }
  }

  /**
   * One answer of many with one embedding each. What was used is the sum of what they used; the
   * rest is as the newest one has it. Null if they do not fit together.
   *
   * @param newest which of them is
   */
  byte @Nullable [] merged(List<byte[]> singles, int newest) {
    if (singles.size() == 1) {
      return singles.get(0);
    }
    try {
      return joined(singles, newest);
    } catch (IllegalArgumentException e) {
      return null; // Damaged where it was kept.
    }
  }

  private byte @Nullable [] joined(List<byte[]> singles, int newest) {
    List<EmbeddingFormat.Parts> all = new ArrayList<>(singles.size());
    for (byte[] single : singles) {
      JsonSlice root = JsonSlice.unchecked(single);
      EmbeddingFormat.Parts parts = root == null ? null : format.parts(root);
      if (parts == null || (!all.isEmpty() && !names(parts).equals(names(all.get(0))))) {
        return null;
      }
      all.add(parts);
    }
    JsonSlice frame = JsonSlice.unchecked(singles.get(newest));
    EmbeddingFormat.Parts framed = frame == null ? null : format.parts(frame);
    if (frame == null || framed == null || framed.columns().isEmpty()) {
      return null;
    }
    JsonSplices splices = new JsonSplices(frame);
    for (int c = 0; c < framed.columns().size(); c++) {
      byte[] column = column(all, c);
      if (column == null) {
        return null;
      }
      splices.replace(framed.columns().get(c).array(), column);
    }
    Map<String, BigDecimal> sums = new LinkedHashMap<>();
    for (EmbeddingFormat.Parts parts : all) {
      numbers(parts)
          .forEach((path, count) -> sums.merge(path, new BigDecimal(count.raw()), BigDecimal::add));
    }
    numbers(framed).forEach((path, count) -> splices.replace(count, ascii(sums.get(path))));
    return splices.bytes();
  }

  /** One column of all answers; null if one of them has not exactly one element in it. */
  private byte @Nullable [] column(List<EmbeddingFormat.Parts> all, int column) {
    List<JsonSlice> elements = new ArrayList<>(all.size());
    for (EmbeddingFormat.Parts parts : all) {
      List<JsonSlice> own = parts.columns().get(column).array().elements();
      if (own.size() != 1) {
        return null;
      }
      elements.add(own.get(0));
    }
    boolean told = format.tellsPlaces(elements);
    List<byte[]> written = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      written.add(format.at(i, elements.get(i), told));
    }
    return JsonSplices.array(written);
  }

  private static List<String> names(EmbeddingFormat.Parts parts) {
    return parts.columns().stream().map(EmbeddingFormat.Column::name).toList();
  }

  private static byte[] ascii(@Nullable BigDecimal number) {
    return String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
  }
}
