// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.RequestFacts;
import io.headgate.chat.WireFormat;
import io.headgate.config.RewriteSettings;
import io.headgate.gateway.BodyEdits;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.RequestBody;
import io.headgate.provider.Retargeted;
import io.headgate.rewrite.Rewriter;
import io.headgate.route.Plan;
import io.headgate.route.Target;
import io.headgate.translate.AppCall;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Translation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of the app's request what each target is to get. */
final class TargetRequests {

  private final RoutingTools tools;
  private final Exchange exchange;
  private final GatewayRequest request;
  private @Nullable AppCall read;

  TargetRequests(RoutingTools tools, Exchange exchange, GatewayRequest request) {
    this.tools = tools;
    this.exchange = exchange;
    this.request = request;
  }

  /** The request, or why there can be none. */
  record Made(@Nullable TargetRequest request, String whyNot) {
    static Made not(String why) {
      return new Made(null, why);
    }
  }

  /** The target of a plan, without any look at whether it can serve the call. */
  Target target(Plan.Try plan) {
    Target target = plan.target();
    if (target != null) {
      return target;
    }
    String model = exchange.model();
    return new Target(exchange.endpoint().provider(), model == null ? "" : model);
  }

  Made made(Plan.Try plan) {
    Endpoint endpoint = exchange.endpoint();
    GatewayRequest changed = request;
    RequestFacts facts = exchange.requestFacts();
    List<String> dropped = new ArrayList<>();
    Target target = plan.target();
    if (target != null) {
      String why = pinned(target);
      if (why != null) {
        return Made.not(why);
      }
      Made translated = translated(plan, target);
      if (translated != null) {
        return translated;
      }
      Retargeted retargeted =
          tools.retargeter().retarget(request, endpoint, target.provider(), target.model());
      if (retargeted == null) {
        String reason =
            tools.retargeter().whyNot(request, endpoint, target.provider(), target.model());
        return Made.not(String.valueOf(reason));
      }
      if (!tools.credentials().hasCredential(target.provider(), endpoint.provider())) {
        return Made.not("there is no key for provider " + target.provider());
      }
      endpoint = retargeted.endpoint();
      changed = retargeted.request();
      RequestBody body = tools.editor().withModel(endpoint, request.body(), target.model());
      if (body == null) {
        return Made.not("the request's body is not JSON");
      }
      changed = body == request.body() ? changed : changed.withBody(body);
      changed = adapted(endpoint, target, changed, dropped);
      facts = facts.withModel(target.model());
    }
    return new Made(
        new TargetRequest(target(plan), endpoint, rewritten(plan, endpoint, changed), facts, null, dropped),
        "");
  }

  /** The request in another format; null if the target is to get it in the app's. */
  private @Nullable Made translated(Plan.Try plan, Target target) {
    Endpoint from = exchange.endpoint();
    if (target.provider().equals(from.provider()) || !tools.translator().reads(from.format())) {
      return null;
    }
    boolean streaming = from.streaming() || exchange.requestFacts().stream();
    Retargeted retargeted =
        tools.retargeter().translate(request, from, target.provider(), target.model(), streaming);
    if (retargeted == null || !tools.translator().writes(retargeted.endpoint().format())) {
      return null;
    }
    if (!tools.credentials().hasCredential(target.provider(), from.provider())) {
      return Made.not("there is no key for provider " + target.provider());
    }
    Endpoint endpoint = retargeted.endpoint();
    Translation translation;
    try {
      translation = call().to(endpoint, target.model());
    } catch (Ineligible e) {
      return Made.not(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      tools.faults().fault("translate", e);
      return Made.not("the request could not be translated");
    }
    note(translation, target);
    GatewayRequest changed =
        retargeted.request().withBody(RequestBody.of(translation.body()));
    return new Made(
        new TargetRequest(
            target,
            endpoint,
            rewritten(plan, endpoint, changed),
            exchange.requestFacts().withModel(target.model()).withStream(streaming),
            translation,
            translation.dropped()),
        "");
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
  private GatewayRequest adapted(
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

  private GatewayRequest rewritten(Plan.Try plan, Endpoint endpoint, GatewayRequest before) {
    String name = plan.rewrite();
    RewriteSettings settings = name == null ? null : tools.config().traffic().rewrites().get(name);
    if (settings == null) {
      return before;
    }
    if (tools.retargeter().fixed(before, endpoint.provider())) {
      exchange.note(
          new Decision("rewrite", Map.of("name", settings.name(), "dropped", "signed request")));
      return before;
    }
    Rewriter.Rewritten rewritten =
        Rewriter.apply(settings, endpoint, before, exchange.metadata(), tools.editor());
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("name", settings.name());
    if (!rewritten.dropped().isEmpty()) {
      attributes.put("dropped", String.join(" ", rewritten.dropped()));
    }
    exchange.note(new Decision("rewrite", attributes));
    return rewritten.request();
  }

  /** What the provider keeps of a conversation is known to nobody else. */
  private @Nullable String pinned(Target target) {
    RequestFacts facts = exchange.requestFacts();
    boolean pinned = facts.previousResponseId() != null || facts.conversationId() != null;
    return pinned && !target.provider().equals(exchange.endpoint().provider())
        ? "the request goes on with a conversation that "
            + exchange.endpoint().provider()
            + " keeps"
        : null;
  }
}
