// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Value.Entry;
import io.headgate.config.Value.Items;
import io.headgate.config.Value.Section;
import io.headgate.config.Value.Text;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns what was written into values for a JSON document, by the core schema of YAML 1.2 (section
 * 10.3.2): what stands in quotes is a string.
 */
final class ValueTree {
  /** An anchor may be used many times over, each use inside another. */
  private static final int MAX_VALUES = 1000;

  private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern NO_JSON = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private final ConfigBinder binder;
  private final Problems problems;
  private int values;

  ValueTree(ConfigBinder binder, Problems problems) {
    this.binder = binder;
    this.problems = problems;
  }

  /** The fields and values of a mapping, in its order, those left out whose variable is empty. */
  Map<String, @Nullable Object> fields(Section section, String path) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    for (Map.Entry<String, Entry> entry : section.entries().entrySet()) {
      Value value = entry.getValue().value();
      String full = path + "." + entry.getKey();
      if (entry.getKey().isBlank()) {
        problems.add(entry.getValue().keyAt(), path + ": expected the name of a field");
      } else if (value instanceof Text text) {
        text(text, full).ifWritten(read -> fields.put(entry.getKey(), read));
      } else {
        fields.put(entry.getKey(), tree(value, full));
      }
    }
    return Collections.unmodifiableMap(fields);
  }

  private @Nullable Object tree(Value value, String path) {
    if (++values > MAX_VALUES) {
      if (values == MAX_VALUES + 1) {
        problems.add(value.at(), path + ": more than " + MAX_VALUES + " values");
      }
      return null;
    }
    if (value instanceof Section section) {
      return fields(section, path);
    }
    List<@Nullable Object> list = new ArrayList<>();
    if (value instanceof Items items) {
      for (Value item : items.items()) {
        if (item instanceof Text text) {
          text(text, path).ifWritten(list::add);
        } else {
          list.add(tree(item, path));
        }
      }
    }
    return Collections.unmodifiableList(list);
  }

  /**
   * A scalar.
   *
   * @param written whether it is there at all
   */
  private record Read(boolean written, @Nullable Object value) {
    static final Read NOTHING = new Read(false, null);

    void ifWritten(java.util.function.Consumer<@Nullable Object> action) {
      if (written) {
        action.accept(value);
      }
    }
  }

  private Read text(Text text, String path) {
    if (text.text().isEmpty()) {
      return new Read(true, text.plain() ? null : "");
    }
    if (!text.plain() && text.text().isBlank()) {
      return new Read(true, text.text());
    }
    Scalar scalar = binder.template(text, path);
    if (scalar == null) {
      return Read.NOTHING;
    }
    return new Read(true, text.plain() ? plain(scalar, scalar.value().strip()) : scalar.value());
  }

  private @Nullable Object plain(Scalar scalar, String text) {
    switch (text) {
      case "true", "True", "TRUE" -> {
        return true;
      }
      case "false", "False", "FALSE" -> {
        return false;
      }
      case "null", "Null", "NULL", "~" -> {
        return null;
      }
      default -> {
        return number(scalar, text);
      }
    }
  }

  private @Nullable Object number(Scalar scalar, String text) {
    if (NO_JSON.matcher(text).matches()) {
      problems.add(scalar.at(), scalar.path() + ": " + scalar.shown() + " is no number in JSON");
      return null;
    }
    int radix = DECIMAL.matcher(text).matches() ? 10 : 0;
    radix = OCTAL.matcher(text).matches() ? 8 : radix;
    radix = HEXADECIMAL.matcher(text).matches() ? 16 : radix;
    if (radix > 0) {
      BigInteger number = new BigInteger(radix == 10 ? text : text.substring(2), radix);
      if (number.bitLength() > Long.SIZE - 1) {
        problems.add(scalar.at(), scalar.path() + ": expected a whole number of at most 64 bits");
        return null;
      }
      return number.longValue();
    }
    if (FLOAT.matcher(text).matches()) {
      double number = Double.parseDouble(text);
      if (Double.isInfinite(number)) {
        problems.add(scalar.at(), scalar.path() + ": the number is too large");
        return null;
      }
      return number;
    }
    return text;
  }
}
