package io.tocsin.rule.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.drift.DriftTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Windows of an hour; PSI with 0.1 and 0.2, two windows in a row, clear at 80 %. */
class VerdictTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private static final DriftTerms TERMS = terms(Optional.empty());

  private Standing standing = Standing.NEW;
  private Verdict verdict =
      new Verdict(Standing.NEW, Optional.empty(), List.of(), List.of(), List.of());

  static DriftTerms terms(Optional<Duration> cooldown) {
    return new DriftTerms(
        Target.of("ranker"),
        new Criterion.Data(new Columns.All(), DriftTest.PSI, false),
        Optional.of(HOUR),
        Optional.empty(),
        Thresholds.of(0.1, 0.2),
        200,
        1000,
        Side.BOTH,
        2,
        0.8,
        cooldown,
        Optional.empty());
  }

  private static Row row(String name, double effect) {
    Row.State state =
        TERMS.thresholds().level(effect).map(Distributions::state).orElse(Row.State.QUIET);
    return row(name, effect, state);
  }

  private static Row row(String name, double effect, Row.State state) {
    return new Row(
        name,
        "psi",
        state,
        effect,
        effect,
        TERMS.thresholds(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        0.03,
        10_000,
        1000,
        0,
        "",
        List.of(),
        Optional.empty());
  }

  private Optional<Level> after(int minutes, Row... rows) {
    return after(TERMS, minutes, rows);
  }

  private Optional<Level> after(DriftTerms terms, int minutes, Row... rows) {
    Instant at = START.plus(Duration.ofMinutes(minutes));
    Reading reading =
        Reading.of(terms.target(), at.minus(HOUR), at, Optional.empty(), List.of(rows));
    verdict = Verdict.of(terms, HOUR, standing, reading);
    standing = verdict.after();
    return verdict.level();
  }

  @Test
  void twoWindowsInARowThatDoNotOverlapAreAnAlert() {
    assertThat(after(60, row("price", 0.3))).isEmpty();
    assertThat(after(90, row("price", 0.3))).as("overlaps the first").isEmpty();
    assertThat(after(119, row("price", 0.3))).isEmpty();
    assertThat(after(120, row("price", 0.3))).contains(Level.CRITICAL);
    assertThat(verdict.begun()).extracting(Row::name).containsExactly("price");
    assertThat(standing.streaks().get("price/psi").since()).isEqualTo(START.plus(HOUR));
    assertThat(after(130, row("price", 0.3))).contains(Level.CRITICAL);
    assertThat(verdict.begun()).as("told once").isEmpty();
  }

  @Test
  void aQuietWindowBetweenBeginsAnew() {
    after(60, row("price", 0.3));
    assertThat(after(120, row("price", 0.05))).isEmpty();
    assertThat(after(180, row("price", 0.3))).isEmpty();
    assertThat(after(240, row("price", 0.3))).contains(Level.CRITICAL);
  }

  @Test
  void twoInputsThatDriftOnceEachAreNoStreak() {
    after(60, row("price", 0.3), row("age", 0.01));
    assertThat(after(120, row("price", 0.01), row("age", 0.3))).isEmpty();
  }

  @Test
  void itEndsBelowFourFifthsOfTheThresholdAndNotBefore() {
    after(60, row("price", 0.15));
    assertThat(after(120, row("price", 0.15))).contains(Level.WARNING);
    assertThat(after(180, row("price", 0.09))).as("hysteresis").contains(Level.WARNING);
    assertThat(after(240, row("price", 0.079))).isEmpty();
    assertThat(standing.endedAt()).contains(START.plus(Duration.ofMinutes(240)));
  }

  @Test
  void itGetsWorseWhenConfirmedAndMilderBelowItsOwnClearingPoint() {
    after(60, row("price", 0.15));
    after(120, row("price", 0.15));
    assertThat(after(180, row("price", 0.25))).contains(Level.WARNING);
    assertThat(after(240, row("price", 0.25))).contains(Level.CRITICAL);
    assertThat(verdict.begun()).hasSize(1);
    assertThat(after(300, row("price", 0.17))).contains(Level.CRITICAL);
    assertThat(after(360, row("price", 0.15))).contains(Level.WARNING);
  }

  @Test
  void nothingBeginsDuringTheCooldown() {
    DriftTerms terms = terms(Optional.of(Duration.ofHours(6)));
    after(terms, 60, row("price", 0.3));
    after(terms, 120, row("price", 0.3));
    after(terms, 180, row("price", 0));
    after(terms, 240, row("price", 0.3));
    assertThat(after(terms, 300, row("price", 0.3))).isEmpty();
    assertThat(after(terms, 539, row("price", 0.3))).isEmpty();
    assertThat(after(terms, 540, row("price", 0.3))).contains(Level.CRITICAL);
  }

  @Test
  void tooFewRowsNeitherBeginNorEndAnything() {
    Row few = row("price", Double.NaN, Row.State.INSUFFICIENT_DATA);
    after(60, row("price", 0.3));
    assertThat(after(120, few)).isEmpty();
    assertThat(after(180, row("price", 0.3))).contains(Level.CRITICAL);
    assertThat(after(240, few)).contains(Level.CRITICAL);
    assertThat(after(300, few)).contains(Level.CRITICAL);
    assertThat(after(360, row("price", 0.01))).isEmpty();
  }

  @Test
  void anInputThatIsNoLongerThereEnds() {
    after(60, row("price", 0.3), row("age", 0));
    after(120, row("price", 0.3), row("age", 0));
    assertThat(after(180, row("age", 0))).isEmpty();
  }

  @Test
  void anImprovementIsToldOnceAndFiresNothing() {
    Row better = row("accuracy", -0.05, Row.State.IMPROVED);
    assertThat(after(60, better)).isEmpty();
    assertThat(verdict.improved()).hasSize(1);
    assertThat(after(120, better)).isEmpty();
    assertThat(verdict.improved()).isEmpty();
    after(180, row("accuracy", 0));
    after(240, better);
    assertThat(verdict.improved()).hasSize(1);
  }

  @Test
  void theSameReadingsGiveTheSameVerdictsHoweverOftenTheyAreLookedAtBetween() {
    double[] hourly = {0.3, 0.3, 0.05, 0.15, 0.12, 0.3, 0.01, 0.01, 0.3, 0.3};
    List<Optional<Level>> once = new ArrayList<>();
    for (int i = 0; i < hourly.length; i++) {
      once.add(after(60 * (i + 1), row("price", hourly[i])));
    }
    standing = Standing.NEW;
    List<Optional<Level>> often = new ArrayList<>();
    for (int i = 0; i < hourly.length; i++) {
      often.add(after(60 * (i + 1), row("price", hourly[i])));
      after(60 * (i + 1) + 1, row("price", hourly[i]));
    }
    assertThat(often).isEqualTo(once);
  }
}
