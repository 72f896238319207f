// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.client.NestedCalls;
import io.headgate.gateway.Ingress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class EnqueueAdviceTest extends OkHttpFixture {

  private final Thread caller = Thread.currentThread();

  /** A parent is there on the thread of the test only, as a current span would be. */
  private void parentOnThisThread(Object parent) {
    door.parent = () -> Thread.currentThread() == caller ? parent : null;
  }

  private static String enqueue(Call call) throws Exception {
    CompletableFuture<String> text = new CompletableFuture<>();
    EnqueueAdvice.enter(call);
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            text.completeExceptionally(e);
          }

          @Override
          public void onResponse(Call answered, Response response) throws IOException {
            try (response) {
              text.complete(response.body().string());
            }
          }
        });
    return text.get(20, TimeUnit.SECONDS);
  }

  @Test
  void whatWasCurrentAtTheCallerReachesTheGateway() throws Exception {
    Object parent = new Object();
    parentOnThisThread(parent);
    try (Loopback host = Loopback.answering("{}")) {
      Call call = client.newCall(post(host.url("/"), "{}"));
      assertThat(enqueue(call)).isEqualTo("{}");
      assertThat(door.callSites).hasSize(1);
      assertThat(door.callSites.get(0).parent()).isSameAs(parent);
      assertThat(door.callSites.get(0).loader()).isSameAs(OkHttpAdapter.CALL_SITE.loader());
      CallAdvice.exit(CallAdvice.enter(call));
      assertThat(Parents.of(call)).isNull();
    }
  }

  @Test
  void callWithoutAParentHasTheOneCallSite() throws Exception {
    parentOnThisThread(new Object());
    try (Loopback host = Loopback.answering("{}")) {
      client.newCall(post(host.url("/"), "{}")).execute().close();
      parentOnThisThread(null);
      enqueue(client.newCall(post(host.url("/"), "{}")));
    }
    assertThat(door.callSites)
        .hasSize(2)
        .allMatch(callSite -> callSite == OkHttpAdapter.CALL_SITE && callSite.parent() == null);
  }

  @Test
  void nothingIsAskedForACallToAnotherHostOrWhenSwitchedOff() {
    door.parent =
        () -> {
          throw new AssertionError("asked");
        };
    door.handles = false;
    EnqueueAdvice.enter(client.newCall(get("http://127.0.0.1:1/")));
    door.handles = true;
    OkHttpAdapter.on(false);
    EnqueueAdvice.enter(client.newCall(get("http://127.0.0.1:1/")));
    assertThat(door.faults).isEmpty();
  }

  @Test
  void faultIsReportedNotThrown() {
    door.parent =
        () -> {
          throw new IllegalStateException("test");
        };
    EnqueueAdvice.enter(client.newCall(get("http://127.0.0.1:1/")));
    EnqueueAdvice.enter("not a call");
    assertThat(door.faults).hasSize(2);
  }

  @Test
  void callMadeInsideAnotherStaysUnseenOnTheThreadThatRunsIt() {
    Call call = client.newCall(post("http://127.0.0.1:1/", "{}"));
    boolean entered = Ingress.enter();
    try {
      EnqueueAdvice.enter(call);
    } finally {
      Ingress.leave(entered);
    }
    Object mark = CallAdvice.enter(call);
    assertThat(mark).isNotNull();
    assertThat(Ingress.bypassed()).isTrue();
    assertThat(InterceptorsAdvice.exit(client, List.of())).isEqualTo(List.of());
    CallAdvice.exit(mark);
    assertThat(Ingress.bypassed()).isFalse();
    assertThat(Parents.of(call)).isNull();
  }

  @Test
  void callThatIsRunInsideAnotherByTheSameThreadLeavesItMarked() {
    Call call = client.newCall(post("http://127.0.0.1:1/", "{}"));
    boolean entered = Ingress.enter();
    try {
      EnqueueAdvice.enter(call); // To a dispatcher that runs it right here.
      CallAdvice.exit(CallAdvice.enter(call));
      assertThat(Ingress.bypassed()).isTrue();
    } finally {
      Ingress.leave(entered);
    }
    assertThat(Parents.of(call)).isNull();
  }

  @Test
  void callMadeInsideAnotherIsCancelledWithIt() {
    for (boolean enqueued : new boolean[] {false, true}) {
      for (boolean before : new boolean[] {false, true}) {
        Call call = client.newCall(get("http://127.0.0.1:1/"));
        NestedCalls calls = new NestedCalls();
        if (before) {
          calls.cancel();
        }
        calls.begin();
        boolean entered = Ingress.enter();
        try {
          if (enqueued) {
            EnqueueAdvice.enter(call);
          } else {
            CallAdvice.exit(CallAdvice.enter(call));
          }
        } finally {
          Ingress.leave(entered);
          calls.end();
        }
        calls.cancel();
        assertThat(call.isCanceled()).isTrue();
      }
    }
    Call other = client.newCall(get("http://127.0.0.1:1/"));
    EnqueueAdvice.enter(other);
    assertThat(other.isCanceled()).isFalse();
  }

  @Test
  void callsThatWaitForeverDoNotPileUp() {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i <= Parents.LIMIT; i++) {
      calls.add(client.newCall(get("http://127.0.0.1:1/")));
      Parents.keep(calls.get(i), "parent");
    }
    assertThat(Parents.of(calls.get(Parents.LIMIT))).isNull();
    assertThat(Parents.of(calls.get(0))).isEqualTo("parent");
    calls.forEach(Parents::drop);
    assertThat(Parents.of(calls.get(0))).isNull();
  }
}
