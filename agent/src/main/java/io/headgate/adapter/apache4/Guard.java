// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.apache4;

import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.Headers;
import io.headgate.gateway.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.http.Header;
import org.apache.http.HttpMessage;
import org.apache.http.HttpResponse;

/**
 * Watches over a request that the gateway changed. What is set on the app's client as a whole
 * (default fields, interceptors) is added after us: it is not to undo what the gateway wants, nor
 * to take the app's credentials to a host that is not the app's.
 *
 * @param asked the request as the app made it
 * @param foreign whether it goes to another origin
 */
record Guard(GatewayRequest asked, GatewayRequest wanted, boolean foreign) {

  /** Puts right what is about to go out. */
  void enforce(HttpMessage outgoing) {
    Headers before = asked.headers();
    Headers now = wanted.headers();
    Set<String> names = Fields.names(before, now);
    if (foreign) {
      for (Header header : outgoing.getAllHeaders()) {
        names.add(header.getName());
      }
    }
    for (String name : names) {
      List<String> values = now.all(name);
      boolean changed = before != now && !values.equals(before.all(name));
      boolean ours = changed || (foreign && Fields.secret(name));
      if (ours && !values.equals(values(outgoing, name))) {
        outgoing.removeHeaders(name);
        values.forEach(value -> outgoing.addHeader(name, value));
      }
    }
  }

  private static List<String> values(HttpMessage message, String name) {
    List<String> values = new ArrayList<>(1);
    for (Header header : message.getHeaders(name)) {
      values.add(header.getValue());
    }
    return values;
  }

  /** Whether an answer leads out of the origin that the request went to. */
  boolean leaving(HttpResponse response) {
    Header location = response.getFirstHeader("Location");
    return location != null
        && location.getValue() != null
        && Origin.within(wanted.uri(), location.getValue()) == null;
  }
}
