// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import java.net.HttpURLConnection;
import java.net.URL;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers questions about header fields, and no others, where the gateway changed some. */
final class ChangedHead extends HttpURLConnection {

  private final HeadFields fields;

  ChangedHead(URL url, HeadFields fields) {
    super(url);
    this.fields = fields;
  }

  @Override
  public @Nullable String getHeaderField(@Nullable String name) {
    return fields.last(name);
  }

  @Override
  public @Nullable String getHeaderField(int index) {
    return fields.value(index);
  }

  @Override
  public @Nullable String getHeaderFieldKey(int index) {
    return fields.name(index);
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    return fields.map();
  }

  @Override
  public void connect() {}

  @Override
  public void disconnect() {}

  @Override
  public boolean usingProxy() {
    return false;
  }
}
