// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.chat.Operation;
import io.headgate.config.CacheRule.Replay;
import io.headgate.config.CacheRule.Semantic;
import io.headgate.config.RouteSettings.Match;
import io.headgate.config.Value.Items;
import io.headgate.config.Value.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code cache}. */
final class CacheBinder {
  private static final List<String> REPLAYS = List.of("instant", "recorded");
  private static final String REPLAY = "instant, recorded or a rate such as " + Rate.EXAMPLE;
  private static final String PATH =
      "a member of the request's body, such as user or metadata.session";

  private final ConfigBinder binder;
  private final MatchBinder matches;
  private final SemanticBinder semantics;
  private final Measures measures;
  private final Problems problems;

  /**
   * @param providers all that are built in or configured
   */
  CacheBinder(ConfigBinder binder, Collection<String> providers, Models models, Problems problems) {
    this.binder = binder;
    this.matches = new MatchBinder(binder, providers, problems);
    this.semantics = new SemanticBinder(binder, new TargetNames(providers, models), problems);
    this.measures = new Measures(binder, problems);
    this.problems = problems;
  }

  /** The rules; of no use if there are problems. */
  List<CacheRule> bind(@Nullable Value rules) {
    List<CacheRule> settings = new ArrayList<>();
    List<Value> items = binder.items(rules, "cache", "rules, such as - {ttl: 1h}");
    for (int i = 0; i < items.size(); i++) {
      String path = "cache[" + i + "]";
      Value item = items.get(i);
      if (item instanceof Section section) {
        settings.add(rule(section, i, path));
      } else {
        problems.add(
            item.at(),
            path + ": expected a mapping such as {ttl: 1h}, found " + ConfigBinder.kind(item));
      }
    }
    // A match with a mistake in it may take more calls than it was meant to.
    if (!problems.any()) {
      checkOrder(settings);
    }
    return settings;
  }

  private CacheRule rule(Section section, int index, String path) {
    binder.checkKeys(section, Vocabulary.CACHE, path);
    Section key = binder.section(section.get("key"), path + ".key", "ignore and version");
    binder.checkKeys(key, Vocabulary.CACHE_KEY, path + ".key");
    Scalar version = binder.scalar(key.get("version"), path + ".key.version", "text");
    Match match = matches.read(section.get("match"), path + ".match");
    checkOperations(section.get("match"), match, path + ".match.operation");
    Value meaning = section.get("semantic");
    Semantic semantic = semantics.read(meaning, path + ".semantic");
    if (semantic != null && meaning != null && !takesChats(match)) {
      problems.add(
          meaning.at(),
          path
              + ".semantic: only chats are compared by their meaning; add chat to match.operation,"
              + " or remove semantic");
    }
    return new CacheRule(
        section.at(),
        index,
        match,
        ttl(section, path),
        or(measures.timeOrZero(section, path, "stale-if-error"), Duration.ZERO),
        or(measures.timeOrZero(section, path, "stale-while-revalidate"), Duration.ZERO),
        isolate(section.get("isolate"), path + ".isolate"),
        ignored(key.get("ignore"), path + ".key.ignore"),
        version == null ? "" : version.value(),
        expression(section.get("store-when"), path + ".store-when"),
        or(measures.size(section, path, "max-entry", "1KB", "1GB"), CacheRule.MAX_ENTRY),
        replay(section.get("replay"), path + ".replay"),
        semantic);
  }

  private Duration ttl(Section section, String path) {
    Duration ttl = measures.time(section, path, "ttl", "1s", "365d");
    Value value = section.get("ttl");
    if (value == null || Value.isBlank(value)) {
      problems.add(section.at(), path + ": ttl is missing; expected a time such as 1h");
    } else if (ttl == null) {
      emptyUnlessTold(value, path + ".ttl", "a time such as 1h");
    }
    return or(ttl, Duration.ZERO);
  }

