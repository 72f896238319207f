// SPDX-License-Identifier: Apache-2.0

/**
 * Gemini's generateContent and streamGenerateContent, on the Gemini API and on Vertex AI: as the
 * format of an app and as that of a target.
 */
@NullMarked
package io.headgate.translate.gemini;

import org.jspecify.annotations.NullMarked;
