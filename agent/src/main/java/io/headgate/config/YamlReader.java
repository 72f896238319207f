// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.Value.Entry;
import io.headgate.config.Value.Items;
import io.headgate.config.Value.Section;
import io.headgate.config.Value.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Turns YAML into {@link Value}s that know their line and column. Reads parser events rather than a
 * composed graph: depth, aliases and repeated keys are then checked before anything is built, and
 * an alias shares the value it names, so that a "billion laughs" file costs what its bytes cost.
 */
final class YamlReader {
  private static final int MAX_DEPTH = 32;
  private static final int MAX_ALIASES = 50;
  private static final Set<String> TAGS =
      Set.of("str", "int", "float", "bool", "null", "map", "seq");
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

  private final String name;
  private final Problems problems;
  private final Iterator<Event> events;
  private final Map<String, Value> anchors = new HashMap<>();
  private int aliases;

  private YamlReader(String source, String name, Problems problems) {
    this.name = name;
    this.problems = problems;
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setCodePointLimit(ConfigFile.MAX_BYTES).build();
    this.events = new Parse(settings).parseString(source).iterator();
  }

  /** What a text says; null, and a problem, if it is not YAML or no mapping. */
  static @Nullable Section read(String source, String name, Problems problems) {
    try {
      return new YamlReader(source, name, problems).document();
    } catch (Broken broken) {
      problems.add(broken.at, broken.reason);
    } catch (MarkedYamlEngineException e) {
      // Not its message: that quotes the file, and with it perhaps a secret.
      Mark mark = e.getProblemMark().or(e::getContextMark).orElse(null);
      String at = mark == null ? name : place(name, mark.getLine(), mark.getColumn());
      problems.add(at, "not valid YAML: " + reason(e) + hint(source, mark));
    } catch (ReaderException e) {
      problems.add(
          name,
          String.format("contains the control character U+%04X; remove it", e.getCodePoint()));
    } catch (YamlEngineException e) {
      problems.add(name, "not valid YAML");
    }
    return null;
  }

  private Section document() throws Broken {
    Section section = null;
    while (events.hasNext()) {
      Event event = events.next();
      if (event.getEventId() == Event.ID.DocumentStart) {
        if (section != null) {
          throw new Broken(at(event), "a second document starts here; only one is read");
        }
        section = root();
      }
    }
    return section == null ? Section.empty(name) : section;
  }

  private Section root() throws Broken {
    Value value = value(events.next(), 0);
    if (value instanceof Section section) {
      return section;
    }
    if (Value.isBlank(value)) {
      return Section.empty(name);
    }
    throw new Broken(value.at(), "expected a mapping such as \"mode: observe\"");
  }

  private Value value(Event event, int depth) throws Broken {
    if (depth > MAX_DEPTH) {
      throw new Broken(at(event), "nested more than " + MAX_DEPTH + " levels deep");
    }
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    checkTag(event);
    Value value;
    if (event instanceof ScalarEvent scalar) {
      boolean none = scalar.isPlain() && NULLS.contains(scalar.getValue());
      boolean plain = scalar.isPlain() && !scalar.getTag().orElse("").endsWith(":str");
      value = new Text(at(event), none ? "" : scalar.getValue(), true, plain);
    } else if (event instanceof MappingStartEvent) {
      value = mapping(event, depth);
    } else {
      value = items(event, depth);
    }
    // Only now, so that a value cannot hold itself.
    Optional<String> anchor =
        event instanceof NodeEvent node ? node.getAnchor().map(Object::toString) : Optional.empty();
    if (anchor.isPresent()) {
      anchors.put(anchor.get(), value);
    }
    return value;
  }

  private Value aliased(AliasEvent alias) throws Broken {
    if (++aliases > MAX_ALIASES) {
      throw new Broken(at(alias), "more than " + MAX_ALIASES + " aliases");
    }
    Value value = anchors.get(alias.getAlias().toString());
    if (value == null) {
      throw new Broken(at(alias), "an alias (*) to an anchor (&) that is not defined before it");
    }
    return value;
  }

  private Items items(Event start, int depth) throws Broken {
    List<Value> items = new ArrayList<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.SequenceEnd;
        event = events.next()) {
      items.add(value(event, depth + 1));
    }
    return new Items(at(start), items);
  }

  private Section mapping(Event start, int depth) throws Broken {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Event event = events.next();
        event.getEventId() != Event.ID.MappingEnd;
        event = events.next()) {
      if (!(event instanceof ScalarEvent key)) {
        throw new Broken(at(event), "a key must be plain text");
      }
      checkTag(event);
      Value value = value(events.next(), depth + 1);
      Entry first = entries.putIfAbsent(key.getValue(), new Entry(at(key), value));
      if (first != null) {
        problems.add(
            at(key),
            "key "
                + Problems.quote(key.getValue())
                + " is written twice, first at "
                + first.keyAt()
                + "; keep one");
      }
    }
    return new Section(at(start), entries);
  }

  private void checkTag(Event event) {
    Optional<String> tag = Optional.empty();
    if (event instanceof ScalarEvent scalar) {
      tag = scalar.getTag();
    } else if (event instanceof CollectionStartEvent collection) {
      tag = collection.getTag();
    }
    String prefix = "tag:yaml.org,2002:";
    if (tag.isPresent()
        && !(tag.get().startsWith(prefix) && TAGS.contains(tag.get().substring(prefix.length())))) {
      problems.add(at(event), "tags (!) are not supported; for a variable write ${NAME}");
    }
  }

  private String at(Event event) {
    Mark mark = event.getStartMark().orElse(null);
    return mark == null ? name : place(name, mark.getLine(), mark.getColumn());
  }

  private static String place(String name, int line, int column) {
    return name + ":" + (line + 1) + ":" + (column + 1);
  }

  private static String reason(MarkedYamlEngineException e) {
    String problem = e.getProblem() == null ? "" : e.getProblem();
    if (problem.contains("TAB")) {
      return "a tab stands where only spaces may; indent with spaces";
    }
    // The only problems that quote more than a character of the file.
    return problem.isEmpty() || problem.contains("tag") ? "cannot be read here" : problem;
  }

  /** The most frequent cause: braces of a placeholder end the braces around it. */
  private static String hint(String source, @Nullable Mark mark) {
    if (mark == null) {
      return "";
    }
    String[] lines = source.split("\n", mark.getLine() + 2);
    boolean placeholder = mark.getLine() < lines.length && lines[mark.getLine()].indexOf("${") >= 0;
    return placeholder ? "; put a value with ${…} in quotes" : "";
  }

  /** A file that cannot be read further. */
  private static final class Broken extends Exception {
    private final String at;
    private final String reason;

    Broken(String at, String reason) {
      super(reason);
      this.at = at;
      this.reason = reason;
    }
  }
}
