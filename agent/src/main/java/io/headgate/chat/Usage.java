// SPDX-License-Identifier: Apache-2.0
package io.headgate.chat;

import java.util.EnumMap;
import java.util.Map;

/**
 * What one answer used, normalised: {@code input} includes cache reads, cache writes, audio and
 * images; {@code output} includes reasoning, audio and images. A count the provider did not tell is
 * {@link #UNKNOWN}; none is ever negative otherwise.
 *
 * @param input all input tokens
 * @param cacheRead input tokens served from the provider's prompt cache
 * @param cacheWrite input tokens written to the prompt cache (5 minute lifetime or unspecified)
 * @param cacheWriteHour input tokens written to the prompt cache with a lifetime of one hour
 * @param audioInput input tokens that are audio
 * @param imageInput input tokens that are images
 * @param output all output tokens
 * @param reasoning output tokens spent on reasoning
 * @param audioOutput output tokens that are audio
 * @param imageOutput output tokens that are images
 * @param units things billed by the piece; empty for most calls
 * @param estimated whether any count was made by us rather than by the provider
 */
public record Usage(
    long input,
    long cacheRead,
    long cacheWrite,
    long cacheWriteHour,
    long audioInput,
    long imageInput,
    long output,
    long reasoning,
    long audioOutput,
    long imageOutput,
    Map<Unit, Double> units,
    boolean estimated) {

  /** The value of a count that is not known. */
  public static final long UNKNOWN = -1;

  /** Things that are billed by the piece. */
  public enum Unit {
    WEB_SEARCH,
    SEARCH_UNIT,
    /** Calls of other tools at the provider, whose price is not known. */
    HOSTED_TOOL,
    IMAGE,
    /** Seconds of audio that came in. */
    SECOND,
    /** Characters of text that became speech. */
    CHARACTER,
    REQUEST
  }

  public Usage {
    units = Map.copyOf(units);
  }

  /** Whether there is nothing in it. */
  public boolean isEmpty() {
    return input < 0 && output < 0 && units.isEmpty();
  }

  /** Both together; a count that only one of them knows is that one's. */
  public Usage plus(Usage other) {
    Map<Unit, Double> sum = new EnumMap<>(Unit.class);
    sum.putAll(units);
    other.units.forEach((unit, amount) -> sum.merge(unit, amount, Double::sum));
    return new Usage(
        sum(input, other.input),
        sum(cacheRead, other.cacheRead),
        sum(cacheWrite, other.cacheWrite),
        sum(cacheWriteHour, other.cacheWriteHour),
        sum(audioInput, other.audioInput),
        sum(imageInput, other.imageInput),
        sum(output, other.output),
        sum(reasoning, other.reasoning),
        sum(audioOutput, other.audioOutput),
        sum(imageOutput, other.imageOutput),
        sum,
        estimated || other.estimated);
  }

  private static long sum(long one, long other) {
    if (one < 0 || other < 0) {
      return Math.max(one, other);
    }
    return one + other;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A mutable gatherer: readers set fields as they meet them, the last value wins. */
  public static final class Builder {
    private long input = UNKNOWN;
    private long cacheRead = UNKNOWN;
    private long cacheWrite = UNKNOWN;
    private long cacheWriteHour = UNKNOWN;
    private long audioInput = UNKNOWN;
    private long imageInput = UNKNOWN;
    private long output = UNKNOWN;
    private long reasoning = UNKNOWN;
    private long audioOutput = UNKNOWN;
    private long imageOutput = UNKNOWN;
    private final EnumMap<Unit, Double> units = new EnumMap<>(Unit.class);
    private boolean estimated;

    private Builder() {}

    public Builder input(long tokens) {
      this.input = checked(tokens, input);
      return this;
    }

    public Builder cacheRead(long tokens) {
      this.cacheRead = checked(tokens, cacheRead);
      return this;
    }

    public Builder cacheWrite(long tokens) {
      this.cacheWrite = checked(tokens, cacheWrite);
      return this;
    }

    public Builder cacheWriteHour(long tokens) {
      this.cacheWriteHour = checked(tokens, cacheWriteHour);
      return this;
    }

    public Builder audioInput(long tokens) {
      this.audioInput = checked(tokens, audioInput);
      return this;
    }

    public Builder imageInput(long tokens) {
      this.imageInput = checked(tokens, imageInput);
      return this;
    }

    public Builder output(long tokens) {
      this.output = checked(tokens, output);
      return this;
    }

    public Builder reasoning(long tokens) {
      this.reasoning = checked(tokens, reasoning);
      return this;
    }

    public Builder audioOutput(long tokens) {
      this.audioOutput = checked(tokens, audioOutput);
      return this;
    }

    public Builder imageOutput(long tokens) {
      this.imageOutput = checked(tokens, imageOutput);
      return this;
    }

    public Builder unit(Unit unit, double amount) {
      if (amount > 0 && Double.isFinite(amount)) {
        units.put(unit, amount);
      }
      return this;
    }

    public Builder estimated(boolean estimated) {
      this.estimated = estimated;
      return this;
    }

    public long input() {
      return input;
    }

    public long cacheRead() {
      return cacheRead;
    }

    public long cacheWrite() {
      return cacheWrite;
    }

    public long cacheWriteHour() {
      return cacheWriteHour;
    }

    public long output() {
      return output;
    }

    public long reasoning() {
      return reasoning;
    }

    public Usage build() {
      return new Usage(
          input,
          cacheRead,
          cacheWrite,
          cacheWriteHour,
          audioInput,
          imageInput,
          output,
          reasoning,
          audioOutput,
          imageOutput,
          units,
          estimated);
    }

    /** A negative or absurd count is no count: providers are not trusted with arithmetic. */
    private static long checked(long tokens, long before) {
      return tokens < 0 || tokens > MOST ? before : tokens;
    }

    private static final long MOST = 1_000_000_000_000L;
  }
}
