// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The host refuses a request; each surface says so in its own dialect. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final @Nullable String param;
  private final @Nullable String code;

  /** Never written out by the runtime. */
  private final transient @Nullable Map<String, @Nullable Object> body;

  Refusal(int status, String message) {
    this(status, message, null, null, null);
  }

  private Refusal(
      int status,
      String message,
      @Nullable String param,
      @Nullable String code,
      @Nullable Map<String, @Nullable Object> body) {
    super(message, null, false, false);
    this.status = status;
    this.param = param;
    this.code = code;
    this.body = body;
  }

  /** A request that is not valid. */
  static Refusal invalid(String message) {
    return new Refusal(400, message);
  }

  /** As OpenAI says it: what was wrong, and the kind of wrong. */
  static Refusal invalid(String message, @Nullable String param, @Nullable String code) {
    return new Refusal(400, message, param, code, null);
  }

  /** With a body in a form that no other refusal of the surface has. */
  static Refusal of(int status, Map<String, @Nullable Object> body) {
    return new Refusal(status, "refused", null, null, body);
  }

  @Nullable String param() {
    return param;
  }

  @Nullable String code() {
    return code;
  }

  @Nullable Map<String, @Nullable Object> body() {
    return body;
  }

  int status() {
    return status;
  }

  String message() {
    return String.valueOf(getMessage());
  }

  /** What hosts say with a status when a script asks for it. */
  static Refusal scripted(int status) {
    return new Refusal(
        status,
        switch (status) {
          case 400 -> "The request is not valid.";
          case 401 -> "Incorrect API key provided.";
          case 403 -> "You do not have access to this resource.";
          case 404 -> "The model does not exist or you do not have access to it.";
          case 429 -> "Rate limit reached for requests. Please try again later.";
          case 529 -> "Overloaded";
          case 503 -> "The server is currently overloaded. Please try again later.";
          default -> "The server had an error while processing your request.";
        });
  }
}
