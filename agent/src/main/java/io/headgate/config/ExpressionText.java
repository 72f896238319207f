// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

/**
 * An expression as it was written.
 *
 * @param at where: {@code headgate.yaml:3:7}
 * @param path its full name, such as {@code routes[0].match.when}
 * @param source the expression
 */
public record ExpressionText(String at, String path, String source) {}
