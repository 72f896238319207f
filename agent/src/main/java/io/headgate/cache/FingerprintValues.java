// SPDX-License-Identifier: Apache-2.0
package io.headgate.cache;

import io.headgate.json.JsonPart;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What of a body may be told: names, and the values of parameters that are no texts. */
final class FingerprintValues {

  /** Longer names, and numbers, are no parameters of any API. */
  private static final int LONGEST_NAME = 64;

  private static final int LONGEST_NUMBER = 24;

  private FingerprintValues() {}

  /** The parameters of the APIs whose numbers may be told, in lower case without underscores. */
  private static final Set<String> PARAMETERS =
      Set.of(
          "temperature",
          "topp",
          "topk",
          "topa",
          "minp",
          "typicalp",
          "p",
          "k",
          "n",
          "seed",
          "maxtokens",
          "maxcompletiontokens",
          "maxoutputtokens",
          "maxnewtokens",
          "mintokens",
          "maxtoolcalls",
          "presencepenalty",
          "frequencypenalty",
          "repetitionpenalty",
          "repeatpenalty",
          "repeatlastn",
          "mirostat",
          "mirostateta",
          "mirostattau",
          "numctx",
          "numpredict",
          "numkeep",
          "numgpu",
          "logprobs",
          "responselogprobs",
          "toplogprobs",
          "candidatecount",
          "bestof",
          "dimensions",
          "outputdimension",
          "outputdimensionality",
          "topn",
          "budgettokens",
          "thinkingbudget",
          "includethoughts",
          "stream",
          "includeusage",
          "includeobfuscation",
          "store",
          "echo",
          "think",
          "raw",
          "truncate",
          "background",
          "paralleltoolcalls",
          "returndocuments",
          "speed");

  /** The objects that hold such parameters, besides the body itself; spelled likewise. */
  private static final Set<String> HOLDERS =
      Set.of(
          "options",
          "parameters",
          "generationconfig",
          "inferenceconfig",
          "thinkingconfig",
          "thinking",
          "reasoning",
          "streamoptions");

  /** Whether a member is one whose value, if it is a number, may be told. */
  static boolean isParameter(String name) {
    return PARAMETERS.contains(plain(name));
  }

  /** Whether a member holds parameters rather than something that the user says. */
  static boolean holdsParameters(String name) {
    return HOLDERS.contains(plain(name));
  }

  /** Whether a member holds what may be about a person, the names of its members included. */
  static boolean isPersonal(String name) {
    return switch (plain(name)) {
      case "user",
          "metadata",
          "requestmetadata",
          "labels",
          "promptvariables",
          "variables",
          "logitbias",
          "userlocation",
          "sessionid" ->
          true;
      default -> false;
    };
  }

  private static String plain(String name) {
    return name.length() > LONGEST_NAME ? "" : name.toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** A number or boolean as text; null for all else. */
  static @Nullable String value(JsonPart part) {
    return switch (part.kind()) {
      case TRUE -> "true";
      case FALSE -> "false";
      case NUMBER -> {
        String number = part.number();
        yield number.length() <= LONGEST_NUMBER ? number : null;
      }
      default -> null;
    };
  }

  /** Whether it is an array of nothing but numbers, such as tokens, which are a text, too. */
  static boolean isNumbers(JsonPart part) {
    return part.kind() == JsonPart.Kind.ARRAY
        && part.children().stream()
            .allMatch(child -> child == null || child.kind() == JsonPart.Kind.NUMBER);
  }

  /** The step to a member: {@code .name}, or {@code ["a name"]} if it is no usual one. */
  static String step(String name) {
    boolean usual = !name.isEmpty() && name.length() <= LONGEST_NAME;
    for (int i = 0; usual && i < name.length(); i++) {
      char c = name.charAt(i);
      usual = isWord(c) || c == '-' || c == '$';
    }
    if (usual) {
      return "." + name;
    }
    StringBuilder quoted = new StringBuilder("[\"");
    for (int i = 0; i < name.length() && i < LONGEST_NAME; i++) {
      char c = name.charAt(i);
      quoted.append(c == '"' || Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return quoted.append(name.length() > LONGEST_NAME ? "…" : "").append("\"]").toString();
  }

  private static boolean isWord(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
}
