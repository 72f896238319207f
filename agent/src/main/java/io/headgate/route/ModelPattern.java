// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.config.Globs;

/**
 * A model's name, or a glob. Taken apart beforehand, so that a name which does not fit costs no
 * memory: with a thousand routes most names do not fit most patterns.
 *
 * @param glob as written
 * @param start the text before the first {@code *}
 * @param end the text after the last one
 * @param stars how many there are
 */
record ModelPattern(String glob, String start, String end, int stars) {

  static ModelPattern of(String glob) {
    int star = glob.indexOf('*');
    return star < 0
        ? new ModelPattern(glob, glob, "", 0)
        : new ModelPattern(
            glob,
            glob.substring(0, star),
            glob.substring(glob.lastIndexOf('*') + 1),
            (int) glob.chars().filter(c -> c == '*').count());
  }

  boolean exact() {
    return stars == 0;
  }

  boolean fits(String model) {
    if (exact()) {
      return glob.equals(model);
    }
    return model.length() >= start.length() + end.length()
        && model.startsWith(start)
        && model.endsWith(end)
        && (stars == 1 || Globs.matches(glob, model));
  }
}
