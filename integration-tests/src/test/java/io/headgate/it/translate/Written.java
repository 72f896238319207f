// SPDX-License-Identifier: Apache-2.0
package io.headgate.it.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** JSON and back, for SDKs that come with Jackson. */
final class Written {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Written() {}

  /** A tree of an SDK's, or maps and lists, as JSON without blanks. */
  static String json(Object tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + tree, e);
    }
  }

  /** A ticket of JSON. */
  static Ticket ticket(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, Ticket.class);
  }
}
