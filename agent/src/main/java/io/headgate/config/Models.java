// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code models} says: names and globs, and the target each stands for. An exact name beats a
 * glob; among globs the longest text before the first {@code *} wins, and of equal ones the first
 * written. Immutable.
 */
public final class Models {

  public static final Models NONE = new Models(List.of());

  private final List<Entry> entries;
  private final Map<String, TargetRef> exact = new HashMap<>();
  private final List<Entry> globs = new ArrayList<>();

  /**
   * One line.
   *
   * @param pattern an alias, or a glob in which {@code *} stands for any text
   * @param target a {@code *} in its model is the text that the glob's {@code *} stood for, a model
   *     {@code *} alone is the name as the app wrote it
   */
  public record Entry(String at, String pattern, TargetRef target) {}

  public Models(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    for (Entry entry : entries) {
      if (entry.pattern().indexOf('*') < 0) {
        exact.putIfAbsent(entry.pattern(), entry.target());
      } else {
        globs.add(entry);
      }
    }
    // Stable: of equal ones the first written stays first.
    globs.sort((a, b) -> b.pattern().indexOf('*') - a.pattern().indexOf('*'));
  }

  /** In the order of the file. */
  public List<Entry> entries() {
    return entries;
  }

  /** The target that a name stands for, when the app asks for it; null if it stands for none. */
  public @Nullable TargetRef resolve(String name) {
    TargetRef alias = exact.get(name);
    if (alias == null) {
      return byGlob(name);
    }
    return alias.model().equals("*") ? new TargetRef(alias.provider(), name) : alias;
  }

  /** The target of an alias, with the {@code *} it may have; null if there is none of that name. */
  @Nullable TargetRef alias(String name) {
    return exact.get(name);
  }

  /** The target that a name stands for by a glob; null if none fits. */
  @Nullable TargetRef byGlob(String name) {
    for (Entry glob : globs) {
      String rest = Globs.rest(glob.pattern(), name);
      if (rest != null) {
        return fill(glob.target(), name, rest);
      }
    }
    return null;
  }

  /**
   * A glob's target for one name.
   *
   * @param rest what the glob's {@code *} stands for in it
   */
  static TargetRef fill(TargetRef target, String name, String rest) {
    String model = target.model();
    return model.equals("*")
        ? new TargetRef(target.provider(), name)
        : new TargetRef(target.provider(), model.replace("*", rest));
  }
}
