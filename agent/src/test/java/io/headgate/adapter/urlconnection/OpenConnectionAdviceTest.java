// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.headgate.gateway.Exchange;
import io.headgate.gateway.GatewayRequest;
import io.headgate.gateway.GatewayResponse;
import io.headgate.gateway.Ingress;
import io.headgate.gateway.Upstream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.HttpsURLConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenConnectionAdviceTest {

  @AfterEach
  void close() {
    Ingress.install(null);
  }

  private static URL url(String text) throws IOException {
    return URI.create(text).toURL();
  }

  @Test
  void wrapsWhatIsHandled() throws IOException {
    Doors.watching().open();
    URL http = url("http://127.0.0.1:1/v1");
    URL https = url("https://127.0.0.1:1/v1");
    assertThat(OpenConnectionAdvice.exit(http, null, http.openConnection()))
        .isInstanceOf(HttpURLConnection.class)
        .isInstanceOf(GatewayUrlConnection.class);
    assertThat(OpenConnectionAdvice.exit(https, null, https.openConnection()))
        .isInstanceOf(HttpsURLConnection.class)
        .isInstanceOf(GatewayHttpsUrlConnection.class);
  }

  @Test
  void leavesTheRestAlone() throws IOException {
    URL url = url("http://127.0.0.1:1/v1");
    URLConnection plain = url.openConnection();
    assertThat(OpenConnectionAdvice.exit(url, null, plain)).isSameAs(plain);
    Doors.watching().open();
    assertThat(OpenConnectionAdvice.exit(url, null, null)).isNull();
    assertThat(OpenConnectionAdvice.exit(null, null, plain)).isSameAs(plain);
    boolean entered = Ingress.enter();
    assertThat(OpenConnectionAdvice.exit(url, null, plain)).isSameAs(plain);
    Ingress.leave(entered);
  }

  @Test
  @SuppressWarnings("deprecation")
  void leavesUrlsAloneThatAreNoUris() throws IOException {
    Doors door = Doors.watching().open();
    URL url = new URL("http://127.0.0.1:1/v1?key=a b|c");
    URLConnection plain = url.openConnection();
    assertThat(OpenConnectionAdvice.exit(url, null, plain)).isSameAs(plain);
    assertThat(door.faults).isEmpty();
  }

  @Test
  void aFaultOfOursLeavesTheConnectionAlone() throws IOException {
    Doors door = Doors.watching().open();
    URL url = url("http://127.0.0.1:1/v1");
    URLConnection plain = url.openConnection();
    assertThat(OpenConnectionAdvice.exit(url, "no proxy", plain)).isSameAs(plain);
    assertThat(door.faults).hasSize(1);
  }

  @Test
  void otherHostsCostNoAllocation() throws IOException {
    Ingress.install(new NoHost());
    URL url = url("http://127.0.0.1:1/v1");
    URLConnection plain = url.openConnection();
    for (int i = 0; i < 20_000; i++) {
      OpenConnectionAdvice.exit(url, null, plain);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10_000; i++) {
      OpenConnectionAdvice.exit(url, null, plain);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }

  private static final class NoHost implements Ingress.Door {
    @Override
    public boolean handles(String host, int port) {
      return false;
    }

    @Override
    public CompletionStage<GatewayResponse> execute(
        GatewayRequest request, Exchange.CallSite callSite, Upstream upstream) {
      return upstream.send(request);
    }

    @Override
    public void fault(String stage, Throwable fault) {}
  }
}
