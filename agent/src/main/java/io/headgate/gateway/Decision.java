// SPDX-License-Identifier: Apache-2.0
package io.headgate.gateway;

import java.util.Map;

/**
 * One thing that was decided about a call, for its span and for {@code explain}. Holds names from
 * the configuration, numbers and statuses; never content of the call, never credentials.
 *
 * @param name what was decided: {@code route}, {@code condition}, {@code arm}, {@code attempt}, …
 * @param attributes the details, in the order to show them
 */
public record Decision(String name, Map<String, String> attributes) {}
