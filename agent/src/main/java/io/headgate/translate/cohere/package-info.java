// SPDX-License-Identifier: Apache-2.0

/** Cohere's chat, version 2, as a target. */
@NullMarked
package io.headgate.translate.cohere;

import org.jspecify.annotations.NullMarked;
