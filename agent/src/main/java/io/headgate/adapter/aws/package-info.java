// SPDX-License-Identifier: Apache-2.0

/**
 * The AWS SDK for Java 2.x, met below its signing, where every HTTP client of the SDK implements
 * one of two interfaces. Adapters of the clients that these stand on stay silent inside.
 */
@NullMarked
package io.headgate.adapter.aws;

import org.jspecify.annotations.NullMarked;
