// SPDX-License-Identifier: Apache-2.0
package io.headgate.agent;

import io.headgate.state.DiskStore;
import io.headgate.state.EntryKey;
import io.headgate.state.EntryStore;
import io.headgate.state.MemoryStore;
import io.headgate.state.StateLog;
import io.headgate.state.StoredEntry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What many small entries cost: how long a disk of them takes to open in a new JVM, how long
 * reading one takes, and what each takes of the heap. Every step is a JVM of its own.
 */
public final class FullStore {

  private static final int ENTRIES = 100_000;
  private static final int SIZE = 1_024;
  private static final int READS = 20_000;
  private static final int OPENINGS = 3;
  private static final long MOST_DISK = 1L << 30;

  private FullStore() {}

  /** Without arguments all of it; a step's name and the directory for one. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 0) {
      all();
      return;
    }
    Path directory = Path.of(args[1]);
    switch (args[0]) {
      case "fill" -> fill(directory);
      case "open" -> open(directory);
      case "memory" -> memory();
      default -> throw new IllegalArgumentException("no step is called " + args[0]);
    }
    System.exit(0);
  }

  private static void all() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("headgate-full");
    try {
      System.out.println("\n### " + ENTRIES + " entries of " + SIZE + " bytes\n");
      System.out.println(step("fill", directory));
      for (int i = 0; i < OPENINGS; i++) {
        System.out.println(step("open", directory));
      }
      System.out.println(step("memory", directory));
    } finally {
      delete(directory);
    }
  }

  private static String step(String name, Path directory) throws IOException, InterruptedException {
    Process step =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                FullStore.class.getName(),
                name,
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(step.getInputStream().readAllBytes()).strip();
    if (step.waitFor() != 0) {
      throw new IOException(name + " failed: " + said);
    }
    return said;
  }

  private static void fill(Path directory) {
    long start = System.nanoTime();
    try (EntryStore store = disk(directory)) {
      store.opened().toCompletableFuture().join();
      for (int i = 0; i < ENTRIES; i++) {
        store.put(key(i), entry(i));
        if (i % 1_000 == 0) {
          // The queue takes no more than some megabytes. Comes after all that was put.
          store.opened().toCompletableFuture().join();
        }
      }
      store.opened().toCompletableFuture().join();
      long kept = store.sizes().entries();
      if (kept != ENTRIES) {
        throw new IllegalStateException("kept " + kept);
      }
      System.out.printf(
          "- disk, filled: %.1f s, %.1f MB%n",
          (System.nanoTime() - start) / 1e9, store.sizes().bytes() / 1e6);
    }
  }

  private static void open(Path directory) {
    long before = heap();
    long start = System.nanoTime();
    try (EntryStore store = disk(directory)) {
      store.opened().toCompletableFuture().join();
      long opened = System.nanoTime() - start;
      double heap = (double) (heap() - before) / ENTRIES;
      if (store.sizes().entries() != ENTRIES) {
        throw new IllegalStateException("found " + store.sizes().entries());
      }
      read(store, 1);
      long[] nanos = read(store, 2);
      System.out.printf(
          "- disk, opened: %.0f ms, get p50 %.1f us, p99 %.1f us; heap %.0f bytes per entry%n",
          opened / 1e6, nanos[READS / 2] / 1e3, nanos[READS / 100 * 99] / 1e3, heap);
    }
  }

  private static void memory() {
    long before = heap();
    try (EntryStore store = new MemoryStore(MOST_DISK, InstantSource.system())) {
      for (int i = 0; i < ENTRIES; i++) {
        store.put(key(i), entry(i));
      }
      double heap = (double) (heap() - before) / ENTRIES;
      if (store.sizes().entries() != ENTRIES) {
        throw new IllegalStateException("kept " + store.sizes().entries());
      }
      read(store, 1);
      long[] nanos = read(store, 2);
      System.out.printf(
          "- memory: get p50 %.2f us; heap %.0f bytes per entry, %.0f without its own %d;"
              + " counted as %.0f%n",
          nanos[READS / 2] / 1e3,
          heap,
          heap - SIZE,
          SIZE,
          (double) store.sizes().bytes() / ENTRIES);
    }
  }

  /** How long each of many reads took, sorted, in nanoseconds. */
  private static long[] read(EntryStore store, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] nanos = new long[READS];
    for (int i = 0; i < READS; i++) {
      EntryKey key = key(random.nextInt(ENTRIES));
      long start = System.nanoTime();
      StoredEntry entry = store.get(key).toCompletableFuture().join();
      nanos[i] = System.nanoTime() - start;
      if (entry == null || entry.bytes().length != SIZE) {
        throw new IllegalStateException("not there: " + key);
      }
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static EntryStore disk(Path directory) {
    return new DiskStore(
        directory, MOST_DISK, InstantSource.system(), new Loud(), new AgentThreads("bench-disk"));
  }

  private static EntryKey key(int number) {
    SplittableRandom random = new SplittableRandom(number);
    return new EntryKey(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /** With texts of its own, as those that were read from an answer or a file are. */
  private static StoredEntry entry(int number) {
    byte[] bytes = new byte[SIZE];
    new SplittableRandom(number).nextBytes(bytes);
    long now = System.currentTimeMillis();
    String model = new String("gpt-4o-mini".toCharArray());
    return new StoredEntry(
        now, now + TimeUnit.HOURS.toMillis(1), model, "", "", new byte[0], bytes);
  }

  /** What is in use after everything else was let go. */
  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> found = Files.walk(directory)) {
      found.sorted(Comparator.reverseOrder()).forEach(all::add);
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  /** What is measured must not be a store in trouble. */
  private static final class Loud implements StateLog {
    @Override
    public void say(String line) {
      throw new IllegalStateException(line);
    }

    @Override
    public void count(String store, String what) {
      System.err.println(store + ": " + what);
    }
  }
}
