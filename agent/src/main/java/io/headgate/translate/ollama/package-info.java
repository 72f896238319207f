// SPDX-License-Identifier: Apache-2.0

/** Ollama's own chat, as a target. */
@NullMarked
package io.headgate.translate.ollama;

import org.jspecify.annotations.NullMarked;
