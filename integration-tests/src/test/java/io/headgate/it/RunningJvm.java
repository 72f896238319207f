// SPDX-License-Identifier: Apache-2.0
package io.headgate.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A forked JVM under way: a test reads its lines as they come and sends it lines. */
public final class RunningJvm implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Lines out;
  private final Lines err;

  RunningJvm(Process process) {
    this.process = process;
    this.out = new Lines(process.getInputStream());
    this.err = new Lines(process.getErrorStream());
  }

  public long pid() {
    return process.pid();
  }

  /** Waits until stdout has this line, which counts from after the last one waited for. */
  public void awaitLine(String line) {
    if (!out.await(line)) {
      process.destroyForcibly();
      throw new AssertionError("no line " + line + "\nstdout:\n" + out + "\nstderr:\n" + err);
    }
  }

  /** Lets it go on from where it waits for a line. */
  public void go() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException("it has ended\n" + out + "\n" + err, e);
    }
  }

  /** Stderr so far. */
  public String err() {
    return err.toString();
  }

  /** Waits for its end. */
  public ForkedJvm.Result end() {
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it does not end\nstdout:\n" + out + "\nstderr:\n" + err);
      }
      out.join();
      err.join();
      return new ForkedJvm.Result(process.exitValue(), out.toString(), err.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static final class Lines {
    private final List<String> lines = new ArrayList<>();
    private final Thread thread;
    private int next;
    private boolean ended;

    Lines(InputStream in) {
      thread = new Thread(() -> read(in));
      thread.setDaemon(true);
      thread.start();
    }

    private void read(InputStream in) {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          synchronized (this) {
            lines.add(line);
            notifyAll();
          }
        }
      } catch (IOException e) {
        // The process is gone.
      } finally {
        synchronized (this) {
          ended = true;
          notifyAll();
        }
      }
    }

    synchronized boolean await(String wanted) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (true) {
        while (next < lines.size()) {
          if (lines.get(next++).equals(wanted)) {
            return true;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (ended || left <= 0) {
          return false;
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
    }

    void join() throws InterruptedException {
      thread.join(10_000);
    }

    @Override
    public synchronized String toString() {
      return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
  }
}
