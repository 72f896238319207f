// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.config.Config;
import io.headgate.config.ConfigException;
import io.headgate.config.Traffic;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the agent's jar does when it is run rather than attached: it checks a configuration, or
 * tells what would become of a request. Sends nothing.
 */
public final class Cli {

  static final int OK = 0;
  static final int INVALID = 1;
  static final int USAGE = 2;

  private static final String HELP =
      """
      usage:
        java -jar headgate-agent.jar validate [--config FILE]
            checks a configuration: exit code 0 if it can be used, 1 with the reasons if not
        java -jar headgate-agent.jar explain [--config FILE] --request FILE
            tells what would become of a request, and sends nothing; the file is JSON:
            {"url": "https://api.openai.com/v1/chat/completions", "headers": {…}, "body": {…},
             "metadata": {"plan": "free"}}
            or a body alone, which stands for a POST to that URL
        %s
      without --config the configuration is found as the agent finds it"""
          .formatted(CacheCommand.HELP.indent(2).strip());

  private final PrintStream out;
  private final PrintStream err;

  private Cli(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs a command and returns the exit code. */
  public static int run(String[] arguments, PrintStream out, PrintStream err) {
    return new Cli(out, err).run(List.of(arguments));
  }

  private int run(List<String> arguments) {
    String command = arguments.isEmpty() ? "" : arguments.get(0);
    boolean cache = command.equals("cache");
    String action = cache && arguments.size() > 1 ? arguments.get(1) : "";
    Map<String, String> options = options(arguments, cache ? 2 : 1);
    if (options == null
        || !options.keySet().stream().allMatch(name -> known(command, action, name))) {
      err.println(HELP);
      return USAGE;
    }
    switch (command) {
      case "validate" -> {
        return validate(options.get("--config"));
      }
      case "explain" -> {
        return explain(options.get("--config"), options.get("--request"));
      }
      case "cache" -> {
        return cache(action, options);
      }
      case "help", "--help", "-h" -> {
        out.println(HELP);
        return OK;
      }
      default -> {
        err.println(HELP);
        return USAGE;
      }
    }
  }

  private static boolean known(String command, String action, String option) {
    return option.equals("--config")
        || (option.equals("--request") && command.equals("explain"))
        || (command.equals("cache") && CacheCommand.knows(action, option));
  }

  /** Null if they are not pairs; {@code --all} stands alone. */
  private static @Nullable Map<String, String> options(List<String> arguments, int first) {
    Map<String, String> options = new HashMap<>();
    for (int i = first; i < arguments.size(); i += 2) {
      if (arguments.get(i).equals("--all")) {
        options.put("--all", "true");
        i--;
        continue;
      }
      if (i + 1 == arguments.size()) {
        return null;
      }
      options.put(arguments.get(i), arguments.get(i + 1));
    }
    return options;
  }

  private int cache(String action, Map<String, String> options) {
    if (!action.equals("stats") && !action.equals("purge")) {
      err.println(HELP);
      return USAGE;
    }
    Config config = load(options.get("--config"));
    return config == null ? INVALID : new CacheCommand(out, err).run(action, config, options);
  }

  private int validate(@Nullable String file) {
    Config config = load(file);
    if (config == null) {
      return INVALID;
    }
    Traffic traffic = config.traffic();
    String source = config.source();
    out.println(
        (source == null ? "no file" : source)
            + ": valid; mode "
            + config.mode().name().toLowerCase(java.util.Locale.ROOT)
            + ", "
            + count(config.providers().size(), "provider")
            + ", "
            + count(traffic.models().entries().size(), "model name")
            + ", "
            + count(traffic.routes().size(), "route")
            + ", "
            + count(config.cache().size(), "cache rule"));
    return OK;
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private int explain(@Nullable String file, @Nullable String request) {
    if (request == null) {
      err.println("headgate: explain needs --request FILE");
      return USAGE;
    }
    Config config = load(file);
    if (config == null) {
      return INVALID;
    }
    byte[] json;
    try {
      json = Files.readAllBytes(Path.of(request));
    } catch (IOException | RuntimeException e) {
      err.println("headgate: " + request + " cannot be read");
      return INVALID;
    }
    List<String> lines = new Explain(config).lines(json);
    if (lines.isEmpty()) {
      err.println(
          "headgate: " + request + ": expected a JSON object, with url and body, or a body alone");
      return INVALID;
    }
    lines.forEach(out::println);
    return OK;
  }

  private @Nullable Config load(@Nullable String file) {
    try {
      return Configurations.loader().load(file == null ? null : "config=" + file).config();
    } catch (ConfigException e) {
      err.println(e.getMessage());
      return null;
    }
  }
}
