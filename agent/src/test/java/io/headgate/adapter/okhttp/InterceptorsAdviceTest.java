// SPDX-License-Identifier: Apache-2.0
package io.headgate.adapter.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.gateway.Ingress;
import java.lang.management.ManagementFactory;
import java.util.List;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class InterceptorsAdviceTest extends OkHttpFixture {

  private final OkHttpClient bare = new OkHttpClient();
  private final Call call = bare.newCall(get("http://127.0.0.1:1/"));
  private final List<Interceptor> theirs = List.of(chain -> chain.proceed(chain.request()));

  @Test
  void oursIsLastOnlyWhileAChainIsBuilt() {
    assertThat(InterceptorsAdvice.exit(bare, theirs)).isSameAs(theirs);
    Object entered = CallAdvice.enter(call);
    List<?> chain = (List<?>) InterceptorsAdvice.exit(bare, theirs);
    assertThat(chain).hasSize(2);
    assertThat(chain.get(0)).isSameAs(theirs.get(0));
    assertThat(chain.get(1)).hasToString("Headgate gateway");
    assertThat(InterceptorsAdvice.exit(bare, theirs)).isSameAs(theirs);
    CallAdvice.exit(entered);
    assertThat(InterceptorsAdvice.exit(bare, theirs)).isSameAs(theirs);
  }

  @Test
  void guardIsLastOfTheNetworkInterceptorsOnlyInAChainOfOurs() {
    assertThat(NetworkInterceptorsAdvice.exit(theirs)).isSameAs(theirs);
    Object entered = CallAdvice.enter(call);
    assertThat(NetworkInterceptorsAdvice.exit(theirs)).isSameAs(theirs);
    InterceptorsAdvice.exit(bare, theirs);
    List<?> network = (List<?>) NetworkInterceptorsAdvice.exit(theirs);
    assertThat(network).hasSize(2);
    assertThat(network.get(1)).isInstanceOf(OriginGuard.class);
    assertThat(NetworkInterceptorsAdvice.exit(theirs)).isSameAs(theirs);
    InterceptorsAdvice.exit(bare, theirs);
    CallAdvice.exit(entered);
    assertThat(NetworkInterceptorsAdvice.exit(theirs)).isSameAs(theirs);
  }

  @Test
  void markIsGoneAfterACallThatNeverAsked() {
    CallAdvice.exit(CallAdvice.enter(call));
    assertThat(InterceptorsAdvice.exit(bare, theirs)).isSameAs(theirs);
  }

  @Test
  void callToAnotherHostIsJoinedOnlyIfAnInterceptorCouldSendItElsewhere() {
    door.handles = false;
    Object entered = CallAdvice.enter(call);
    List<Interceptor> none = bare.interceptors();
    assertThat(InterceptorsAdvice.exit(bare, none)).isSameAs(none);
    CallAdvice.exit(entered);
    entered = CallAdvice.enter(call);
    assertThat((List<?>) InterceptorsAdvice.exit(bare, theirs)).hasSize(2);
    CallAdvice.exit(entered);
  }

  @Test
  void callInsideACallStaysSilent() throws Exception {
    boolean marked = Ingress.enter();
    try (Loopback host = Loopback.answering("{}")) {
      Object entered = CallAdvice.enter(call);
      List<Interceptor> none = bare.interceptors();
      assertThat(InterceptorsAdvice.exit(bare, none)).isSameAs(none);
      CallAdvice.exit(entered);
      client.newCall(post(host.url("/"), "{}")).execute().close();
      assertThat(host.received).hasSize(1);
    } finally {
      Ingress.leave(marked);
    }
    assertThat(door.requests).isEmpty();
  }

  @Test
  void listIsMadeOncePerClient() {
    Object list = join(bare, theirs);
    assertThat(join(bare, theirs)).isSameAs(list);
    assertThat((List<?>) join(bare, List.of())).hasSize(1);
    OkHttpClient other = bare.newBuilder().build();
    assertThat(join(other, theirs)).isNotSameAs(list);
    assertThat((List<?>) list).hasSize(2);
  }

  private Object join(OkHttpClient client, List<Interceptor> interceptors) {
    Object entered = CallAdvice.enter(call);
    Object list = InterceptorsAdvice.exit(client, interceptors);
    CallAdvice.exit(entered);
    return list;
  }

  @Test
  void adapterSwitchedOffJoinsNothing() {
    OkHttpAdapter.on(false);
    assertThat(CallAdvice.enter(call)).isNull();
    assertThat(InterceptorsAdvice.exit(bare, theirs)).isSameAs(theirs);
  }

  @Test
  void faultInAdviceIsReportedNotThrown() {
    assertThat(CallAdvice.enter("not a call")).isNull();
    CallAdvice.enter(call);
    assertThat(InterceptorsAdvice.exit("not a client", theirs)).isSameAs(theirs);
    assertThat(door.faults).hasSize(2);
  }

  @Test
  void callToAnotherHostAllocatesNothing() {
    assertNothingAllocated(bare.interceptors());
    assertNothingAllocated(theirs);
  }

  private void assertNothingAllocated(List<Interceptor> interceptors) {
    door.handles = false;
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    long allocated = Long.MAX_VALUE;
    for (int round = 0; round < 20 && allocated > 0; round++) {
      long before = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < 1000; i++) {
        Object entered = CallAdvice.enter(call);
        InterceptorsAdvice.exit(bare, interceptors);
        CallAdvice.exit(entered);
      }
      allocated = threads.getThreadAllocatedBytes(self) - before;
    }
    assertThat(allocated).isLessThan(1000); // a byte per call: what the measuring itself takes
  }
}
