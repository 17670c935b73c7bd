package io.tocsin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.alert.AlertKey;
import io.tocsin.label.Labels;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commits become durable in order, several at once when they had to wait. */
class CommitterTest {
  private final List<Commit> written = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final Committer committer = new Committer(this::write, () -> {});
  private volatile boolean deposed;

  private void write(Commit commit) {
    try {
      begun.countDown();
      mayEnd.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
    if (deposed) {
      throw new Outbox.Deposed("another node leads");
    }
    written.add(commit);
  }

  @AfterEach
  void stop() throws InterruptedException {
    mayEnd.countDown();
    committer.close();
  }

  /** A commit that is told by its name. */
  private static Commit commit(String name) {
    return new Commit(
        List.of(), List.of(new AlertKey(name, Labels.EMPTY)), List.of(), List.of(), List.of());
  }

  private List<List<String>> names() {
    return written.stream()
        .map(commit -> commit.gone().stream().map(AlertKey::ruleId).sorted().toList())
        .toList();
  }

  @Test
  void whatComesWhileOneIsWrittenGoesTogetherWithTheNext() throws Exception {
    CompletableFuture<Void> first = committer.submit(commit("first"));
    begun.await();
    CompletableFuture<Void> second = committer.submit(commit("second"));
    CompletableFuture<Void> third = committer.submit(commit("third"));
    assertThat(first).isNotDone();
    mayEnd.countDown();
    CompletableFuture.allOf(first, second, third).get(5, TimeUnit.SECONDS);
    assertThat(names()).containsExactly(List.of("first"), List.of("second", "third"));
    assertThat(committer.unwritten()).isZero();
  }

  @Test
  void allThatWentTogetherFailsTogetherWhenAnotherNodeLeads() throws Exception {
    deposed = true;
    CompletableFuture<Void> first = committer.submit(commit("first"));
    begun.await();
    CompletableFuture<Void> second = committer.submit(commit("second"));
    CompletableFuture<Void> third = committer.submit(commit("third"));
    mayEnd.countDown();
    for (var one : List.of(first, second, third)) {
      assertThat(one)
          .failsWithin(Duration.ofSeconds(5))
          .withThrowableThat()
          .withCauseInstanceOf(Outbox.Deposed.class);
    }
    assertThat(written).isEmpty();
  }
}
