// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Value.Entry;
import io.headgate.config.Value.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code rewrite}. */
final class RewriteBinder {
  private static final String FIELDS = "names of fields, such as [logit_bias]";
  private static final String RANGE = "the least and the most, such as [1, 2048]";

  private final ConfigBinder binder;
  private final Problems problems;
  private final HeaderFields headerFields;
  private final ValueTree values;

  RewriteBinder(ConfigBinder binder, Problems problems) {
    this.binder = binder;
    this.problems = problems;
    this.headerFields = new HeaderFields(binder, problems, true);
    this.values = new ValueTree(binder, problems);
  }

  Map<String, RewriteSettings> bind(Section rewrites) {
    Map<String, RewriteSettings> settings = new LinkedHashMap<>();
    for (Map.Entry<String, Entry> entry : rewrites.entries().entrySet()) {
      String path = "rewrite." + entry.getKey();
      if (entry.getKey().isBlank()) {
        problems.add(entry.getValue().keyAt(), "rewrite: expected a name");
      }
      Section section = binder.section(entry.getValue().value(), path, "changes, such as set:");
      settings.put(
          entry.getKey(), rewrite(entry.getKey(), entry.getValue().keyAt(), section, path));
    }
    return settings;
  }

  private RewriteSettings rewrite(String name, String at, Section section, String path) {
    binder.checkKeys(section, Vocabulary.REWRITE, path);
    String systemPath = path + ".system";
    Section system = binder.section(section.get("system"), systemPath, "prepend: and append:");
    binder.checkKeys(system, Vocabulary.REWRITE_SYSTEM, systemPath);
    String headersPath = path + ".headers";
    Section headers = binder.section(section.get("headers"), headersPath, "set: and remove:");
    binder.checkKeys(headers, Vocabulary.REWRITE_HEADERS, headersPath);
    String setPath = path + ".set";
    return new RewriteSettings(
        at,
        name,
        template(system, systemPath, "prepend"),
        template(system, systemPath, "append"),
        values.fields(
            binder.section(section.get("set"), setPath, "fields, such as temperature: 0.2"),
            setPath),
        clamps(section, path + ".clamp"),
        names(section.get("remove"), path + ".remove"),
        headerFields.read(headers.get("set"), headersPath + ".set"),
        removedHeaders(headers, headersPath + ".remove"));
  }

  private @Nullable String template(Section section, String path, String key) {
    Scalar scalar = binder.template(section.get(key), path + "." + key);
    return scalar == null ? null : scalar.value();
  }

  private List<String> names(@Nullable Value value, String path) {
    List<String> names = new ArrayList<>();
    binder.scalars(value, path, FIELDS).forEach(scalar -> names.add(scalar.value()));
    return List.copyOf(names);
  }

  private List<String> removedHeaders(Section headers, String path) {
    List<String> names = new ArrayList<>();
    for (Scalar scalar :
        binder.scalars(headers.get("remove"), path, "field names, such as [x-team]")) {
      if (headerFields.isAllowed(scalar.value(), scalar.at(), path)) {
        names.add(scalar.value());
      }
    }
    return List.copyOf(names);
  }

  private Map<String, double[]> clamps(Section section, String path) {
    Map<String, double[]> clamps = new LinkedHashMap<>();
    Section written =
        binder.section(section.get("clamp"), path, "fields, such as max_tokens: [1, 2048]");
    for (Map.Entry<String, Entry> entry : written.entries().entrySet()) {
      double[] range = range(entry.getValue().value(), path + "." + entry.getKey());
      if (range != null) {
        clamps.put(entry.getKey(), range);
      }
    }
    return Collections.unmodifiableMap(clamps);
  }

  private double @Nullable [] range(Value value, String path) {
    List<BigDecimal> ends = new ArrayList<>();
    for (Value item : binder.items(value, path, RANGE)) {
      Scalar scalar = binder.scalar(item, path, RANGE);
      BigDecimal number = scalar == null ? null : Measures.number(scalar.value());
      if (number == null) {
        if (scalar != null) {
          problems.add(scalar.at(), path + ": expected a number, found " + scalar.shown());
        }
        return null;
      }
      ends.add(number);
    }
    if (ends.size() != 2) {
      if (!ends.isEmpty()) {
        problems.add(value.at(), path + ": expected " + RANGE);
      }
      return null;
    }
    if (ends.get(0).compareTo(ends.get(1)) > 0) {
      problems.add(
          value.at(),
          path + ": the range is reversed; expected [" + ends.get(1) + ", " + ends.get(0) + "]");
      return null;
    }
    return new double[] {ends.get(0).doubleValue(), ends.get(1).doubleValue()};
  }
}
