// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.gateway.WireError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The names of errors at Bedrock, and the binary frame that tells of one within a stream. */
final class WireErrorsBedrock {

  /** Two lengths and a checksum before the header fields, and a checksum after the payload. */
  private static final int PRELUDE = 12;

  private static final int CHECKSUM = 4;

  /** A value that is a text with a length of two bytes. */
  private static final int TEXT = 7;

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
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    field(fields, ":message-type", "exception");
    field(fields, ":exception-type", streamType(error.kind()));
    field(fields, ":content-type", "application/json");
    byte[] payload = WireErrors.bytes("{\"message\":" + WireErrors.quote(error.message()) + "}");
    byte[] bytes = new byte[PRELUDE + fields.size() + payload.length + CHECKSUM];
    ByteBuffer frame = ByteBuffer.wrap(bytes);
    frame.putInt(bytes.length).putInt(fields.size());
    frame.putInt(checksum(bytes, frame.position()));
    frame.put(fields.toByteArray()).put(payload);
    frame.putInt(checksum(bytes, frame.position()));
    return bytes;
  }

  private static void field(ByteArrayOutputStream out, String name, String value) {
    out.write(name.length());
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    out.write(TEXT);
    out.write(value.length() >>> 8);
    out.write(value.length());
    out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return (int) sum.getValue();
  }
}
