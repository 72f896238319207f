// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.gateway.WireError;

/** The names of errors at Bedrock, and the binary frame that tells of one within a stream. */
final class WireErrorsBedrock {

  private WireErrorsBedrock() {}

  /** The exception of an answer. */
  static String type(WireError.Kind kind) {
    return switch (kind) {
      case RATE_LIMIT -> "ThrottlingException";
      case QUOTA -> "ServiceQuotaExceededException";
      case DENIED -> "AccessDeniedException";
      case CONTENT -> "ValidationException";
      case UPSTREAM -> "InternalServerException";
      case TIMEOUT -> "ModelTimeoutException";
      case CACHE_MISS -> "ResourceNotFoundException";
    };
  }

  /** The exception of a stream, which knows fewer. */
  private static String streamType(WireError.Kind kind) {
    return switch (kind) {
      case RATE_LIMIT, QUOTA -> "throttlingException";
      case DENIED, CONTENT, CACHE_MISS -> "validationException";
      case UPSTREAM, TIMEOUT -> "modelStreamErrorException";
    };
  }

  /** A message of type exception, as AWS's event stream encoding has it. */
  static byte[] frame(WireError error) {
    String message = "{\"message\":" + WireErrors.quote(error.message()) + "}";
    return FrameEvents.exception(streamType(error.kind()), WireErrors.bytes(message));
  }
}
