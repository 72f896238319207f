// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ApiFailure;
import io.headgate.chat.Operation;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.BodyEdits;
import io.headgate.gateway.ContentTransform;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.json.JsonTree;
import io.headgate.json.Nodes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has calls in one format served by providers of another. Thread-safe. */
public final class Translator {

  private final Map<WireFormat, Supplier<CallerDialect>> callers;
  private final Map<WireFormat, Supplier<TargetDialect>> targets;
  private final TraitsCatalog catalog;
  private final Learned learned = new Learned();

  /**
   * Translates between these.
   *
   * @param callers what reads calls, made when it is first needed
   * @param targets what speaks to targets, likewise
   */
  public Translator(
      Map<WireFormat, Supplier<CallerDialect>> callers,
      Map<WireFormat, Supplier<TargetDialect>> targets,
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
    Supplier<CallerDialect> caller = callers.get(endpoint.format());
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
    return new AppCall(this, caller.get(), app, model);
  }

  /** What an error in a format says; as much as the status tells if the format is not known. */
  public ApiFailure failure(WireFormat format, int status, Headers headers, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    Supplier<TargetDialect> target = targets.get(format);
    if (target == null) {
      return new ApiFailure(ApiFailure.Kind.BAD_REQUEST, status, text, null, null);
    }
    Object document = JsonTree.exact(body);
    List<@Nullable Object> list = Nodes.list(document);
    Map<String, @Nullable Object> object = Nodes.map(list.isEmpty() ? document : list.get(0));
    return target.get().error(status, headers, object, text);
  }

  /**
   * What has to be changed in a chat that another provider than the app's gets in the app's own
   * format; nothing for other operations.
   */
  public BodyEdits adaptation(Endpoint target, String model, byte[] body) {
    return target.operation() == Operation.CHAT
        ? Adaptation.of(
            target.format(),
            body,
            traits(target, model),
            learned.parameters(target.provider(), model))
        : BodyEdits.removing(List.of());
  }

  /**
   * What has to be changed in a streamed chat of another provider than the app's that comes in the
   * app's own format; null for nothing. Nothing has to be where the app's own provider has no
   * {@code stream_options} either: its apps take the usage wherever it comes.
   *
   * @param app where the app's calls go by themselves
   * @param model the one that the app asked for
   * @param usage whether the app asked for the usage
   */
  public @Nullable ContentTransform adaptation(
      Endpoint app, Endpoint target, String model, boolean usage) {
    return target.operation() == Operation.CHAT
            && target.format() == WireFormat.OPENAI
            && traits(app, model).can(Traits.Feature.STREAM_OPTIONS)
        ? new UsageAsAsked(usage)
        : null;
  }

  TargetDialect target(WireFormat format) {
    Supplier<TargetDialect> target = targets.get(format);
    if (target == null) {
      throw new Ineligible("nothing is translated into the format of the target");
    }
    return target.get();
  }

  Traits traits(Endpoint target, String model) {
    return catalog.of(target.format(), target.provider(), model);
  }
}
