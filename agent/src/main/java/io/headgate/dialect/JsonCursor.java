// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

/** Walks over the members of an object, or the elements of an array, of a {@link JsonText}. */
final class JsonCursor {

  private final JsonText json;
  private final boolean object;
  private int name = -1;
  private int value = -1;
  private int end;

  /**
   * @param container where the object or array begins
   */
  JsonCursor(JsonText json, int container) {
    this.json = json;
    this.object = json.isObject(container);
    this.end = container + 1;
  }

  /** Goes to the next one; false, and no step taken, if there is none. */
  boolean next() {
    int at = json.space(end);
    if (json.at(at) == '}' || json.at(at) == ']') {
      return false;
    }
    if (json.at(at) == ',') {
      at = json.space(at + 1);
    }
    if (object) {
      name = at;
      // Behind the name comes a colon.
      at = json.space(json.space(json.end(at)) + 1);
    }
    value = at;
    end = json.end(at);
    return true;
  }

  /** Whether there was any yet. */
  boolean any() {
    return value >= 0;
  }

  /** Where the name of this member begins; of an array's element, where that does. */
  int name() {
    return object ? name : value;
  }

  /** Where this value begins. */
  int value() {
    return value;
  }

  /** Behind this value; before the first one, behind the opening bracket. */
  int end() {
    return end;
  }
}
