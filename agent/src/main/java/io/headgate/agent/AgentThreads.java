// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the agent's threads: daemons that hold on to nothing of the application, neither its
 * context class loader nor its inheritable thread-locals nor the access control context of the call
 * that happens to start them.
 */
final class AgentThreads implements ThreadFactory {

  private final String name;

  AgentThreads(String name) {
    this.name = name;
  }

  @Override
  @SuppressWarnings("removal") // Until the oldest JDK we run on has no access control context.
  public Thread newThread(@Nullable Runnable task) {
    return AccessController.doPrivileged(
        (PrivilegedAction<Thread>)
            () -> {
              Thread thread = new Thread(rootGroup(), task, name, 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(AgentThreads.class.getClassLoader());
              return thread;
            });
  }

  /** An application's thread group may be destroyed, or kept alive, by what runs in it. */
  private static ThreadGroup rootGroup() {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    return group;
  }
}
