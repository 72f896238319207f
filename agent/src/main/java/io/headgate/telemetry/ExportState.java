// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Whether exports arrive. Says so when that changes, and is silent while it stays the same. */
final class ExportState {

  private final String what;
  private final String endpoint;
  private final Consumer<String> notices;
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * @param what {@code spans} or {@code metrics}
   * @param endpoint where they go, without credentials
   */
  ExportState(String what, String endpoint, Consumer<String> notices) {
    this.what = what;
    this.endpoint = endpoint;
    this.notices = notices;
  }

  CompletableResultCode watch(CompletableResultCode result) {
    return result.whenComplete(
        () -> {
          boolean success = result.isSuccess();
          if (!closed && failing.compareAndSet(success, !success)) {
            notices.accept(
                success
                    ? what + " are accepted by " + endpoint + " again"
                    : what
                        + " are not accepted by "
                        + endpoint
                        + " and are dropped until they are");
          }
        });
  }

  /** The exporter was shut down: what fails from here on is no news. */
  void close() {
    closed = true;
  }
}
