// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of {@code base-url}. It stands for the provider's default base URL: what follows
 * that in the app's URL, query included, is kept byte for byte, in whatever way it is encoded.
 *
 * <p>A path that does not lie below the default base URL's path ({@code /v2/x} where the default is
 * {@code /v1}) is kept whole. It goes below the new host, or, where the new base URL ends with the
 * default's path ({@code http://proxy/llm/v1}), below what stands before that ({@code
 * http://proxy/llm/v2/x}).
 */
final class BaseUrl {

  private BaseUrl() {}

  /**
   * The URL to call instead; the very same object if nothing changes.
   *
   * @param uri what the app calls
   * @param defaultPath the path of the provider's default base URL, <code>{x}</code> for one
   *     segment of any text; empty if there is none
   * @param base the new base URL
   */
  static URI rebase(URI uri, String defaultPath, URI base) {
    String authority = base.getRawAuthority();
    String path = uri.getRawPath();
    if (base.getScheme() == null || authority == null || path == null) {
      return uri;
    }
    String basePath = withoutSlashes(base.getRawPath());
    String oldPath = withoutSlashes(defaultPath);
    int below = prefixLength(path, oldPath);
    StringBuilder url = new StringBuilder(128);
    url.append(base.getScheme()).append("://").append(authority);
    if (below >= 0) {
      url.append(basePath).append(path, below, path.length());
    } else {
      if (basePath.endsWith(oldPath)) {
        url.append(basePath, 0, basePath.length() - oldPath.length());
      }
      url.append(path);
    }
    String query = uri.getRawQuery();
    if (query != null) {
      url.append('?').append(query);
    }
    URI target = URI.create(url.toString());
    return target.equals(uri) ? uri : target;
  }

  /** The path of a URL that may hold placeholders, and so is no {@link URI}. */
  static String path(String url) {
    int authority = url.indexOf("://");
    int slash = authority < 0 ? -1 : url.indexOf('/', authority + 3);
    return slash < 0 ? "" : url.substring(slash);
  }

  /** How much of a path a prefix takes, up to the end of a segment; -1 if it does not fit. */
  private static int prefixLength(String path, String prefix) {
    int at = 0;
    int from = 0;
    while (from < prefix.length()) {
      int prefixEnd = segmentEnd(prefix, from + 1);
      if (at >= path.length() || path.charAt(at) != '/') {
        return -1;
      }
      int end = segmentEnd(path, at + 1);
      boolean fits =
          prefix.charAt(from + 1) == '{'
              ? end > at + 1
              : end - at == prefixEnd - from
                  && path.startsWith(prefix.substring(from, prefixEnd), at);
      if (!fits) {
        return -1;
      }
      at = end;
      from = prefixEnd;
    }
    return at;
  }

  private static int segmentEnd(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  private static String withoutSlashes(@Nullable String path) {
    if (path == null) {
      return "";
    }
    int end = path.length();
    while (end > 0 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }
}
