// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate;

import io.headgate.chat.ApiFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the parameter that a provider says it does not take. */
final class Refused {

  /** A longer text is about something else. */
  private static final int MOST = 4_000;

  private static final String NAME = "([A-Za-z_][A-Za-z0-9_.\\[\\]-]{0,99})";
  private static final String QUOTE = "\\\\?[`'\"]";

  /** Patterns around a name that is quoted or stands where only a name can stand. */
  private static final List<Pattern> SURE =
      List.of(
          pattern("parameter " + QUOTE + NAME + QUOTE + " is not a valid field"),
          pattern("(?:extra|unknown) name " + QUOTE + NAME + QUOTE + "(?: at '" + NAME + "')?"),
          pattern(
              "(?:unsupported|unknown|unrecognized|unrecognised|unexpected|unpermitted)"
                  + " (?:request |keyword |input )?(?:parameter|param|argument|field|property|key"
                  + "|option|value)(?:\\(s\\)|s)?(?: supplied)?:? {0,2}(?:"
                  + QUOTE
                  + ")?"
                  + NAME),
          pattern(NAME + ": (?:extra inputs are not permitted|extra fields not permitted)"),
          pattern("extraneous key \\[" + NAME + "\\] is not permitted"),
          pattern(
              "(?:argument|parameter|param|field) not supported(?: on this model)?: (?:"
                  + QUOTE
                  + ")?"
                  + NAME),
          pattern(
              QUOTE
                  + NAME
                  + QUOTE
                  + " (?:parameter |field )?(?:is|are)(?: currently)?"
                  + " (?:deprecated|unsupported|no longer supported"
                  + "|not (?:yet )?(?:supported|permitted|allowed|available|enabled))"),
          pattern(QUOTE + NAME + QUOTE + " may only be set to"),
          pattern(
              "does(?: not|n't) support (?:the )?(?:parameter |field |value )?"
                  + QUOTE
                  + NAME
                  + QUOTE));

  /** Patterns in which any word could stand: one that we know has to. */
  private static final List<Pattern> LIKELY =
      List.of(
          pattern(
              "\\b"
                  + NAME
                  + " (?:parameter |field )?(?:is|are)(?: currently)?"
                  + " (?:deprecated|unsupported|no longer supported"
                  + "|not (?:yet )?(?:supported|permitted|allowed|available|enabled))"),
          pattern("does(?: not|n't) support (?:the )?(?:parameter |field )?" + NAME),
          pattern("\\b" + NAME + " type is unavailable"));

  private static final Pattern LOCATION = pattern("[\"']loc[\"'] ?: ?[\\[(]([^\\])]{1,200})[\\])]");
  private static final Pattern BOTH =
      pattern("temperature[`'\"]? and [`'\"]?top_p[`'\"]? cannot both be");
  private static final Pattern TOOLS_AND_EFFORT =
      pattern("tools with [`'\"]?reasoning_effort[`'\"]? (?:is|are) not supported");

  /** What is wrong within a schema is the app's fault, or ours: the next one may be right. */
  private static final Pattern SCHEMA =
      pattern(
          "invalid (?:json )?schema|in context ?=|schema must|\\.schema: |json schema of"
              + "|keyword\\b(?! (?:argument|parameter))");

  /** That a model, rather than this value, is in the way of a format for the answer. */
  private static final Pattern OF_MODEL =
      pattern(
          "(?:with|by|on|for) (?:this|the (?:current|selected)) model"
              + "|(?:model|endpoint)[^.]{0,80}n[o']t support");

  private static final Pattern COMPLAINT =
      pattern(
          "unsupported|not supported|not support|n.t support|unknown|unrecogni|unexpected|not"
              + " permitted|not allowed|deprecated|extra|only the default|unavailable|not"
              + " available|not enabled");

  private static final Set<String> CODES =
      Set.of("unsupported_parameter", "unsupported_value", "unknown_parameter");

  /** What a request is about: without it there is nothing left to ask. */
  private static final Set<String> NEEDED =
      Set.of(
          "model",
          "messages",
          "message",
          "input",
          "contents",
          "content",
          "system",
          "stream",
          "systeminstruction",
          "instructions",
          "prompt",
          "tools",
          "toolconfig",
          "functions",
          "role",
          "type",
          "text");

  /** What may go although it is in one of those. */
  private static final Set<String> BESIDE =
      Set.of(
          "strict",
          "cachecontrol",
          "cachepoint",
          "reasoningcontent",
          "reasoning",
          "reasoningdetails");

  private Refused() {}

  /** The path of the parameter, without places in arrays; null if there is none that may go. */
  static @Nullable String parameter(ApiFailure failure) {
    String text = failure.message();
    if (failure.kind() != ApiFailure.Kind.BAD_REQUEST
        && failure.kind() != ApiFailure.Kind.UNPROCESSABLE) {
      return null;
    }
    text = text.length() > MOST ? text.substring(0, MOST) : text;
    if (BOTH.matcher(text).find()) {
      return LearnedWords.TOGETHER;
    }
    if (TOOLS_AND_EFFORT.matcher(text).find()) {
      return LearnedWords.TOOLS_AND_EFFORT;
    }
    if (SCHEMA.matcher(text).find()) {
      return null;
    }
    String named = failure.parameter();
    boolean complains = COMPLAINT.matcher(text).find();
    String code = failure.code();
    if (named != null && (complains || (code != null && CODES.contains(code)))) {
      String path = path(named, text);
      if (path != null && (LearnedWords.known(path) || text.contains(named))) {
        return LearnedWords.format(path) && !OF_MODEL.matcher(text).find() ? inText(text) : path;
      }
    }
    return complains ? inText(text) : null;
  }

  private static @Nullable String inText(String text) {
    Matcher location = LOCATION.matcher(text);
    if (location.find()) {
      return path(location.group(1).replaceAll("[\"' ]", "").replace(',', '.'), text);
    }
    for (Pattern pattern : SURE) {
      Matcher matcher = pattern.matcher(text);
      if (matcher.find()) {
        boolean within = matcher.groupCount() > 1 && matcher.group(2) != null;
        String path = (within ? matcher.group(2) + "." : "") + matcher.group(1);
        return path(path, text);
      }
    }
    for (Pattern pattern : LIKELY) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        String path = path(matcher.group(1), text);
        if (path != null && LearnedWords.known(path)) {
          return path;
        }
      }
    }
    return null;
  }

  private static @Nullable String path(String raw, String text) {
    List<String> names = new ArrayList<>();
    for (String name : raw.split("[.\\[\\]]+")) {
      if (!name.isEmpty() && !Character.isDigit(name.charAt(0)) && !name.equals("body")) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      return null;
    }
    String last = LearnedWords.plain(names.get(names.size() - 1));
    boolean needed = NEEDED.contains(LearnedWords.plain(names.get(0)));
    if (needed && last.equals("role") && text.toLowerCase(Locale.ROOT).contains("developer")) {
      return LearnedWords.DEVELOPER;
    }
    if ((needed && !BESIDE.contains(last)) || LearnedWords.withinSchema(names)) {
      return null;
    }
    return String.join(".", names);
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
