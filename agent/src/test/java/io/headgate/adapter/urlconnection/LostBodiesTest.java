// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.urlconnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headgate.gateway.Ingress;
import io.headgate.gateway.LiveBody;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LostBodiesTest {

  private final LostBodies lost = new LostBodies();

  @AfterEach
  void close() {
    Ingress.install(null);
  }

  private HttpURLConnection ours(URL url) throws IOException {
    return (HttpURLConnection) OpenConnectionAdvice.wrap(url.openConnection(), null, lost);
  }

  @Test
  void aConnectionDroppedUnreadEndsItsBody() throws IOException {
    // The request stays reachable from here, and with it the way out.
    Doors door = Doors.watching().open();
    try (RawServer server = answering()) {
      URL url = URI.create(server.base() + "/429").toURL();
      assertThat(ours(url).getResponseCode()).isEqualTo(429);
      assertThat(door.taps.get(0).ending).isEqualTo("open");
      await()
          .untilAsserted(
              () -> {
                System.gc();
                lost.sweep();
                assertThat(door.taps.get(0).ending).isEqualTo("left");
              });
    }
    assertThat(lost.size()).isZero();
  }

  @Test
  void aNewConnectionLooksAfterTheOnesBefore() throws IOException {
    Doors door = Doors.watching().open();
    try (RawServer server = answering()) {
      URL url = URI.create(server.base() + "/429").toURL();
      assertThat(ours(url).getResponseCode()).isEqualTo(429);
      await()
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(ours(url)).isNotNull();
                assertThat(door.taps.get(0).ending).isEqualTo("left");
              });
    }
  }

  @Test
  void aWatchThatIsOverLetsGoOfTheBody() {
    Object owner = new Object();
    List<LostBodies.Watch> over = new ArrayList<>();
    WeakReference<LiveBody> body = watchedAndEnded(owner, over);
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(body.get()).isNull();
            });
    Reference.reachabilityFence(over);
    Reference.reachabilityFence(owner);
  }

  private WeakReference<LiveBody> watchedAndEnded(Object owner, List<LostBodies.Watch> over) {
    LiveBody body = Ingress.newBody();
    LostBodies.Watch watch = lost.watch(owner, body);
    watch.done();
    over.add(watch);
    return new WeakReference<>(body);
  }

  @Test
  void aBodyThatEndedIsNoLongerWatched() throws IOException {
    Doors.watching().open();
    try (RawServer server = answering()) {
      URL url = URI.create(server.base() + "/429").toURL();
      HttpURLConnection read = ours(url);
      assertThat(read.getResponseCode()).isEqualTo(429);
      assertThat(lost.size()).isEqualTo(1);
      assertThat(Transcript.text(read.getErrorStream())).isEqualTo("slow down");
      assertThat(lost.size()).isZero();
      HttpURLConnection dropped = ours(url);
      assertThat(dropped.getResponseCode()).isEqualTo(429);
      dropped.disconnect();
      assertThat(lost.size()).isZero();
    }
  }

  private static RawServer answering() throws IOException {
    return new RawServer().answer("/429", SideBySide.reply("429 Too Many", "", "slow down"));
  }
}
