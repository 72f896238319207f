// SPDX-License-Identifier: Apache-2.0

/** What an LLM call means, in no particular wire format. */
@NullMarked
package io.headgate.chat;

import org.jspecify.annotations.NullMarked;
