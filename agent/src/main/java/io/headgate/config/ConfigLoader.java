// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Config.Fail;
import io.headgate.config.Config.Mode;
import io.headgate.config.ConfigFile.Unreadable;
import io.headgate.config.ConfigLocator.Location;
import io.headgate.config.Value.Section;
import java.io.File;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration: finds the file, lays properties and variables over it, checks all of it.
 * Opens no file but that one. Safe in {@code premain}; safe on any thread.
 */
public final class ConfigLoader {
  private final Set<String> providers;
  private final Map<String, String> env;
  private final Properties props;
  private final File directory;
  private final ConfigCheck check;
  private final Placeholders placeholders;
  private final FailSetting failSetting;

  /**
   * @param providers the names of the built-in providers
   * @param env environment variables
   * @param props system properties, read anew at each loading
   */
  public ConfigLoader(Set<String> providers, Map<String, String> env, Properties props) {
    this(providers, env, props, ConfigCheck.NONE);
  }

  /**
   * @param check what else has to hold; asked at each loading, on the thread that loads
   */
  public ConfigLoader(
      Set<String> providers, Map<String, String> env, Properties props, ConfigCheck check) {
    // An empty parent would make the path absolute: at the root.
    this(providers, env, props, check, new File("."));
  }

  ConfigLoader(
      Set<String> providers,
      Map<String, String> env,
      Properties props,
      ConfigCheck check,
      File directory) {
    this.providers = Set.copyOf(providers);
    this.env = env;
    this.props = props;
    this.directory = directory;
    this.check = check;
    this.placeholders = new Placeholders(env, props);
    this.failSetting = new FailSetting(env, props, placeholders);
  }

  /**
   * Reads the configuration that holds at start-up.
   *
   * @param agentArgs what follows {@code =} in the {@code -javaagent} option
   * @throws ConfigException if it cannot be used
   */
  public Loaded load(@Nullable String agentArgs) {
    Problems problems = new Problems();
    Location location = new ConfigLocator(env, props, directory).locate(agentArgs, problems);
    if (problems.any()) {
      throw new ConfigException(problems.lines(), failIn(location));
    }
    if (location == null) {
      return new Loaded(parse(null, new byte[0]), null, "", new byte[0]);
    }
    try {
      byte[] bytes = ConfigFile.bytes(location.file());
      Config config = parse(location.name(), bytes);
      return new Loaded(config, location.file(), location.name(), bytes);
    } catch (Unreadable e) {
      problems.add(reason(location, e.reason()));
      throw new ConfigException(problems.lines(), failSetting.find(null, null));
    }
  }

  /** What the file says of failing, where it is not read for any other purpose. */
  private Fail failIn(@Nullable Location location) {
    if (location != null) {
      try {
        byte[] bytes = ConfigFile.bytes(location.file());
        String text = ConfigFile.text(bytes, location.name(), new Problems());
        Section root = text == null ? null : YamlReader.read(text, location.name(), new Problems());
        return failSetting.find(root, text == null ? ConfigFile.ascii(bytes) : text);
      } catch (Unreadable e) {
        // Then it says nothing.
      }
    }
    return failSetting.find(null, null);
  }

  private static String reason(Location location, String reason) {
    return location.namedBy() == null
        ? location.name() + " " + reason
        : location.namedBy() + " names " + location.name() + ", which " + reason;
  }

  /** Reads a file's content, or overrides alone if the name is null. */
  Config parse(@Nullable String name, byte[] bytes) {
    Problems problems = new Problems();
    String text = null;
    Section file = Section.empty("");
    if (name != null) {
      text = ConfigFile.text(bytes, name, problems);
      file = text == null ? null : YamlReader.read(text, name, problems);
    }
    Config config = Config.OBSERVE_ONLY;
    if (file != null) {
      Overrides.Result result = new Overrides(env, props, providers).apply(file, problems);
      Mode mode = name != null || result.act() ? Mode.ENFORCE : Mode.OBSERVE;
      config = new ConfigBinder(providers, placeholders, problems).bind(name, result.root(), mode);
    }
    if (!problems.any()) {
      check.check(config, problems::add);
    }
    if (problems.any()) {
      Fail fail = failSetting.find(file, text == null ? ConfigFile.ascii(bytes) : text);
      throw new ConfigException(problems.lines(), fail);
    }
    return config;
  }
}
