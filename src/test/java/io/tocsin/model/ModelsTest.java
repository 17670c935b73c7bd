package io.tocsin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.drift.DriftTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelsTest {

  private static final Instant START = Instant.parse("2026-11-21T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final DriftQuestion QUESTION =
      new DriftQuestion(
          "ranker",
          new Subject.Feature("x"),
          DriftTest.PSI,
          HOUR,
          new ReferenceSource.Baseline(),
          200);

  @Test
  void aRestartGoesOnFromTheStore() {
    var store = ModelStore.inMemory();
    var before = new Models(store);
    before.configure(List.of(ModelSpec.of("ranker")), List.of(QUESTION));
    Rows.freeze(before.watch("ranker"), Rows.normal(2000, 0, START, HOUR, 1));
    Rows.accept(before.watch("ranker"), Rows.normal(400, 1, START, HOUR, 2), START.plus(HOUR));
    before.save();

    var after = new Models(store);
    after.configure(List.of(ModelSpec.of("ranker")), List.of(QUESTION));

    assertThat(Comparisons.reaches(after.watch("ranker"), QUESTION, START.plus(HOUR), .2)).isTrue();
    assertThat(after.unreadable()).isEmpty();
  }

  @Test
  void anUnchangedModelIsNotSavedAgain() {
    var saved = new ArrayList<String>();
    var models =
        new Models(
            new ModelStore() {
              @Override
              public void save(String model, byte[] snapshot) {
                saved.add(model);
              }

              @Override
              public List<String> names() {
                return List.of();
              }

              @Override
              public Optional<byte[]> load(String model) {
                return Optional.empty();
              }
            });
    Rows.accept(models.watch("ranker"), Rows.normal(10, 0, START, HOUR, 1), START);
    models.watch("idle");
    models.save();
    models.save();

    assertThat(saved).containsExactly("ranker");
  }

  @Test
  void anUnreadableSnapshotIsReportedAndTheModelStartsFromNothing() {
    var store = ModelStore.inMemory();
    store.save("ranker", new byte[] {1, 2, 3});
    var models = new Models(store);

    assertThat(models.watch("ranker").samples(START).size()).isEqualTo(5);
    assertThat(models.unreadable()).containsOnlyKeys("ranker");
  }

  @Test
  void theNumberOfModelsIsBounded() {
    var models = new Models(ModelStore.inMemory());
    for (int i = 0; i < Models.MOST_MODELS; i++) {
      models.watch("m" + i);
    }

    assertThatThrownBy(() -> models.watch("one more"))
        .isInstanceOf(Models.TooManyModels.class)
        .hasMessage("model one more cannot be watched: there are 1000 already");
    assertThat(models.watch("m7")).isSameAs(models.find("m7").orElseThrow());
  }
}
