// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import io.headgate.chat.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One entry under {@code routes}.
 *
 * @param at where it was written: {@code headgate.yaml:3:7}
 * @param index its place in the list, from 0
 * @param name null if it has none
 * @param match which calls it is for
 * @param step what becomes of them
 */
public record RouteSettings(
    String at, int index, @Nullable String name, Match match, StepSettings step) {

  /** The name, or its place in the file. */
  public String label() {
    return name != null ? name : "routes[" + index + "]";
  }

  /**
   * All of it has to fit.
   *
   * @param operations any of these; empty for all that use a model
   * @param models any of these names or globs; empty for all
   * @param providers any of these as the app called them; empty for all
   * @param when null for always
   */
  public record Match(
      Set<Operation> operations,
      List<String> models,
      List<String> providers,
      @Nullable ExpressionText when) {

    /** Those that a route is for that names none. */
    private static final Set<Operation> USING_MODELS =
        Arrays.stream(Operation.values())
            .filter(Operation::usesModel)
            .collect(Collectors.toUnmodifiableSet());

    public static final Match ALL = new Match(Set.of(), List.of(), List.of(), null);

    public Match {
      operations = Set.copyOf(operations);
      models = List.copyOf(models);
      providers = List.copyOf(providers);
    }

    /** Whether every call fits, so that no route after this one can ever match. */
    public boolean all() {
      return operations.isEmpty()
          && (models.isEmpty() || models.contains("*"))
          && providers.isEmpty()
          && when == null;
    }

    /**
     * Whether every call that fits the other fits this one too. Each pattern of the other has to be
     * within one of these: a {@code *} in it can only be matched by one in the pattern around it.
     */
    boolean covers(Match other) {
      return when == null
          && allOperations().containsAll(other.allOperations())
          && other.allModels().stream().allMatch(this::hasModel)
          && (providers.isEmpty()
              || (!other.providers.isEmpty() && providers.containsAll(other.providers)));
    }

    private Set<Operation> allOperations() {
      return operations.isEmpty() ? USING_MODELS : operations;
    }

    private List<String> allModels() {
      return models.isEmpty() ? List.of("*") : models;
    }

    private boolean hasModel(String pattern) {
      return allModels().stream().anyMatch(model -> Globs.matches(model, pattern));
    }
  }
}
