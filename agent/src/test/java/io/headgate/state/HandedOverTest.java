// SPDX-License-Identifier: Apache-2.0
package io.headgate.state;

import static io.headgate.state.RedisEntries.of;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandedOverTest {

  private final List<Thread> ran = new CopyOnWriteArrayList<>();

  /** Every way to chain something, each noting where it ran. */
  private List<Function<CompletionStage<String>, CompletionStage<?>>> ways() {
    CompletableFuture<String> never = new CompletableFuture<>();
    CompletableFuture<String> done = CompletableFuture.completedFuture("done");
    return List.of(
        stage -> stage.thenApply(text -> note()),
        stage -> stage.thenAccept(text -> note()),
        stage -> stage.thenRun(this::note),
        stage -> stage.thenCombine(done, (a, b) -> note()),
        stage -> stage.thenAcceptBoth(done, (a, b) -> note()),
        stage -> stage.runAfterBoth(done, this::note),
        stage -> stage.applyToEither(never, text -> note()),
        stage -> stage.acceptEither(never, text -> note()),
        stage -> stage.runAfterEither(never, this::note),
        stage -> stage.thenCompose(text -> CompletableFuture.completedStage(note())),
        stage -> stage.whenComplete((text, failure) -> note()),
        stage -> stage.handle((text, failure) -> note()));
  }

  private boolean note() {
    return ran.add(Thread.currentThread());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothingChainedRunsOnTheThreadThatCompletes(boolean before) throws Exception {
    ExecutorService dependents = Executors.newSingleThreadExecutor();
    try {
      Thread own = dependents.submit(Thread::currentThread).get();
      for (Function<CompletionStage<String>, CompletionStage<?>> way : ways()) {
        HandedOver<String> future = new HandedOver<>(dependents);
        CompletionStage<?> chained = before ? way.apply(future) : null;
        future.complete("text");
        chained = chained == null ? way.apply(future) : chained;
        chained.toCompletableFuture().get(60, TimeUnit.SECONDS);
      }
      assertThat(ran).hasSize(12).containsOnly(own);
    } finally {
      dependents.shutdown();
    }
  }

  @Test
  void whatIsChainedToAFailureDoesNotEither() throws Exception {
    ExecutorService dependents = Executors.newSingleThreadExecutor();
    try {
      Thread own = dependents.submit(Thread::currentThread).get();
      HandedOver<String> future = new HandedOver<>(dependents);
      CompletionStage<String> first = future.exceptionally(failure -> "" + note());
      CompletionStage<String> second =
          future.exceptionallyCompose(failure -> CompletableFuture.completedStage("" + note()));
      future.completeExceptionally(new IllegalStateException());
      of(first);
      of(second);
      assertThat(ran).hasSize(2).containsOnly(own);
    } finally {
      dependents.shutdown();
    }
  }

  @Test
  void whoeverWaitsDoesNotWaitForWhatIsChained() throws Exception {
    ExecutorService dependents = Executors.newSingleThreadExecutor();
    CountDownLatch release = new CountDownLatch(1);
    try {
      HandedOver<String> future = new HandedOver<>(dependents);
      Future<?> blocked =
          future.thenRun(
              () -> {
                try {
                  release.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      future.complete("text");
      assertThat(of(future)).isEqualTo("text");
      assertThat(blocked.isDone()).isFalse();
    } finally {
      release.countDown();
      dependents.shutdown();
    }
  }
}