  private void checkOperations(@Nullable Value written, Match match, String path) {
    Value value = written instanceof Section section ? section.get("operation") : null;
    if (value == null) {
      return;
    }
    for (Operation operation : Operation.values()) {
      if (match.operations().contains(operation) && !operation.usesModel()) {
        problems.add(
            value.at(),
            path + ": " + operation.text() + " uses no model and is never cached; remove it");
      }
    }
  }

  private static boolean takesChats(Match match) {
    return match.operations().isEmpty() || match.operations().contains(Operation.CHAT);
  }

  /** What is left out stands for the credential; only an empty list stands for nothing. */
  private @Nullable List<ExpressionText> isolate(@Nullable Value value, String path) {
    if (value == null || Value.isBlank(value)) {
      return null;
    }
    List<ExpressionText> texts = new ArrayList<>();
    if (value instanceof Items list) {
      for (int i = 0; i < list.items().size(); i++) {
        dimension(list.items().get(i), path + "[" + i + "]", texts);
      }
    } else {
      dimension(value, path, texts);
    }
    return texts;
  }

  private void dimension(Value value, String path, List<ExpressionText> texts) {
    ExpressionText text = expression(value, path);
    if (text != null) {
      texts.add(text);
    } else {
      // Left out, it would let calls share answers that somebody wanted to keep apart.
      emptyUnlessTold(value, path, ModifierBinder.EXPRESSION);
    }
  }

  private Set<String> ignored(@Nullable Value value, String path) {
    Set<String> paths = new HashSet<>();
    for (Scalar scalar : binder.scalars(value, path, PATH)) {
      if (isPath(scalar.value())) {
        paths.add(scalar.value());
      } else {
        problems.add(
            scalar.at(), scalar.path() + ": expected " + PATH + ", found " + scalar.shown());
      }
    }
    return paths;
  }

  /** Names with dots between them. What looks like an index or a pattern is no name. */
  private static boolean isPath(String text) {
    return text.chars().noneMatch(c -> c <= ' ' || c == 0x7f || "[]*".indexOf(c) >= 0)
        && !text.startsWith(".")
        && !text.endsWith(".")
        && !text.contains("..");
  }

  private @Nullable ExpressionText expression(@Nullable Value value, String path) {
    Scalar scalar = binder.scalar(value, path, ModifierBinder.EXPRESSION);
    return scalar == null ? null : new ExpressionText(scalar.at(), path, scalar.value());
  }

  private Replay replay(@Nullable Value value, String path) {
    Scalar scalar = binder.scalar(value, path, REPLAY);
    if (scalar == null || scalar.value().equalsIgnoreCase("instant")) {
      return Replay.INSTANT;
    }
    if (scalar.value().equalsIgnoreCase("recorded")) {
      return Replay.RECORDED;
    }
    Rate rate = Rate.parse(scalar.value());
    if (rate == null) {
      String nearest = Names.nearest(scalar.written(), REPLAYS);
      problems.add(
          scalar.at(),
          path
              + (": expected " + REPLAY + ", found " + scalar.shown())
              + (nearest == null ? "" : "; did you mean " + Problems.quote(nearest) + "?"));
      return Replay.INSTANT;
    }
    return new Replay(Replay.Kind.PACED, rate.count(), rate.window());
  }

  /** Whether every rule can match. */
  private void checkOrder(List<CacheRule> rules) {
    for (int i = 1; i < rules.size(); i++) {
      CacheRule rule = rules.get(i);
      rules.subList(0, i).stream()
          .filter(earlier -> earlier.match().covers(rule.match()))
          .findFirst()
          .ifPresent(
              earlier ->
                  problems.add(
                      rule.at(),
                      ("cache[" + rule.index() + "]: can never match, since cache[")
                          + earlier.index()
                          + (earlier.match().all()
                              ? "] before it matches every call"
                              : "] before it matches all of its calls")
                          + "; move it up, or remove it"));
    }
  }

  private void emptyUnlessTold(Value value, String path, String expected) {
    if (!problems.mentions(value.at())) {
      problems.add(value.at(), path + ": expected " + expected + ", found an empty value");
    }
  }

  private static <T> T or(@Nullable T value, T otherwise) {
    return Objects.requireNonNullElse(value, otherwise);
  }
}
