// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import io.headgate.chat.WireFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path that is known.
 *
 * @param root the prefix it is below
 * @param rule what it does there
 * @param ruleAt the segment at which the rule's part begins
 * @param prefixed whether what stands before that is the root's prefix, rather than one of the
 *     user's own
 */
record FoundPath(ApiRoot root, PathRule rule, int ruleAt, boolean prefixed) {

  /** The model that the path names; null if it names none. */
  @Nullable String model(List<String> path) {
    String model = rule.path().model(path, ruleAt);
    return model != null || !prefixed ? model : root.prefix().model(path, 0);
  }

  /** Where it names it; null if it does not. */
  PathPattern.@Nullable ModelPlace modelPlace(int pathSize) {
    PathPattern.ModelPlace place = rule.path().modelPlace(pathSize, ruleAt);
    return place != null || !prefixed ? place : root.prefix().modelPlace(ruleAt, 0);
  }

  /** What stands in the raw path before the rule's part, without a slash at its end. */
  String before(String rawPath) {
    return ruleAt == 0 ? "" : rawPath.substring(0, PathSegments.bounds(rawPath)[2 * ruleAt - 1]);
  }

  /** Whether a slash in a model's name divides segments here; one of Bedrock's ARNs has its own. */
  boolean slashesDivide(PathPattern.ModelPlace place) {
    return place.many() && rule.format() != WireFormat.BEDROCK;
  }
}
