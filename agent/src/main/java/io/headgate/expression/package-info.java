// SPDX-License-Identifier: Apache-2.0

/**
 * Evaluates the expressions of a configuration, a subset of the Common Expression Language; opened
 * only when there are any.
 *
 * <p>The engine is our own because the libraries are too heavy for an agent. Measured on Java 17
 * with {@code metadata.plan == "free"}, compiled and evaluated once in a class loader of its own:
 * dev.cel:cel 0.14.0 adds 18.5 MB of classes (11.7 MB if minimised), loads 1956 and takes 810 ms;
 * org.projectnessie.cel:cel-standalone 0.6.1 adds 11.7 MB, loads 1354 and takes 640 ms. This one
 * loads 41; four turns of all three on a busy machine gave medians of 6050, 3090 and 34 ms. The
 * first library limits iterations and the size of patterns, but not the length of what is searched
 * or compared; the second has no option for a limit. Only regular expressions come from a library,
 * RE2/J (230 kB), which is linear in the length of the text.
 */
@NullMarked
package io.headgate.expression;

import org.jspecify.annotations.NullMarked;
