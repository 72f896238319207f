// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URL;

/**
 * Stands for a call whose request could not be sent. Asked for the answer, the JDK's connection
 * would connect again and send the request without its body; this one only repeats the failure, in
 * the way the JDK repeats its own: a copy with the first one as cause.
 */
final class FailedConnection extends UsedConnection {

  private final Throwable first;

  FailedConnection(HttpURLConnection origin, URL url, String method, Throwable first) {
    super(origin, url, method);
    this.first = first;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    throw Thrown.again(first);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    if (!doOutput) {
      throw new ProtocolException(
          "cannot write to a URLConnection if doOutput=false - call setDoOutput(true)");
    }
    throw Thrown.again(first);
  }

  @Override
  public void disconnect() {}

  @Override
  public boolean usingProxy() {
    return false;
  }
}
