// SPDX-License-Identifier: Apache-2.0
package io.headgate.route;

import static io.headgate.route.Sample.model;
import static io.headgate.route.Sample.route;
import static io.headgate.route.Sample.use;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.headgate.chat.Operation;
import io.headgate.config.RouteSettings;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a thousand routes cost a call that takes one of them, or none. */
class ManyRoutesTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void routesForOneModelEachAreFoundByIt() {
    RouteIndex index =
        new RouteIndex(
            IntStream.range(0, 1000).mapToObj(i -> new CallMatch(model("m" + i % 500))).toList());

    assertThat(index.open()).isEmpty();
    assertThat(index.named("m7")).containsExactly(7, 507);
    assertThat(index.named("m1000")).isEmpty();
    assertThat(index.named(null)).isEmpty();
  }

  @Test
  void aRouteThatDoesNotFitCostsNoMemory() {
    Desk few = desk(10);
    Desk many = desk(1000);
    RouteCall call = new RouteCall("openai", Operation.CHAT, "gpt-4o-mini", null, few.variables());
    allocated(few, call);
    allocated(many, call);

    // A single object for each of the routes would be 16,000 bytes.
    assertThat(allocated(many, call) - allocated(few, call)).isLessThan(4000);
  }

  private static Desk desk(int routes) {
    return Desk.of(
        IntStream.range(0, routes)
            .mapToObj(i -> route("r" + i, model("gpt-" + i + "x*", "*-" + i), use("openai/a")))
            .toArray(RouteSettings[]::new));
  }

  private static long allocated(Desk desk, RouteCall call) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Route route = desk.router.plan(call, desk.notes::add);
    long after = THREADS.getCurrentThreadAllocatedBytes();
    assertThat(route.label()).isNull();
    return after - before;
  }
}
