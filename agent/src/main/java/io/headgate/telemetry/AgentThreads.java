// SPDX-License-Identifier: Apache-2.0
package io.headgate.telemetry;

import io.headgate.gateway.Ingress;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes daemon threads that inherit nothing of the app thread that happens to start them: neither
 * context class loader nor inheritable thread locals nor access control context, each of which
 * would keep the app's classes alive. They count as inside a call, so that what they send is never
 * taken for a call of the app.
 */
final class AgentThreads implements ThreadFactory {

  private final String name;
  private final AtomicInteger count = new AtomicInteger();

  AgentThreads(String name) {
    this.name = name;
  }

  @Override
  @SuppressWarnings("removal") // Until the oldest JDK we run on has no access control context.
  public Thread newThread(Runnable task) {
    Runnable bypassed =
        () -> {
          boolean entered = Ingress.enter();
          try {
            task.run();
          } finally {
            Ingress.leave(entered);
          }
        };
    String numbered = "headgate-" + name + "-" + count.incrementAndGet();
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              Thread thread = new Thread(null, bypassed, numbered, 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(AgentThreads.class.getClassLoader());
              return thread;
            });
  }
}
