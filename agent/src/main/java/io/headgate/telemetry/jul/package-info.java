// SPDX-License-Identifier: Apache-2.0

/**
 * What the packaged OpenTelemetry classes log to instead of {@code java.util.logging}, which an
 * agent must not wake up before the app has chosen its log manager. Packaging renames the two class
 * names inside the libraries; nothing in our own sources refers to this package.
 */
@NullMarked
package io.headgate.telemetry.jul;

import org.jspecify.annotations.NullMarked;
