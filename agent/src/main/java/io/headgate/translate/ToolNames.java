// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.Maker;
import java.util.HashMap;
import java.util.Map;

/** The names of tools as the target takes them, and back. Filled by one thread, then immutable. */
public final class ToolNames {

  /** No tool is called otherwise. */
  public static final ToolNames NONE = new ToolNames(Integer.MAX_VALUE, Maker.OTHER);

  private final int length;
  private final Maker maker;
  private final Map<String, String> theirs = new HashMap<>();
  private final Map<String, String> ours = new HashMap<>();

  ToolNames(int length, Maker maker) {
    this.length = length;
    this.maker = maker;
  }

  /** Keeps a name that fits from being given to another tool. */
  void reserve(String name) {
    if (fits(name)) {
      theirs.put(name, name);
      ours.put(name, name);
    }
  }

  /** What the target calls a tool. */
  String target(String name) {
    String known = theirs.get(name);
    if (known != null) {
      return known;
    }
    String made = fits(name) ? name : made(name, false);
    if (ours.containsKey(made)) {
      made = made(name, true);
    }
    theirs.put(name, made);
    ours.put(made, name);
    return made;
  }

  /** What the app calls a tool that the target has called. */
  public String app(String target) {
    return ours.getOrDefault(target, target);
  }

  /** Whether some tool has two names. */
  public boolean changed() {
    return theirs.entrySet().stream().anyMatch(entry -> !entry.getKey().equals(entry.getValue()));
  }

  private boolean fits(String name) {
    return !name.isEmpty()
        && name.length() <= length
        && CallIds.word(name)
        && (maker != Maker.GOOGLE || begins(name.charAt(0)));
  }

  /** Google: a letter or an underscore first. */
  private static boolean begins(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private String made(String name, boolean marked) {
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      String c = name.substring(i, i + 1);
      made.append(CallIds.word(c) ? c : "_");
    }
    if (made.length() == 0 || (maker == Maker.GOOGLE && !begins(made.charAt(0)))) {
      made.insert(0, '_');
    }
    if (marked || made.length() > length) {
      made.setLength(Math.min(made.length(), length - 9));
      made.append('_').append(CallIds.digest(name, 8));
    }
    return made.toString();
  }
}
