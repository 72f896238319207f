// SPDX-License-Identifier: Apache-2.0
package io.headgate.standin;

/** One host's API: its paths, its answers and its way to refuse. Called on many threads at once. */
interface Surface {

  /** Whether the path, whatever stands before it, is one of this API's. */
  boolean handles(String path);

  /** Whether the request carries a credential of the kind this host wants. */
  boolean authorized(Recorded request);

  /** The answer. Throws {@link Refusal} for what the real host would refuse. */
  Reply answer(Call call);

  /** The refusal in this API's form. */
  Reply refuse(Refusal refusal);

  /** The event that tells of a failure in the middle of a stream. */
  byte[] streamError();

  /** A bearer token in {@code Authorization}; the value {@code invalid} is none. */
  static boolean bearer(Recorded request) {
    String authorization = request.header("authorization");
    return authorization != null
        && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        && valid(authorization.substring(7));
  }

  /** A key in a header of its own. */
  static boolean key(Recorded request, String header) {
    String key = request.header(header);
    return key != null && valid(key);
  }

  private static boolean valid(String key) {
    return !key.isBlank() && !key.strip().equals("invalid");
  }
}
