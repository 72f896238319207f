// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.CacheRule.Semantic;
import io.headgate.config.Value.Section;
import org.jspecify.annotations.Nullable;

/** Reads {@code semantic} of a cache rule. */
final class SemanticBinder {
  /** The word for the embedding that needs no call. */
  static final String LOCAL = "local";

  private static final double THRESHOLD = 0.95;
  private static final String EMBED =
      "provider/model, such as openai/text-embedding-3-small, or " + LOCAL;

  private final ConfigBinder binder;
  private final TargetNames targets;
  private final Measures measures;
  private final Problems problems;

  SemanticBinder(ConfigBinder binder, TargetNames targets, Problems problems) {
    this.binder = binder;
    this.targets = targets;
    this.measures = new Measures(binder, problems);
    this.problems = problems;
  }

  /** Null if it is absent. */
  @Nullable Semantic read(@Nullable Value value, String path) {
    Section section = binder.section(value, path, "settings, such as threshold: 0.95");
    binder.checkKeys(section, Vocabulary.SEMANTIC, path);
    if (!(value instanceof Section)) {
      return null;
    }
    String mode = binder.choice(section, "mode", path + ".mode", Choice.SEMANTIC_MODE);
    return new Semantic(
        threshold(section, path),
        embed(section.get("embed"), path + ".embed"),
        "shadow".equals(mode));
  }

  private double threshold(Section section, String path) {
    Double share = measures.share(section, path, "threshold", 1);
    Value written = section.get("threshold");
    if (share != null && written != null && share == 0) {
      problems.add(
          written.at(), path + ".threshold: expected more than 0, or any questions are the same");
    }
    return share == null ? THRESHOLD : share;
  }

  private @Nullable TargetRef embed(@Nullable Value value, String path) {
    Scalar scalar = binder.scalar(value, path, EMBED);
    if (scalar == null || scalar.value().equalsIgnoreCase(LOCAL)) {
      return null;
    }
    TargetRef target = targets.find(scalar, problems);
    if (target != null && target.model().equals("*")) {
      problems.add(scalar.at(), path + ": expected " + EMBED + ", found " + scalar.shown());
      return null;
    }
    return target;
  }
}
