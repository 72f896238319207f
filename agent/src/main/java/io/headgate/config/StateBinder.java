// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Value.Section;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code state}. */
final class StateBinder {
  private static final String DIRECTORY = "a directory such as ${HOME}/.headgate";

  private final ConfigBinder binder;
  private final String home;
  private final Problems problems;
  private final Measures measures;

  /**
   * @param home the user's home directory; empty if it is not known
   */
  StateBinder(ConfigBinder binder, String home, Problems problems) {
    this.binder = binder;
    this.home = home;
    this.problems = problems;
    this.measures = new Measures(binder, problems);
  }

  StateSettings bind(@Nullable Value value) {
    StateSettings usual = StateSettings.usual(home);
    Section section = binder.section(value, "state", "settings, such as type: disk");
    binder.checkKeys(section, Vocabulary.STATE, "state");
    // There is one word so far, and it says what is done anyway.
    var unused = binder.choice(section, "on-failure", "state.on-failure", Choice.ON_FAILURE);
    Duration timeout = measures.time(section, "state", "timeout", "1ms", "10s");
    StateSettings.Type type = type(section);
    return new StateSettings(
        type,
        path(section.get("path"), usual.path()),
        or(measures.size(section, "state", "memory", "1MB", "1024GB"), usual.memory()),
        or(measures.size(section, "state", "disk", "1MB", "1024GB"), usual.disk()),
        url(section, type),
        timeout == null ? usual.timeoutMillis() : (int) timeout.toMillis());
  }

  private StateSettings.@Nullable Type type(Section section) {
    String word = binder.choice(section, "type", "state.type", Choice.STATE_TYPE);
    return word == null ? null : StateSettings.Type.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The tilde is the shell's, but who writes it means the home directory. */
  private String path(@Nullable Value value, String usual) {
    Scalar scalar = binder.scalar(value, "state.path", DIRECTORY);
    if (scalar == null) {
      return usual;
    }
    String path = scalar.value();
    if (path.chars().anyMatch(Character::isISOControl)) {
      problems.add(scalar.at(), "state.path: expected " + DIRECTORY + ", found " + scalar.shown());
      return usual;
    }
    return path.equals("~") || path.startsWith("~/") ? home + path.substring(1) : path;
  }

  private @Nullable Secret url(Section section, StateSettings.@Nullable Type type) {
    Value value = section.get("url");
    Value typed = section.get("type");
    Scalar scalar = binder.scalar(value, "state.url", RedisUrlCheck.EXPECTED);
    if (scalar == null) {
      boolean told = value != null && problems.mentions(value.at());
      if (type == StateSettings.Type.REDIS && typed != null && !told) {
        problems.add(typed.at(), "state: type redis needs url, " + RedisUrlCheck.EXPECTED);
      }
      return null;
    }
    // Of a type with a mistake in it nobody knows whether it goes with the URL.
    if (type != StateSettings.Type.REDIS
        && (type != null || typed == null || Value.isBlank(typed))) {
      problems.add(
          scalar.at(), "state: url is only for type redis; add type: redis, or remove url");
    }
    String mistake = RedisUrlCheck.mistake(scalar);
    if (mistake != null) {
      problems.add(scalar.at(), "state.url: " + mistake);
      return null;
    }
    return new Secret(scalar.value());
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return Objects.requireNonNullElse(value, otherwise);
  }
}
