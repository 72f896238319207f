// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${NAME}</code> and <code>${NAME:default}</code> from system properties, then
 * environment variables. A default may hold placeholders itself; a replacement is never looked at
 * again.
 */
final class Placeholders {
  private static final int MAX_NESTING = 8;
  private static final String METADATA = "metadata.";

  /** Longer than any word of a name: AUTHENTICATION has 14 letters, AWS's key identifiers 20. */
  private static final int MAX_WORD = 18;

  private final Map<String, String> env;
  private final Properties props;

  Placeholders(Map<String, String> env, Properties props) {
    this.env = env;
    this.props = props;
  }

  /**
   * What of a value is written out.
   *
   * @param placeholder whether it has any placeholder
   * @param outside how many characters stand outside of placeholders, white space aside
   * @param inDefault how many characters the longest default has
   */
  record Plain(boolean placeholder, int outside, int inDefault) {}

  /**
   * @param value the text with all placeholders replaced; of no use if there is a problem
   * @param problem why it could not be done; null if it could
   */
  record Expansion(String value, Plain plain, @Nullable String problem) {}

  Expansion expand(String text) {
    return expand(text, false);
  }

  /**
   * @param perCall whether <code>${metadata.x}</code> stays as it is, for each call to fill in
   */
  Expansion expand(String text, boolean perCall) {
    if (text.indexOf("${") < 0) {
      return new Expansion(text, new Plain(false, text.strip().length(), 0), null);
    }
    Pass pass = new Pass(perCall);
    pass.append(text, 0, true);
    return new Expansion(
        pass.out.toString(), new Plain(true, pass.outside, pass.inDefault), pass.problem);
  }

  /** The user's home directory; empty if it is not known. */
  String home() {
    String home = props.getProperty("user.home", "");
    // What the JDK says of a user that has no entry in the password file, as in many containers.
    boolean known = !home.isBlank() && !home.equals("?");
    return known ? home : env.getOrDefault("HOME", "");
  }

  private @Nullable String lookUp(String name) {
    String value = props.getProperty(name);
    return value != null ? value : env.get(name);
  }

  /** One walk over one text. */
  private final class Pass {
    final StringBuilder out = new StringBuilder();
    private final boolean perCall;
    int outside;
    int inDefault;
    @Nullable String problem;

    Pass(boolean perCall) {
      this.perCall = perCall;
    }

    void append(String text, int nesting, boolean wanted) {
      int at = 0;
      while (at < text.length()) {
        int open = text.indexOf("${", at);
        plain(text.substring(at, open < 0 ? text.length() : open), nesting, wanted);
        if (open < 0) {
          return;
        }
        int close = closing(text, open);
        if (close < 0 || nesting == MAX_NESTING) {
          fail(close < 0 ? "a placeholder has no closing }" : "placeholders are nested too deeply");
          return;
        }
        replace(text.substring(open + 2, close), nesting, wanted);
        at = close + 1;
      }
    }

    private void plain(String text, int nesting, boolean wanted) {
      if (nesting == 0) {
        outside += text.strip().length();
      } else {
        inDefault = Math.max(inDefault, text.strip().length());
      }
      if (wanted) {
        out.append(text);
      }
    }

    private void replace(String inner, int nesting, boolean wanted) {
      int colon = inner.indexOf(':');
      String name = (colon < 0 ? inner : inner.substring(0, colon)).strip();
      if (!isName(name)) {
        fail("a placeholder must be ${NAME} or ${NAME:default}");
        return;
      }
      if (perCall && name.startsWith(METADATA)) {
        metadata(name.substring(METADATA.length()), colon >= 0, wanted);
        return;
      }
      String value = lookUp(name);
      if (value != null && wanted) {
        out.append(value);
      }
      if (colon >= 0) {
        // Walked even if not wanted: what is written there matters for secrets.
        append(inner.substring(colon + 1), nesting + 1, wanted && value == null);
      } else if (value == null && wanted) {
        fail(
            maySecretBe(name)
                ? "a placeholder names a variable that is not set; its name is not shown since it"
                    + " looks like a key; expected ${NAME}"
                : ("variable " + name + " is not set; set it, or write ${" + name)
                    + ":} if it may be missing");
      }
    }

    private void metadata(String name, boolean hasDefault, boolean wanted) {
      if (hasDefault || !MetadataBinder.isName(name)) {
        fail(
            "expected ${metadata.NAME} with no default, such as ${metadata.user}; a default is a"
                + " source of its own, value:…, under metadata");
      } else if (wanted) {
        out.append("${").append(METADATA).append(name).append('}');
      }
    }

    private void fail(String message) {
      if (problem == null) {
        problem = message;
      }
    }
  }

  /** The brace that ends the placeholder opened at a position; -1 if none does. */
  private static int closing(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (text.startsWith("${", i)) {
        depth++;
        i++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Whether a key was written where its variable's name belongs. Names of variables are words; only
   * those in capitals have digits in them.
   */
  private static boolean maySecretBe(String name) {
    boolean capitals = true;
    boolean digits = false;
    int word = 0;
    int longest = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      capitals &= (c >= 'A' && c <= 'Z') || c == '_' || (i > 0 && c >= '0' && c <= '9');
      digits |= c >= '0' && c <= '9';
      word = Character.isLetterOrDigit(c) ? word + 1 : 0;
      longest = Math.max(longest, word);
    }
    return longest > MAX_WORD || (digits && !capitals) || name.startsWith("sk-");
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '.' && c != '-') {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
