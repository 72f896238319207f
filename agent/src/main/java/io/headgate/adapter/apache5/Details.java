// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache5;

import java.util.Set;
import org.apache.hc.core5.http.EntityDetails;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a body that the client did not get as it is.
 *
 * @param length in bytes; -1 if unknown
 */
record Details(long length, @Nullable String type, @Nullable String encoding)
    implements EntityDetails {

  @Override
  public long getContentLength() {
    return length;
  }

  @Override
  public @Nullable String getContentType() {
    return type;
  }

  @Override
  public @Nullable String getContentEncoding() {
    return encoding;
  }

  @Override
  public boolean isChunked() {
    return length < 0;
  }

  @Override
  public Set<String> getTrailerNames() {
    return Set.of();
  }
}
