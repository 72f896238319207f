// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.azure;

import com.azure.core.http.HttpRequest;
import com.azure.core.implementation.util.BinaryDataHelper;
import com.azure.core.implementation.util.InputStreamContent;
import com.azure.core.util.BinaryData;
import io.headgate.gateway.RequestBody;

/** Reads a request's body, but for what the client could not have any more then. */
final class BodyReading {

  private BodyReading() {}

  /**
   * The body, on this thread, which may have to wait for a file or a stream.
   *
   * @throws RuntimeException what reading it throws
   */
  static RequestBody of(HttpRequest request) {
    BinaryData data = request.getBodyAsBinaryData();
    if (data == null) {
      return RequestBody.NONE;
    }
    return readable(data) ? known(data.toBytes()) : RequestBody.OPAQUE;
  }

  private static RequestBody known(byte[] bytes) {
    return bytes.length > RequestBody.CAPTURE_LIMIT ? RequestBody.OPAQUE : RequestBody.of(bytes);
  }

  /**
   * Whether the body can be held in memory. One that can be read again is either there already, or
   * in a file. Of any other the length must be known before it is touched, and it must be a stream:
   * what flows may never end, and is for the client to heed.
   */
  private static boolean readable(BinaryData data) {
    Long length = data.getLength();
    if (data.isReplayable()) {
      return length == null || length <= RequestBody.CAPTURE_LIMIT;
    }
    return length != null && length <= RequestBody.CAPTURE_LIMIT && isStream(data);
  }

  private static boolean isStream(BinaryData data) {
    try {
      return BinaryDataHelper.getContent(data) instanceof InputStreamContent;
    } catch (LinkageError e) {
      return false; // Not every azure-core may show it.
    }
  }
}
