// SPDX-License-Identifier: Apache-2.0

/**
 * A demonstration: an application that knows nothing of the agent, and what the agent saw of it.
 */
@NullMarked
package io.headgate.demo;

import org.jspecify.annotations.NullMarked;
