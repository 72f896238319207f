// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.config.StepBinder.Scope;
import io.headgate.config.StepSettings.Arm;
import io.headgate.config.StepSettings.Balance;
import io.headgate.config.StepSettings.Cascade;
import io.headgate.config.StepSettings.First;
import io.headgate.config.StepSettings.Member;
import io.headgate.config.StepSettings.Modifiers;
import io.headgate.config.StepSettings.Split;
import io.headgate.config.StepSettings.Stage;
import io.headgate.config.Value.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the steps that are lists of steps. */
final class BranchBinder {
  private static final int MAX_NAME = 64;

  private final ConfigBinder binder;
  private final StepBinder steps;
  private final ModifierBinder modifiers;
  private final Measures measures;
  private final Problems problems;

  BranchBinder(
      ConfigBinder binder,
      StepBinder steps,
      ModifierBinder modifiers,
      Measures measures,
      Problems problems) {
    this.binder = binder;
    this.steps = steps;
    this.modifiers = modifiers;
    this.measures = measures;
    this.problems = problems;
  }

  /** Null, and a problem, if none of the list is a step. */
  @Nullable StepSettings read(
      String at, String action, Value value, String path, Modifiers own, Scope inside) {
    List<Value> items = binder.items(value, path, "steps, such as [{use: openai/gpt-4o}]");
    return switch (action) {
      case "first" -> first(at, items, path, own, inside);
      case "split" -> split(at, value.at(), items, path, own, inside);
      case "balance" -> balance(at, value.at(), items, path, own, inside);
      default -> cascade(at, items, path, own, inside);
    };
  }

  private @Nullable StepSettings first(
      String at, List<Value> items, String path, Modifiers own, Scope inside) {
    List<StepSettings> read = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      StepSettings step = steps.step(items.get(i), path + "[" + i + "]", Vocabulary.STEP, inside);
      if (step != null) {
        read.add(step);
      }
    }
    reachable(read, items, path);
    return read.isEmpty() ? null : new First(at, own, read);
  }

  private @Nullable StepSettings split(
      String at, String listAt, List<Value> items, String path, Modifiers own, Scope inside) {
    List<Arm> arms = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < items.size(); i++) {
      String item = path + "[" + i + "]";
      String name = arm(items.get(i), item, i);
      Integer other = names.putIfAbsent(name, i);
      if (other != null) {
        problems.add(
            items.get(i).at(),
            item + ": arm " + Problems.quote(name) + " is that of " + path + "[" + other + "] too");
      }
      double weight = weight(items.get(i), item);
      weights.add(weight);
      StepSettings step = steps.step(items.get(i), item, Vocabulary.ARM, inside);
      if (step != null) {
        arms.add(new Arm(name, weight, step));
      }
    }
    checkWeights(weights, listAt, path);
    return arms.isEmpty() ? null : new Split(at, own, arms);
  }

  private @Nullable StepSettings balance(
      String at, String listAt, List<Value> items, String path, Modifiers own, Scope inside) {
    List<Member> members = new ArrayList<>();
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String item = path + "[" + i + "]";
      double weight = weight(items.get(i), item);
      weights.add(weight);
      StepSettings step = steps.step(items.get(i), item, Vocabulary.MEMBER, inside);
      if (step != null) {
        members.add(new Member(weight, step));
      }
    }
    checkWeights(weights, listAt, path);
    return members.isEmpty() ? null : new Balance(at, own, members);
  }

  private @Nullable StepSettings cascade(
      String at, List<Value> items, String path, Modifiers own, Scope inside) {
    List<Stage> stages = new ArrayList<>();
    List<StepSettings> read = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      String item = path + "[" + i + "]";
      ExpressionText accept =
          items.get(i) instanceof Section section
              ? modifiers.expression(section.get("accept"), item + ".accept")
              : null;
      StepSettings step = steps.step(items.get(i), item, Vocabulary.STAGE, inside);
      if (step != null) {
        stages.add(new Stage(step, accept));
        read.add(step);
      }
    }
    reachable(read, items, path);
    return stages.isEmpty() ? null : new Cascade(at, own, stages);
  }

  /** A denial is no failure that the next step could mend. */
  private void reachable(List<StepSettings> read, List<Value> items, String path) {
    if (read.size() != items.size()) {
      return;
    }
    for (int i = 0; i + 1 < read.size(); i++) {
      if (Steps.alwaysDenies(read.get(i))) {
        problems.add(
            items.get(i + 1).at(),
            (path + "[" + (i + 1) + "]: cannot be reached; ")
                + (path + "[" + i + "] denies every call"));
        return;
      }
    }
  }

  private String arm(Value item, String path, int index) {
    String expected = "the name of an arm";
    Scalar scalar =
        item instanceof Section section
            ? binder.scalar(section.get("arm"), path + ".arm", expected)
            : null;
    if (scalar == null) {
      return Integer.toString(index);
    }
    // It is told in a header of the answer.
    if (scalar.value().length() > MAX_NAME || !HeaderFields.isValue(scalar.value())) {
      problems.add(
          scalar.at(),
          scalar.path() + ": expected at most " + MAX_NAME + " printable ASCII characters");
    }
    return scalar.value();
  }

  private double weight(Value item, String path) {
    Double weight = item instanceof Section section ? measures.weight(section, path) : null;
    return weight == null ? 1 : weight;
  }

  private void checkWeights(List<Double> weights, String at, String path) {
    if (!weights.isEmpty() && weights.stream().allMatch(weight -> weight == 0)) {
      problems.add(at, path + ": the weights sum to 0; expected one that is more");
    }
  }
}
