// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.chat.Operation;
import io.headgate.config.Globs;
import io.headgate.config.RouteSettings;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls a {@code match} is for, but for its condition. A call that does not fit costs no
 * memory. Immutable.
 */
public final class CallMatch {

  private final Set<Operation> operations;
  private final ModelPattern[] models;
  private final String[] providers;

  public CallMatch(RouteSettings.Match match) {
    this.operations = match.operations();
    this.models = match.models().stream().map(ModelPattern::of).toArray(ModelPattern[]::new);
    this.providers = match.providers().toArray(new String[0]);
  }

  /** The models it is for if they are all named, so that no other can fit; empty if not. */
  List<String> exactModels() {
    for (ModelPattern model : models) {
      if (!model.exact()) {
        return List.of();
      }
    }
    return List.of(models).stream().map(ModelPattern::glob).distinct().toList();
  }

  boolean fits(RouteCall call) {
    return fits(call.provider(), call.operation(), call.model());
  }

  /**
   * Whether a call fits.
   *
   * @param provider as the app called it
   * @param model as the app named it; null if it named none
   */
  public boolean fits(String provider, Operation operation, @Nullable String model) {
    return fits(operation) && fitsModel(model) && fitsProvider(provider);
  }

  private boolean fits(Operation operation) {
    return operations.isEmpty() ? operation.usesModel() : operations.contains(operation);
  }

  /** Whether calls of this kind may take the route when they ask for it by name. */
  boolean canTake(Operation operation) {
    return CompiledRoutes.routable(operation) || operations.contains(operation);
  }

  private boolean fitsModel(@Nullable String name) {
    if (models.length == 0) {
      return true;
    }
    String model = name == null ? "" : name;
    for (ModelPattern pattern : models) {
      if (pattern.fits(model)) {
        return true;
      }
    }
    return false;
  }

  private boolean fitsProvider(String name) {
    if (providers.length == 0) {
      return true;
    }
    for (String provider : providers) {
      if (provider.equals(name) || (provider.indexOf('*') >= 0 && Globs.matches(provider, name))) {
        return true;
      }
    }
    return false;
  }
}
