// SPDX-License-Identifier: Apache-2.0
package io.headgate.dialect;

import io.headgate.chat.Operation;
import io.headgate.chat.Usage;
import io.headgate.chat.WireFormat;

/**
 * Makes one kind of usage of what each dialect tells: input with everything that was cached, output
 * with all reasoning.
 */
final class UsageRules {

  private UsageRules() {}

  static Usage.Builder usage(WireFormat format, Operation operation, Counts counts) {
    Usage.Builder usage = Usage.builder();
    usage.cacheRead(counts.of(Field.CACHE_READ));
    usage.cacheWrite(counts.of(Field.CACHE_WRITE));
    usage.reasoning(counts.of(Field.REASONING));
    usage.audioInput(counts.of(Field.AUDIO_INPUT));
    usage.imageInput(counts.of(Field.IMAGE_INPUT));
    usage.audioOutput(counts.of(Field.AUDIO_OUTPUT));
    usage.imageOutput(counts.of(Field.IMAGE_OUTPUT));
    switch (format) {
      case ANTHROPIC, BEDROCK -> besideCache(counts, usage);
      case GEMINI -> gemini(counts, usage);
      case COHERE -> billed(counts, usage);
      default -> openAi(operation, counts, usage);
    }
    units(operation, counts, usage);
    return usage;
  }

  private static void openAi(Operation operation, Counts counts, Usage.Builder usage) {
    long input = counts.of(Field.INPUT);
    long output = counts.of(Field.OUTPUT);
    long reasoning = counts.orZero(Field.REASONING);
    // xAI counts reasoning beside the completion; only the total tells. Perplexity's deep research
    // counts it in no sum at all; more reasoning than completion tells. Else nothing is guessed.
    boolean beside = counts.orZero(Field.INPUT) + output + reasoning == counts.of(Field.TOTAL);
    if (reasoning > 0 && output >= 0 && (beside || reasoning > output)) {
      output += reasoning;
    }
    boolean inputOnly = operation == Operation.EMBEDDINGS || operation == Operation.RERANK;
    if (input < 0 && inputOnly) {
      // Voyage and Jina tell nothing but the total.
      input = counts.of(Field.TOTAL);
    }
    usage.input(input).output(output);
    if (operation == Operation.IMAGE && output > 0 && !counts.knows(Field.IMAGE_OUTPUT)) {
      usage.imageOutput(output);
    }
  }

  /** Anthropic and Bedrock count what was cached beside the input, not within it. */
  private static void besideCache(Counts counts, Usage.Builder usage) {
    boolean split = counts.knows(Field.CACHE_WRITE_SHORT) || counts.knows(Field.CACHE_WRITE_HOUR);
    long shortWrite = counts.orZero(Field.CACHE_WRITE_SHORT);
    long hourWrite = counts.orZero(Field.CACHE_WRITE_HOUR);
    long written = counts.orZero(Field.CACHE_WRITE);
    if (split && shortWrite + hourWrite >= written) {
      written = shortWrite + hourWrite;
      usage.cacheWrite(shortWrite).cacheWriteHour(hourWrite);
    } else if (split) {
      // The split is of an earlier event than the sum: what it does not explain is short-lived.
      usage.cacheWrite(written - hourWrite).cacheWriteHour(hourWrite);
    }
    if (counts.knows(Field.INPUT)) {
      usage.input(
          counts.of(Field.INPUT)
              + counts.orZero(Field.CACHE_READ)
              + written
              + counts.orZero(Field.PASS_INPUT)
              + counts.orZero(Field.PASS_CACHE_READ)
              + counts.orZero(Field.PASS_CACHE_WRITE));
    }
    if (counts.knows(Field.PASS_CACHE_READ)) {
      usage.cacheRead(counts.orZero(Field.CACHE_READ) + counts.of(Field.PASS_CACHE_READ));
    }
    if (counts.knows(Field.PASS_CACHE_WRITE)) {
      usage.cacheWrite(Math.max(0, usage.cacheWrite()) + counts.of(Field.PASS_CACHE_WRITE));
    }
    if (counts.knows(Field.OUTPUT)) {
      usage.output(counts.of(Field.OUTPUT) + counts.orZero(Field.PASS_OUTPUT));
    }
  }

  private static void gemini(Counts counts, Usage.Builder usage) {
    if (counts.knows(Field.INPUT)) {
      usage.input(counts.of(Field.INPUT) + counts.orZero(Field.TOOL_INPUT));
    } else {
      usage.input(counts.of(Field.INPUT_PART));
    }
    if (counts.knows(Field.OUTPUT) || counts.knows(Field.REASONING)) {
      usage.output(counts.orZero(Field.OUTPUT) + counts.orZero(Field.REASONING));
    }
  }

  /** Cohere tells what it counted and what it bills; money follows the second. */
  private static void billed(Counts counts, Usage.Builder usage) {
    usage.input(counts.of(Field.INPUT)).input(counts.of(Field.BILLED_INPUT));
    usage.output(counts.of(Field.OUTPUT)).output(counts.of(Field.BILLED_OUTPUT));
  }

  private static void units(Operation operation, Counts counts, Usage.Builder usage) {
    usage.unit(Usage.Unit.WEB_SEARCH, (double) counts.of(Field.WEB_SEARCHES));
    usage.unit(Usage.Unit.HOSTED_TOOL, (double) counts.of(Field.HOSTED_TOOLS));
    usage.unit(Usage.Unit.SEARCH_UNIT, (double) counts.of(Field.SEARCH_UNITS));
    usage.unit(Usage.Unit.IMAGE, (double) counts.of(Field.IMAGES));
    if (operation == Operation.TRANSCRIPTION) {
      usage.unit(Usage.Unit.SECOND, counts.seconds());
    }
    // Models that bill tokens tell them; the others bill each picture.
    if (operation == Operation.IMAGE && usage.output() < 0) {
      usage.unit(Usage.Unit.IMAGE, (double) counts.of(Field.PIECE));
    }
  }
}
