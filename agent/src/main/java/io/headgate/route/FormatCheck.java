// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.config.Config;
import io.headgate.config.ProviderSettings;
import io.headgate.config.RouteSettings;
import io.headgate.config.StepSettings;
import io.headgate.provider.ProviderCatalog;
import io.headgate.route.Spoken.Leaf;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Finds steps that mix targets in such a way that no caller could be served by all of them: an
 * answer reaches the app in the wire format in which it asked, and not every format is translated.
 */
final class FormatCheck {

  private static final String WHY = "; nothing is translated between these";

  private final Config config;
  private final ProviderCatalog catalog;
  private final BiConsumer<String, String> problems;
  private final Map<String, Spoken> done = new HashMap<>();

  FormatCheck(Config config, ProviderCatalog catalog, BiConsumer<String, String> problems) {
    this.config = config;
    this.catalog = catalog;
    this.problems = problems;
  }

  void check() {
    for (RouteSettings route : config.traffic().routes()) {
      Spoken spoken = spoken(route);
      for (String provider : route.match().providers()) {
        checkCaller(route, provider, spoken);
      }
    }
  }

  /** Calls to a provider come in its formats, so a target that has none of these is no use. */
  private void checkCaller(RouteSettings route, String provider, Spoken spoken) {
    Set<String> formats = new TreeSet<>(formats(provider, chats(route)));
    if (!catalog.asksForTranslation(provider)) {
      formats.remove(Spoken.CHAT);
    }
    Set<String> answered = spoken.formats();
    if (formats.isEmpty() || answered == null) {
      return;
    }
    Leaf caller = new Leaf("a call to " + provider, route.at(), path(route), formats);
    if (caller.sharesNone(answered)) {
      Leaf target =
          spoken.leaves().stream()
              .filter(leaf -> leaf.sharesNone(formats))
              .findFirst()
              .orElse(spoken.leaves().get(0));
      problems.accept(
          route.at(), path(route) + ".match.provider: " + caller + ", " + target(target) + WHY);
    }
  }

  private Spoken spoken(RouteSettings route) {
    Spoken known = done.get(route.label());
    if (known == null) {
      // What would be a loop ends here; the configuration has been checked for those.
      done.put(route.label(), Spoken.ANY);
      known = spoken(route.step(), path(route), chats(route));
      done.put(route.label(), known);
    }
    return known;
  }

  private Spoken spoken(StepSettings step, String path, boolean chats) {
    if (step instanceof StepSettings.Use use) {
      Set<String> formats = formats(use.target().provider(), chats);
      return formats.isEmpty()
          ? Spoken.ANY
          : new Spoken(
              formats,
              List.of(new Leaf(use.target().toString(), use.at(), path + ".use", formats)));
    }
    if (step instanceof StepSettings.Route reference) {
      return config.traffic().routes().stream()
          .filter(route -> reference.name().equals(route.name()))
          .findFirst()
          .map(this::spoken)
          .orElse(Spoken.ANY);
    }
    if (step instanceof StepSettings.When when) {
      Spoken then = spoken(when.then(), path + ".then", chats);
      StepSettings otherwise = when.otherwise();
      return then.or(otherwise == null ? Spoken.ANY : spoken(otherwise, path + ".else", chats));
    }
    return together(step, path, chats);
  }

  /** Of a step whose steps all have to serve the same call; of one without any, all. */
  private Spoken together(StepSettings outer, String path, boolean chats) {
    Spoken all = Spoken.ANY;
    int index = 0;
    for (StepSettings step : Steps.inside(outer)) {
      Spoken next = spoken(step, path + "." + Steps.name(outer, index++), chats);
      Spoken both = all.and(next);
      Set<String> shared = both.formats();
      if (shared != null && shared.isEmpty()) {
        report(all, next);
        return Spoken.ANY;
      }
      all = both;
    }
    return all;
  }

  private void report(Spoken before, Spoken next) {
    Leaf leaf = next.leaves().get(0);
    Leaf other = before.leaves().get(0);
    for (Leaf late : next.leaves()) {
      for (Leaf early : before.leaves()) {
        if (late.sharesNone(early.formats())) {
          leaf = late;
          other = early;
        }
      }
    }
    problems.accept(leaf.at(), leaf.path() + ": " + leaf + ", " + target(other) + WHY);
  }

  private static String target(Leaf leaf) {
    return leaf.name() + " (" + leaf.at() + ")" + leaf.toString().substring(leaf.name().length());
  }

  private static String path(RouteSettings route) {
    return "routes[" + route.index() + "]";
  }

  /** Whether a route may get chats, which are what is translated. */
  private static boolean chats(RouteSettings route) {
    Set<Operation> operations = route.match().operations();
    return operations.isEmpty() || operations.contains(Operation.CHAT);
  }

  /** The names of a provider's formats; none if there is no such provider. */
  private Set<String> formats(String provider, boolean chats) {
    ProviderSettings settings = config.providers().get(provider);
    if (settings != null && settings.dialect() == WireFormat.OPENAI_RESPONSES) {
      // Such a server answers this one only, whatever else is known below the same paths.
      String responses = name(WireFormat.OPENAI_RESPONSES);
      return chats ? Set.of(responses, Spoken.CHAT) : Set.of(responses);
    }
    Set<String> names = new TreeSet<>();
    for (WireFormat format : catalog.formats(provider)) {
      names.add(name(format));
    }
    if (chats && catalog.translatable(provider)) {
      names.add(Spoken.CHAT);
    }
    if (names.isEmpty() && catalog.has(provider)) {
      // It can serve the calls that the app makes to it, and no others.
      names.add(provider + "'s own");
    }
    return names;
  }

  private static String name(WireFormat format) {
    return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
