// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.gateway.BodyEdits;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.RequestBody;
import io.headgate.provider.Retargeted;
import io.headgate.route.Target;
import io.headgate.translate.AppCall;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Translation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the app's call into the words of providers that do not speak quite as the app does. */
final class ForeignRequests {

  private final RoutingTools tools;
  private final Exchange exchange;
  private final GatewayRequest request;
  private @Nullable AppCall read;

  ForeignRequests(RoutingTools tools, Exchange exchange, GatewayRequest request) {
    this.tools = tools;
    this.exchange = exchange;
    this.request = request;
  }

  /**
   * A request in other words.
   *
   * @param translation the way back; null if the answer comes in the app's format
   */
  record Worded(
      GatewayRequest request,
      Endpoint endpoint,
      RequestFacts facts,
      @Nullable Translation translation) {}

  /**
   * The request as a target gets it; null if that is as the app made it.
   *
   * @throws Ineligible if the target cannot serve the call, and why
   */
  @Nullable Worded worded(Target target) {
    Endpoint from = exchange.endpoint();
    if (!tools.translator().reads(from.format())) {
      return null;
    }
    boolean streaming = from.streaming() || exchange.requestFacts().stream();
    Retargeted retargeted =
        tools.retargeter().translate(request, from, target.provider(), target.model(), streaming);
    if (retargeted == null) {
      return null;
    }
    if (!tools.credentials().hasCredential(target.provider(), from.provider())) {
      throw new Ineligible("there is no key for provider " + target.provider());
    }
    Endpoint endpoint = retargeted.endpoint();
    RequestFacts facts = exchange.requestFacts().withModel(target.model()).withStream(streaming);
    if (endpoint.format() == from.format()) {
      RequestBody body = enveloped(endpoint, target.model(), streaming);
      return new Worded(retargeted.request().withBody(body), endpoint, facts, null);
    }
    Translation translation = translation(endpoint, target.model());
    note(translation, target);
    RequestBody body = RequestBody.of(translation.body());
    return new Worded(retargeted.request().withBody(body), endpoint, facts, translation);
  }

  private Translation translation(Endpoint endpoint, String model) {
    try {
      return call().to(endpoint, model);
    } catch (Ineligible e) {
      throw e;
    } catch (RuntimeException e) {
      tools.faults().fault("translate", e);
      throw new Ineligible("the request could not be translated");
    }
  }

  private AppCall call() {
    AppCall known = read;
    if (known == null) {
      String wanted = tools.config().traffic().answerAsAsked() ? exchange.model() : null;
      known = tools.translator().read(exchange.endpoint(), request, wanted);
      read = known;
    }
    return known;
  }

  /**
   * Anthropic's Messages on Vertex AI and elsewhere: the same but for what names the model and the
   * version (Google Cloud's guide to Claude). The wish for a stream is in the body of both, but an
   * app of Vertex AI may have said it by the path only.
   */
  private RequestBody enveloped(Endpoint endpoint, String model, boolean streaming) {
    Map<String, @Nullable Object> set = new LinkedHashMap<>();
    List<String> removed;
    if (endpoint.model() != null) {
      set.put("anthropic_version", "vertex-2023-10-16");
      removed = List.of("model");
    } else {
      set.put("model", model);
      removed = List.of("anthropic_version");
    }
    if (streaming) {
      set.put("stream", true);
    }
    RequestBody less = tools.editor().edited(endpoint, request.body(), BodyEdits.removing(removed));
    RequestBody body =
        less == null ? null : tools.editor().edited(endpoint, less, BodyEdits.setting(set));
    if (body == null) {
      throw new Ineligible("the request's body is not JSON");
    }
    return body;
  }

  private void note(Translation translation, Target target) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("target", target.toString());
    attributes.put("from", name(translation.from()));
    attributes.put("to", name(translation.to()));
    if (!translation.dropped().isEmpty()) {
      attributes.put("dropped", String.join(", ", translation.dropped()));
    }
    if (!translation.changed().isEmpty()) {
      attributes.put("changed", String.join(", ", translation.changed()));
    }
    exchange.note(new Decision("translate", attributes));
  }

  private static String name(WireFormat format) {
    return format.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What a target has no place for, or has refused before, is not said to it. */
  GatewayRequest adapted(
      Endpoint endpoint, Target target, GatewayRequest before, List<String> dropped) {
    if (target.provider().equals(exchange.endpoint().provider()) || before.body().opaque()) {
      return before;
    }
    BodyEdits edits =
        tools.translator().adaptation(endpoint, target.model(), before.body().bytes());
    if (edits.isEmpty()) {
      return before;
    }
    // One after the other: what takes the place of a member may go by its name, too.
    RequestBody less =
        tools.editor().edited(endpoint, before.body(), BodyEdits.removing(edits.remove()));
    RequestBody body =
        less == null ? null : tools.editor().edited(endpoint, less, BodyEdits.setting(edits.set()));
    if (body == null || body == before.body()) {
      return before;
    }
    exchange.note(
        new Decision(
            "adapt",
            Map.of("target", target.toString(), "dropped", String.join(", ", edits.remove()))));
    dropped.addAll(edits.remove());
    return before.withBody(body);
  }
}
