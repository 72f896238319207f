// SPDX-License-Identifier: Apache-2.0
package io.headgate.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry under {@code cache}.
 *
 * @param at where it was written: {@code headgate.yaml:3:7}
 * @param index its place in the list, from 0
 * @param match which calls it is for
 * @param ttl how long an answer may be used; at least a second
 * @param staleIfError how much longer it may be used if every target fails; zero for not at all
 * @param staleWhileRevalidate how much longer it may be used while a newer one is fetched; zero for
 *     not at all
 * @param isolate what keeps calls apart from each other; null for the upstream credential, empty
 *     for nothing
 * @param ignore members of the request's body that make no difference: {@code user}, {@code
 *     metadata.session}
 * @param version part of the key, to be changed when what is stored is to count no more; empty for
 *     none
 * @param storeWhen what an answer must fulfil to be kept; null for nothing more than being good
 * @param maxEntry the largest answer that is kept, in bytes
 * @param replay how fast a stored stream is given out
 * @param semantic null if only the same question has the same answer
 */
public record CacheRule(
    String at,
    int index,
    RouteSettings.Match match,
    Duration ttl,
    Duration staleIfError,
    Duration staleWhileRevalidate,
    @Nullable List<ExpressionText> isolate,
    Set<String> ignore,
    String version,
    @Nullable ExpressionText storeWhen,
    long maxEntry,
    Replay replay,
    @Nullable Semantic semantic) {

  /** What {@link #maxEntry} is if nothing is said: room for large images, in bytes. */
  public static final long MAX_ENTRY = 16L << 20;

  public CacheRule {
    isolate = isolate == null ? null : List.copyOf(isolate);
    ignore = Set.copyOf(ignore);
  }

  /**
   * How fast a stored stream is given out.
   *
   * @param kind how the times are found
   * @param events how many events go out in each window, evenly; 0 unless paced
   * @param window zero unless paced
   */
  public record Replay(Kind kind, int events, Duration window) {

    public static final Replay INSTANT = new Replay(Kind.INSTANT, 0, Duration.ZERO);
    public static final Replay RECORDED = new Replay(Kind.RECORDED, 0, Duration.ZERO);

    /** How the times are found. */
    public enum Kind {
      /** As fast as it is read. */
      INSTANT,
      /** As it came the first time. */
      RECORDED,
      /** At an even pace. */
      PACED
    }
  }

  /**
   * When a similar question is the same.
   *
   * @param threshold the least cosine similarity, above 0, at most 1
   * @param embed the model that embeds questions; null for the built-in one
   * @param shadow whether to say only what would be found
   */
  public record Semantic(double threshold, @Nullable TargetRef embed, boolean shadow) {}
}
