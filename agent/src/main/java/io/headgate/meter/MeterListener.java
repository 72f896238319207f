// SPDX-License-Identifier: Apache-2.0
package io.headgate.meter;

import io.headgate.gateway.Endpoint;
import org.jspecify.annotations.Nullable;

/** Told what the meter could not find out. Called on client threads: never blocks. */
public interface MeterListener {

  /** A call used something that no price is known for. */
  void priceUnknown(Endpoint endpoint, @Nullable String model);

  /** An answer that could not be read to its end, though it came to its end. */
  void unparsed(Endpoint endpoint, Reason reason);

  /** Why an answer was not read. */
  enum Reason {
    /** A content encoding that we do not undo. */
    ENCODING,
    /** Compressed data that is broken, or expands beyond reason. */
    COMPRESSION,
    /** Not of its endpoint's wire format. */
    FORMAT
  }
}
