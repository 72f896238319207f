// SPDX-License-Identifier: Apache-2.0
package io.headgate.resilience;

import io.headgate.chat.RequestFacts;
import io.headgate.config.RewriteSettings;
import io.headgate.gateway.Decision;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.RequestBody;
import io.headgate.provider.Retargeted;
import io.headgate.rewrite.Rewriter;
import io.headgate.route.Plan;
import io.headgate.route.Target;
import io.headgate.translate.Ineligible;
import io.headgate.translate.Translation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes of the app's request what each target is to get. */
final class TargetRequests {

  private final RoutingTools tools;
  private final Exchange exchange;
  private final GatewayRequest request;
  private final ForeignRequests foreign;

  TargetRequests(RoutingTools tools, Exchange exchange, GatewayRequest request) {
    this.tools = tools;
    this.exchange = exchange;
    this.request = request;
    this.foreign = new ForeignRequests(tools, exchange, request);
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
      try {
        ForeignRequests.Worded worded = foreign.worded(target);
        if (worded != null) {
          return made(plan, target, worded);
        }
      } catch (Ineligible e) {
        return Made.not(String.valueOf(e.getMessage()));
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
      changed = foreign.adapted(endpoint, target, changed, dropped);
      facts = facts.withModel(target.model());
    }
    return new Made(
        new TargetRequest(
            target(plan), endpoint, rewritten(plan, endpoint, changed), facts, null, dropped),
        "");
  }

  private Made made(Plan.Try plan, Target target, ForeignRequests.Worded worded) {
    Translation translation = worded.translation();
    return new Made(
        new TargetRequest(
            target,
            worded.endpoint(),
            rewritten(plan, worded.endpoint(), worded.request()),
            worded.facts(),
            translation,
            translation == null ? List.of() : translation.dropped()),
        "");
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
