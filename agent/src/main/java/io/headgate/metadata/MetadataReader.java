// SPDX-License-Identifier: Apache-2.0
package io.headgate.metadata;

import io.headgate.config.MetadataSource;
import io.headgate.config.MetadataSource.Kind;
import io.headgate.gateway.Captured;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.json.JsonTree;
import java.lang.StackWalker.StackFrame;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds who is asking, in the sources that the configuration names. Immutable; thread-safe. */
public final class MetadataReader {

  private static final int MOST_TEXT = 1024;

  private final Map<String, List<MetadataSource>> sources;
  private final boolean ofThread;

  public MetadataReader(Map<String, List<MetadataSource>> sources) {
    this.sources = sources;
    this.ofThread =
        sources.values().stream()
            .flatMap(List::stream)
            .anyMatch(source -> onlyThread(source.kind()));
  }

  /** Whether only the thread that makes a call knows. */
  private static boolean onlyThread(Kind kind) {
    return kind == Kind.MDC || kind == Kind.BAGGAGE || kind == Kind.CALLER;
  }

  /**
   * What this thread knows, for a call that another one will run; empty if nothing is asked of it.
   *
   * @param loader through which the app's own libraries can be found
   */
  public Map<String, String> captured(@Nullable ClassLoader loader) {
    if (!ofThread) {
      return Map.of();
    }
    Map<String, String> captured = new HashMap<>();
    OfThread here = new OfThread(loader);
    for (List<MetadataSource> list : sources.values()) {
      for (MetadataSource source : list) {
        String value = onlyThread(source.kind()) ? here.value(source) : null;
        if (value != null) {
          captured.put(key(source), value);
        }
      }
    }
    return captured;
  }

  /** The values for one call, asked on the thread that runs it. */
  Map<String, Object> read(Exchange exchange, GatewayRequest request) {
    Map<String, Object> given = exchange.options().metadata();
    if (sources.isEmpty()) {
      return given;
    }
    OfCall call = new OfCall(exchange, request);
    Map<String, Object> values = new LinkedHashMap<>();
    sources.forEach(
        (name, list) -> {
          Object value = given.get(name);
          for (int i = 0; value == null && i < list.size(); i++) {
            value = call.value(list.get(i));
          }
          if (value != null) {
            values.put(name, value);
          }
        });
    given.forEach(values::putIfAbsent);
    return values;
  }

  private static String key(MetadataSource source) {
    return source.kind().name().toLowerCase(Locale.ROOT) + ":" + source.name();
  }

  /** Sources of one thread; the stack is walked once, if at all. */
  private static final class OfThread {
    private final @Nullable ClassLoader loader;
    private @Nullable StackFrame frame;
    private boolean walked;

    OfThread(@Nullable ClassLoader loader) {
      this.loader = loader;
    }

    @Nullable String value(MetadataSource source) {
      return switch (source.kind()) {
        case MDC -> Mdc.get(source.name(), loader);
        case BAGGAGE -> Baggage.current(source.name(), loader);
        case CALLER -> CallerFrame.part(source.name(), frame());
        default -> null;
      };
    }

    private @Nullable StackFrame frame() {
      if (!walked) {
        walked = true;
        frame = CallerFrame.find();
      }
      return frame;
    }
  }

  /** All sources of one call; its body is read once, if at all. */
  private static final class OfCall {
    private final GatewayRequest request;
    private final @Nullable Captured captured;
    private final OfThread here;
    private @Nullable Object body;
    private boolean read;

    OfCall(Exchange exchange, GatewayRequest request) {
      this.request = request;
      Exchange.CallSite site = exchange.callSite();
      this.captured = site.parent() instanceof Captured found ? found : null;
      this.here = new OfThread(site.loader());
    }

    @Nullable Object value(MetadataSource source) {
      Object value =
          switch (source.kind()) {
            case HEADER -> request.headers().first(source.name());
            case BODY -> JsonTree.at(body(), source.name());
            case VALUE -> source.name();
            case BAGGAGE -> {
              String found = ofThread(source);
              yield found != null ? found : Baggage.of(request.headers(), source.name());
            }
            case MDC, CALLER -> ofThread(source);
          };
      if (value instanceof String text) {
        return text.isEmpty() ? null : Values.cut(text, MOST_TEXT);
      }
      return value instanceof Number || value instanceof Boolean ? value : null;
    }

    private @Nullable String ofThread(MetadataSource source) {
      return captured != null ? captured.metadata().get(key(source)) : here.value(source);
    }

    private @Nullable Object body() {
      if (!read) {
        read = true;
        body = JsonTree.read(request.body().bytes());
      }
      return body;
    }
  }
}
