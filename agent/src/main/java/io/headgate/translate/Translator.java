// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has calls in one format served by providers of another. Thread-safe. */
public final class Translator {

  private final Map<WireFormat, CallerDialect> callers;
  private final Map<WireFormat, TargetDialect> targets;
  private final TraitsCatalog catalog;
  private final Learned learned = new Learned();

  public Translator(
      Map<WireFormat, CallerDialect> callers,
      Map<WireFormat, TargetDialect> targets,
      TraitsCatalog catalog) {
    this.callers = Map.copyOf(callers);
    this.targets = Map.copyOf(targets);
    this.catalog = catalog;
  }

  /** Whether calls in a format can be served by providers of others at all. */
  public boolean reads(WireFormat format) {
    return callers.containsKey(format);
  }

  /** Whether calls in other formats can be served in this one. */
  public boolean writes(WireFormat format) {
    return targets.containsKey(format);
  }

  /** What targets have refused, in this JVM. */
  public Learned learned() {
    return learned;
  }

  /**
   * Reads a call.
   *
   * @param model the name that answers are to give; null for what the provider gives
   * @throws Ineligible if it cannot be read, and why
   */
  public AppCall read(Endpoint endpoint, GatewayRequest request, @Nullable String model) {
    CallerDialect caller = callers.get(endpoint.format());
    if (caller == null) {
      throw new Ineligible("calls in the format of " + endpoint.provider() + " are not translated");
    }
    Map<String, @Nullable Object> body =
        request.body().opaque() ? null : Nodes.map(JsonTree.exact(request.body().bytes()));
    if (body == null) {
      throw new Ineligible("the request's body is not JSON");
    }
    String query = request.uri().getRawQuery();
    AppRequest app = new AppRequest(endpoint, body, query == null ? "" : query);
    return new AppCall(this, caller, app, model);
  }

  TargetDialect target(WireFormat format) {
    TargetDialect target = targets.get(format);
    if (target == null) {
      throw new Ineligible("nothing is translated into the format of the target");
    }
    return target;
  }

  Traits traits(Endpoint target, String model) {
    return catalog.of(target.format(), target.provider(), model);
  }
}
