// SPDX-License-Identifier: Apache-2.0
package io.headgate.pricing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One provider's price list. Immutable. Lines are kept as text and parsed when asked for: an app
 * uses a handful of the hundreds of models a list has.
 *
 * <p>The lists are the files {@code PROVIDER.tsv} beside this class. Lines that start with {@code
 * #} are the head: {@code as-of DATE}, and {@code batch FACTOR} if every batch call is priced at
 * that factor. Every other line is a model, sorted by name, its columns separated by tabs:
 *
 * <ol>
 *   <li>the model's name in lower case
 *   <li>prices in USD per 1,000,000 tokens as {@code KIND PRICE KIND PRICE …}, or {@code -} if it
 *       has none; kinds are {@code in out read write write1h think audio-in audio-out image-in
 *       image-out}
 *   <li>and then any of: {@code batch …}, {@code priority …}, {@code flex …}, {@code fast …} for
 *       prices of other ways of being served; {@code over N …} for prompts of more than N tokens;
 *       {@code until DATE …} for prices that held before a date, {@code from DATE …} for prices
 *       that hold from it on; {@code per …} for prices by the piece ({@code image}, {@code second}
 *       of audio, {@code mchar} = 1,000,000 characters, {@code query}, {@code request}, {@code
 *       search-k} = 1,000 web searches; a {@code ~} marks the default of several prices); {@code
 *       released DATE}; {@code also NAME …} for further names; {@code disputed} or {@code single}
 *       where published sources disagree, or only one was found
 * </ol>
 */
final class PriceList {

  private static final String RELEASED = "\treleased ";
  private static final String ALSO = "\talso ";

  private final Map<String, String> lines = new HashMap<>();
  private String date = "";
  private long batchMillionths;

  private PriceList() {}

  /** Reads the list of a provider; null if there is none. */
  static @Nullable PriceList load(String provider) throws IOException {
    try (InputStream in = PriceList.class.getResourceAsStream(provider + ".tsv")) {
      if (in == null) {
        return null;
      }
      PriceList list = new PriceList();
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 16 << 10);
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        list.add(line);
      }
      return list;
    }
  }

  private void add(String line) {
    if (line.startsWith("# as-of ")) {
      date = line.substring("# as-of ".length());
    } else if (line.startsWith("# batch ")) {
      batchMillionths = PriceLine.pico(new BigDecimal(line.substring("# batch ".length())));
    } else if (!line.startsWith("#")) {
      lines.put(line.substring(0, line.indexOf('\t')), line);
      String also = column(line, ALSO);
      if (!also.isEmpty()) {
        for (String name : also.split(" ", -1)) {
          lines.putIfAbsent(name, line);
        }
      }
    }
  }

  /** The text of a column that starts with that word; empty if the line has none. */
  private static String column(String line, String word) {
    int start = line.indexOf(word);
    if (start < 0) {
      return "";
    }
    start += word.length();
    int end = line.indexOf('\t', start);
    return end < 0 ? line.substring(start) : line.substring(start, end);
  }

  /** The line of a model by its exact name or a further name, in lower case. */
  @Nullable String line(String name) {
    return lines.get(name);
  }

  /** The line of the model released last among those whose names go on from the stem. */
  @Nullable String newest(String stem) {
    String best = null;
    String bestDate = "";
    for (Map.Entry<String, String> entry : lines.entrySet()) {
      String name = entry.getKey();
      if (name.length() > stem.length()
          && name.startsWith(stem)
          && name.charAt(stem.length()) == '-') {
        String released = column(entry.getValue(), RELEASED);
        if (released.compareTo(bestDate) > 0) {
          best = entry.getValue();
          bestDate = released;
        }
      }
    }
    return best;
  }

  /** The date of the figures, ISO 8601. */
  String date() {
    return date;
  }

  /** The factor by which every batch call is priced, in millionths; 0 if there is none. */
  long batchMillionths() {
    return batchMillionths;
  }

  /** Names and lines, for checks. */
  Map<String, String> lines() {
    return Map.copyOf(lines);
  }
}
