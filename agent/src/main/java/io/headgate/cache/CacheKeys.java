// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.chat.WireFormat;
import io.headgate.gateway.Endpoint;
import io.headgate.gateway.GatewayRequest;
import io.headgate.json.JsonPaths;
import io.headgate.state.EntryKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the key of a call: a hash of everything that may change its answer, and of nothing that
 * changes from call to call without changing it. The whole body counts, minus what a rule ignores:
 * a list of parameters that count would miss the next one that a provider invents.
 *
 * <p>How an answer is framed is no part of the key, so that a stream and a whole answer share an
 * entry. Immutable and thread-safe.
 */
final class CacheKeys {

  /** To be changed when keys are made in another way. */
  private static final String TAG = "headgate-key-1";

  private static final List<String> FRAMING = List.of("stream", "stream_options");

  private final String version;
  private final Set<String> ignore;
  private final JsonPaths ignored;
  private final JsonPaths ignoredAndFraming;

  /**
   * @param version what is to change when stored answers are to count no more; empty for none
   * @param ignore members of the body that make no difference: {@code user}, {@code
   *     metadata.session}
   */
  CacheKeys(String version, Set<String> ignore) {
    this.version = version;
    this.ignore = Set.copyOf(ignore);
    this.ignored = JsonPaths.of(this.ignore);
    List<String> framing = new ArrayList<>(FRAMING);
    framing.addAll(this.ignore);
    this.ignoredAndFraming = JsonPaths.of(framing);
  }

  /** The key; null if the call can have none, since its body cannot be seen. */
  @Nullable EntryKey key(KeyParts parts) {
    Endpoint endpoint = parts.endpoint();
    GatewayRequest request = parts.request();
    if (request.body().opaque()) {
      return null;
    }
    KeyHash hash = new KeyHash();
    hash.text(TAG).text(version).text(endpoint.operation().name()).text(endpoint.format().name());
    hash.bytes(parts.partition());
    // The app's own key does not say who answers, nor what is acceptable: a fallback's answer would
    // be given for the first target's.
    hash.text(endpoint.provider()).text(parts.model()).text(parts.accept());
    hash.text(KeyUri.origin(request.uri()));
    String custom = parts.custom();
    if (custom != null) {
      return EntryKey.of(hash.mark('c').text(custom).end());
    }
    hash.mark('b').text(request.method());
    hash.text(KeyUri.path(endpoint, request.uri())).text(KeyUri.query(endpoint, request.uri()));
    KeyFields.add(hash, request.headers());
    body(hash, endpoint.format(), request);
    return EntryKey.of(hash.end());
  }

  /** What of a body's members makes no difference. */
  JsonPaths ignored(WireFormat format) {
    return switch (format) {
      case OPENAI, OPENAI_RESPONSES, ANTHROPIC, COHERE, OLLAMA -> ignoredAndFraming;
      default -> ignored;
    };
  }

  /** Comes last, as its canonical form does not say how long it is. */
  private void body(KeyHash hash, WireFormat format, GatewayRequest request) {
    byte[] body = request.body().bytes();
    String given = request.headers().first("content-type");
    String type = given == null ? "" : given.strip().toLowerCase(Locale.ROOT);
    int semicolon = type.indexOf(';');
    if (type.isEmpty() || type.contains("json")) {
      hash.mark('j');
      if (hash.json(body, ignored(format))) {
        return;
      }
    } else if (type.startsWith("multipart/") && semicolon > 0) {
      hash.mark('m').text(type.substring(0, semicolon).strip());
      if (FormParts.add(hash, body, ignore)) {
        return;
      }
    }
    String encoding = request.headers().first("content-encoding");
    hash.mark('r').text(type).text(encoding == null ? "" : encoding).bytes(body);
  }
}
