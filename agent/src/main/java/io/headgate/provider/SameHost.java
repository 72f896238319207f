// SPDX-License-Identifier: Apache-2.0
package io.headgate.provider;

import java.net.URI;

/** Another path at the host that the app calls, with the app's own query. */
final class SameHost {

  private SameHost() {}

  /** The URI up to its path, and then this path and query. */
  static URI with(URI uri, String pathAndQuery) {
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + pathAndQuery);
  }

  /**
   * The app's query with its question mark, but for what says how an answer of Google's is framed;
   * empty if nothing is left.
   */
  static String query(URI app) {
    StringBuilder query = new StringBuilder();
    String said = app.getRawQuery();
    for (String parameter : Words.split(said == null ? "" : said, '&')) {
      if (!isForm(parameter)) {
        query.append(query.isEmpty() ? '?' : '&').append(parameter);
      }
    }
    return query.toString();
  }

  /** {@code alt}, which is a system parameter and may be written as one (Google's API guide). */
  private static boolean isForm(String parameter) {
    int end = parameter.indexOf('=');
    String name = end < 0 ? parameter : parameter.substring(0, end);
    return name.equals("alt") || name.equals("$alt") || name.equals("%24alt");
  }
}
