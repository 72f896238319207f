// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.Entries.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** Opens disk stores, with a clock that stands still, and remembers what they say. */
final class DiskFixture implements AutoCloseable, InstantSource, StateLog {

  final Path path;
  final List<String> said = new CopyOnWriteArrayList<>();
  final List<String> counted = new CopyOnWriteArrayList<>();
  private final List<DiskStore> opened = new ArrayList<>();
  volatile long now = 1_000_000;
  long bytes = 16 << 20;
  Supplier<DiskFiles> files = DiskFiles::new; // each store's own

  DiskFixture(Path path) {
    this.path = path;
  }

  /** Open, and through with reading what there is. */
  DiskStore open() {
    DiskStore store = new DiskStore(path, bytes, this, this, threads(), files.get());
    opened.add(store);
    await(store.flushed());
    return store;
  }

  static ThreadFactory threads() {
    return task -> {
      Thread thread = new Thread(task, "state-test");
      thread.setDaemon(true);
      return thread;
    };
  }

  Path cache() {
    return path.resolve("cache");
  }

  List<Path> segments() throws IOException {
    List<Path> segments = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(cache(), "*.hg1")) {
      stream.forEach(segments::add);
    }
    segments.sort(null);
    return segments;
  }

  /** What the segments take, in bytes. */
  long size() throws IOException {
    long size = 0;
    for (Path each : segments()) {
      size += Files.size(each);
    }
    return size;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  @Override
  public void say(String line) {
    said.add(line);
  }

  @Override
  public void count(String store, String what) {
    counted.add(store + " " + what);
  }

  @Override
  public void close() {
    opened.forEach(DiskStore::close);
  }
}
