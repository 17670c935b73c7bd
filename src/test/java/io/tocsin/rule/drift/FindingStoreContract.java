package io.tocsin.rule.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link FindingStore} does. */
public abstract class FindingStoreContract {

  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  protected abstract FindingStore store();

  private static FindingStore.Filter all(int limit) {
    return new FindingStore.Filter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        limit);
  }

  @Test
  void aFindingComesBackWhole() {
    FindingStore store = store();
    Finding finding = StatedFinding.of(AT);
    store.add(finding);
    assertThat(store.search(all(5))).containsExactly(finding);
  }

  @Test
  void findingsAreSoughtByAlertModelAndTimeNewestFirst() {
    FindingStore store = store();
    Finding early = StatedFinding.of(AT);
    Finding late = StatedFinding.of(AT.plus(Duration.ofHours(1)));
    store.add(early);
    store.add(late);
    assertThat(store.search(all(5))).extracting(Finding::id).containsExactly(late.id(), early.id());
    assertThat(store.search(all(1))).extracting(Finding::id).containsExactly(late.id());
    assertThat(
            store.search(
                new FindingStore.Filter(
                    Optional.of("ranker"),
                    Optional.of("f;g;0"),
                    Optional.of(early.labels()),
                    Optional.of(AT.minusSeconds(3600)),
                    Optional.of(early.at()),
                    5)))
        .extracting(Finding::id)
        .containsExactly(early.id());
    assertThat(
            store.search(
                new FindingStore.Filter(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Map.of("model", "other")),
                    Optional.empty(),
                    Optional.empty(),
                    5)))
        .isEmpty();
  }

  @Test
  void whatARuleRemembersIsReplacedAndForgottenWithIt() {
    FindingStore store = store();
    Target target = Target.of("ranker");
    var streak = new Streak(1, 1, AT, AT, Optional.of(Level.WARNING));
    var standing =
        new Standing(
            Map.of("price/psi", streak),
            Optional.of(AT),
            Optional.of(AT),
            17,
            Optional.empty(),
            List.of("accuracy/accuracy"));
    store.remember("r1", target, Standing.NEW);
    store.remember("r1", target, standing);
    store.remember("r2", target, standing);
    assertThat(store.remembered("r1")).isEqualTo(Map.of("ranker", standing));
    store.forgetAllBut(List.of("r2"));
    assertThat(store.remembered("r1")).isEmpty();
    assertThat(store.remembered("r2")).hasSize(1);
  }
}
