// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import io.headgate.gateway.Decision;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes decisions of a few words. */
final class Notes {

  private Notes() {}

  static Decision note(String name, String key, String value) {
    return new Decision(name, Map.of(key, value));
  }

  static Decision note(String name, String key, String value, String key2, String value2) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put(key, value);
    attributes.put(key2, value2);
    return new Decision(name, attributes);
  }
}
