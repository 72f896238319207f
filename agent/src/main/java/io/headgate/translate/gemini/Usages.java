// SPDX-License-Identifier: Apache-2.0
package io.headgate.translate.gemini;

import io.headgate.chat.Usage;
import io.headgate.json.Nodes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code usageMetadata}. Its prompt includes what was cached, but not what tools put in; its
 * candidates do not include thoughts. Counts of zero are left out.
 */
final class Usages {

  private Usages() {}

  /** What was used; {@link Usage} without counts if it does not say. */
  static Usage read(@Nullable Object value) {
    Map<String, @Nullable Object> told = Spelling.camel(value);
    Usage.Builder usage = Usage.builder();
    long prompt = Nodes.number(told.get("promptTokenCount"), -1);
    long tools = Nodes.number(told.get("toolUsePromptTokenCount"), -1);
    long candidates = Nodes.number(told.get("candidatesTokenCount"), -1);
    long thoughts = Nodes.number(told.get("thoughtsTokenCount"), -1);
    if (Math.max(prompt, Math.max(candidates, thoughts)) < 0) {
      return usage.build();
    }
    usage.input(Math.max(prompt, 0) + Math.max(tools, 0));
    usage.output(Math.max(candidates, 0) + Math.max(thoughts, 0));
    usage.reasoning(thoughts);
    usage.cacheRead(Nodes.number(told.get("cachedContentTokenCount"), -1));
    Object input = told.get("promptTokensDetails");
    usage.audioInput(modality(input, "AUDIO"));
    usage.imageInput(modality(input, "IMAGE"));
    Object output = told.get("candidatesTokensDetails");
    usage.audioOutput(modality(output, "AUDIO"));
    usage.imageOutput(modality(output, "IMAGE"));
    return usage.build();
  }

  private static long modality(@Nullable Object details, String name) {
    long count = Usage.UNKNOWN;
    for (Object item : Nodes.list(details)) {
      Map<String, @Nullable Object> detail = Spelling.camel(item);
      if (Spelling.word(detail.get("modality")).equals(name)) {
        count = Math.max(count, 0) + Nodes.number(detail.get("tokenCount"), 0);
      }
    }
    return count;
  }

  /** Null if nothing is known. */
  static @Nullable Map<String, @Nullable Object> write(Usage usage) {
    if (usage.input() < 0 && usage.output() < 0) {
      return null;
    }
    long input = Math.max(usage.input(), 0);
    long output = Math.max(usage.output(), 0);
    long thoughts = Math.min(Math.max(usage.reasoning(), 0), output);
    Map<String, @Nullable Object> told = Nodes.object("promptTokenCount", input);
    if (usage.cacheRead() > 0) {
      told.put("cachedContentTokenCount", usage.cacheRead());
    }
    told.put("candidatesTokenCount", output - thoughts);
    if (thoughts > 0) {
      told.put("thoughtsTokenCount", thoughts);
    }
    told.put("totalTokenCount", input + output);
    details(told, "promptTokensDetails", input, usage.audioInput(), usage.imageInput());
    details(
        told,
        "candidatesTokensDetails",
        output - thoughts,
        usage.audioOutput(),
        usage.imageOutput());
    return told;
  }

  private static void details(
      Map<String, @Nullable Object> told, String name, long all, long audio, long image) {
    if (audio <= 0 && image <= 0) {
      return;
    }
    List<@Nullable Object> details = Nodes.array();
    detail(details, "TEXT", all - Math.max(audio, 0) - Math.max(image, 0));
    detail(details, "AUDIO", audio);
    detail(details, "IMAGE", image);
    told.put(name, details);
  }

  private static void detail(List<@Nullable Object> details, String modality, long count) {
    if (count > 0) {
      details.add(Nodes.object("modality", modality, "tokenCount", count));
    }
  }
}
