// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

/** The host refuses a request; each surface says so in its own dialect. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;

  Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
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
