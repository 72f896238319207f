// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.chat.Cost;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.Routing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.net.URI;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The attribute sets of the metrics, each built once. What a call is measured under depends only on
 * operation, provider, models, server and error, and an app has few combinations of these.
 */
final class MetricAttributes {

  /** Beyond this, sets are built and thrown away; the SDK folds its series at a like figure. */
  private static final int MOST = 2_000;

  private static final int UNKNOWN_MODELS = 200;
  private static final int ERROR_KINDS = 100;

  private final Folded models;
  private final Folded errors = new Folded((owner, error) -> false, ERROR_KINDS);
  private final Map<Key, Sets> sets = new ConcurrentHashMap<>();

  MetricAttributes(BiPredicate<String, String> knownModel) {
    this.models = new Folded(knownModel, UNKNOWN_MODELS);
  }

  private record Key(
      String operation,
      String provider,
      @Nullable String requestModel,
      @Nullable String responseModel,
      @Nullable String error,
      String address,
      int port) {}

  /**
   * The sets of one combination, of calls without a route.
   *
   * @param error what a call ended with; null if it ended well, or has not ended
   * @param uri where it was sent
   */
  Sets of(
      Endpoint endpoint,
      @Nullable String requestModel,
      @Nullable String responseModel,
      @Nullable String error,
      URI uri) {
    // Prices are listed under the short name.
    String lister = endpoint.provider();
    Key key =
        new Key(
            endpoint.operation().text(),
            endpoint.telemetryName(),
            requestModel == null ? null : models.fold(lister, requestModel),
            responseModel == null ? null : models.fold(lister, responseModel),
            error == null ? null : errors.fold("", error),
            Server.address(uri),
            Server.port(uri));
    Sets known = sets.get(key);
    if (known != null) {
      return known;
    }
    Sets made = new Sets(key, null);
    if (sets.size() < MOST) {
      sets.put(key, made);
    }
    return made;
  }

  /** A route and an arm of it, by their names in the configuration. */
  private record Arm(@Nullable String route, @Nullable String arm) {}

  /** The sets of one combination. */
  static final class Sets {
    private static final int MOST_ARMS = 100;

    /** With {@code error.type} if there was an error. */
    final Attributes outcome;

    /** The same without it. */
    final Attributes plain;

    /** Only the provider. */
    final Attributes provider;

    /** Provider and model asked for. */
    final Attributes model;

    private final Attributes[] tokens = new Attributes[4];
    private final Map<Cost.Source, Attributes> cost = new EnumMap<>(Cost.Source.class);

    private final Key key;
    private volatile @Nullable Map<Arm, Sets> byArm;

    private Sets(Key key, @Nullable Arm arm) {
      this.key = key;
      AttributesBuilder builder =
          Attributes.builder()
              .put(GenAiAttributes.OPERATION_NAME, key.operation)
              .put(GenAiAttributes.PROVIDER_NAME, key.provider)
              .put(GenAiAttributes.REQUEST_MODEL, key.requestModel)
              .put(GenAiAttributes.RESPONSE_MODEL, key.responseModel);
      if (!key.address.isEmpty()) {
        builder.put(GenAiAttributes.SERVER_ADDRESS, key.address);
        if (key.port >= 0) {
          builder.put(GenAiAttributes.SERVER_PORT, (long) key.port);
        }
      }
      if (arm != null) {
        builder.put(GenAiAttributes.ROUTE, arm.route).put(GenAiAttributes.ARM, arm.arm);
      }
      plain = builder.build();
      outcome =
          key.error == null
              ? plain
              : plain.toBuilder().put(GenAiAttributes.ERROR_TYPE, key.error).build();
      for (int i = 0; i < tokens.length; i++) {
        AttributesBuilder tokenSet =
            plain.toBuilder().put(GenAiAttributes.TOKEN_TYPE, (i & 1) == 0 ? "input" : "output");
        if (i >= 2) {
          tokenSet.put(GenAiAttributes.USAGE_ESTIMATED, true);
        }
        tokens[i] = tokenSet.build();
      }
      provider = Attributes.of(GenAiAttributes.PROVIDER_NAME, key.provider);
      model = provider.toBuilder().put(GenAiAttributes.REQUEST_MODEL, key.requestModel).build();
      for (Cost.Source source : Cost.Source.values()) {
        AttributesBuilder costSet =
            model.toBuilder()
                .put(GenAiAttributes.RESPONSE_MODEL, key.responseModel)
                .put(GenAiAttributes.COST_SOURCE, source(source));
        if (arm != null) {
          costSet.put(GenAiAttributes.ROUTE, arm.route).put(GenAiAttributes.ARM, arm.arm);
        }
        cost.put(source, costSet.build());
      }
    }

    /** The same of calls that were routed like this; these if there was no route. */
    Sets on(Routing routing) {
      if (routing.route() == null && routing.arm() == null) {
        return this;
      }
      Arm arm = new Arm(routing.route(), routing.arm());
      Map<Arm, Sets> known = byArm;
      if (known == null) {
        // Two threads may each make one; the sets of the one that is lost are made again.
        known = new ConcurrentHashMap<>();
        byArm = known;
      }
      Sets sets = known.get(arm);
      if (sets == null) {
        sets = new Sets(key, arm);
        if (known.size() < MOST_ARMS) {
          known.put(arm, sets);
        }
      }
      return sets;
    }

    Attributes input(boolean estimated) {
      return tokens[estimated ? 2 : 0];
    }

    Attributes output(boolean estimated) {
      return tokens[estimated ? 3 : 1];
    }

    Attributes cost(Cost.Source source) {
      return cost.getOrDefault(source, model);
    }
  }

  /** How a source is written, on spans and metrics alike. */
  static String source(Cost.Source source) {
    return source.name().toLowerCase(Locale.ROOT);
  }
}
