package io.tocsin.rule.drift;

import static io.tocsin.rule.drift.StatedFinding.column;
import static io.tocsin.rule.drift.StatedFinding.ranker;
import static io.tocsin.rule.drift.StatedFinding.terms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tocsin.drift.DriftTest;
import io.tocsin.drift.option.Options;
import io.tocsin.drift.stream.ChangeDetector;
import io.tocsin.label.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Each kind of rule on models as stated; the change comes after four hours. */
class DriftJudgeTest {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Thresholds PSI = Thresholds.of(0.1, 0.2);

  private final FindingStore store = FindingStore.inMemory();
  private int runs;

  private static About about(String rule) {
    return new About(
        rule,
        "Rule",
        Optional.of("Page"),
        (target, level) -> target.labels().with(Labels.of("level", level.id())));
  }

  /** Levels after each hour, and the last judgement. */
  private record Run(List<Optional<Level>> levels, DriftJudge.Judged last) {
    Row row(String name) {
      return last.reading().rows().stream()
          .filter(row -> row.name().equals(name))
          .findFirst()
          .orElseThrow();
    }

    /** The hour at which it began, 0 for never. */
    int began() {
      for (int i = 0; i < levels.size(); i++) {
        if (levels.get(i).isPresent()) {
          return i + 1;
        }
      }
      return 0;
    }
  }

  private Run run(DriftTerms terms, StatedModel model, int hours) {
    var judge = new DriftJudge(new StatedModels(List.of(model)), store);
    String rule = runs++ == 0 ? "r" : "r" + runs;
    var levels = new ArrayList<Optional<Level>>();
    DriftJudge.Judged last = null;
    for (int hour = 1; hour <= hours; hour++) {
      last =
          judge.evaluate(about(rule), terms, HOUR, START.plus(HOUR.multipliedBy(hour))).getFirst();
      levels.add(last.verdict().level());
    }
    return new Run(levels, Objects.requireNonNull(last));
  }

  private List<Finding> findings() {
    return store.search(
        new FindingStore.Filter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            50));
  }

  private static StatedModel model(List<Integer> rows, Map<String, StatedModel.Column> columns) {
    return new StatedModel("ranker", START, HOUR, rows, columns, List.of(), List.of(), Map.of());
  }

  @Test
  void inputsThatDriftAreRowsOfOneFinding() {
    var all = new Criterion.Data(new Columns.All(), DriftTest.PSI, false);
    Run run = run(terms(all, PSI, 2), ranker(START), 8);

    assertThat(run.began()).as("the second window after the change").isEqualTo(6);
    assertThat(findings()).hasSize(1);
    Finding found = findings().getFirst();
    assertThat(found.begun()).containsExactlyInAnyOrder("price", "country");
    assertThat(found.inARow()).isEqualTo(2);
    assertThat(found.firstSeen()).isEqualTo(START.plus(HOUR.multipliedBy(5)));
    assertThat(found.level()).contains(Level.CRITICAL);
    Row price =
        found.reading().rows().stream().filter(r -> r.name().equals("price")).findFirst().get();
    assertThat(price.words()).isEqualTo("mean up 0.60 sd, from 100 to 112");
    assertThat(price.q().orElse(1)).isLessThan(0.01);
    assertThat(found.reading().accuracy().orElseThrow().after()).isEqualTo(0.9);
    assertThat(found.reading().confidence().orElseThrow().before()).isCloseTo(0.8, within(1e-6));
    assertThat(run.row("age").state()).isEqualTo(Row.State.QUIET);
  }

  @Test
  void theStatisticCanBeComputedAgainFromWhatTheFindingCarries() {
    Finding found = StatedFinding.of(START);
    Row price =
        found.reading().rows().stream().filter(r -> r.name().equals("price")).findFirst().get();
    Detail detail = price.detail().orElseThrow();
    assertThat(detail.edges()).hasSize(9);
    assertThat(detail.bins().stream().mapToDouble(Detail.Bin::contribution).sum())
        .isCloseTo(price.statistic(), within(1e-9));
    assertThat(detail.quantiles()).extracting(Detail.Quantile::level).contains(0.01, 0.5, 0.99);
    assertThat(found.reading().rows().getFirst().detail().orElseThrow().fresh())
        .containsExactly("fr");
  }

  @Test
  void aSmallChangeOfManyRowsIsSignificantAndNoAlert() {
    var price = column("normal(0, 1)", "normal(0.1, 1)", 1);
    Run run =
        run(
            terms(new Criterion.Data(new Columns.All(), DriftTest.PSI, false), PSI, 1),
            model(List.of(100_000), Map.of("price", price)),
            3);
    assertThat(run.row("price").p().orElse(1)).isLessThan(1e-6);
    assertThat(run.began()).isZero();
  }

  @Test
  void belowTheMinimumThereIsNoVerdictEitherWay() {
    var price = column("normal(0, 1)", "normal(2, 1)", 1);
    Run run =
        run(
            terms(new Criterion.Data(new Columns.All(), DriftTest.PSI, false), PSI, 1),
            model(List.of(199), Map.of("price", price)),
            3);
    assertThat(run.last().reading().measured()).isFalse();
    assertThat(run.row("price").state()).isEqualTo(Row.State.INSUFFICIENT_DATA);
    assertThat(run.row("price").words()).startsWith("199 rows in the window (200 needed)");
  }

  @Test
  void theShareOfInputsOrTheMostImportantOnesDecide() {
    var share = new Criterion.Data(new Columns.All(), DriftTest.PSI, true);
    assertThat(run(terms(share, Thresholds.of(0.7), 1), ranker(START), 6).began()).isZero();
    assertThat(run(terms(share, Thresholds.of(0.5), 1), ranker(START), 6).began()).isEqualTo(5);

    StatedModel known =
        new StatedModel(
            "ranker",
            START,
            HOUR,
            List.of(1000),
            ranker(START).columns(),
            List.of(),
            List.of(),
            Map.of(0, Map.of("age", 5.0, "price", 1.0, "country", 1.0)));
    var top = new Criterion.Data(new Columns.Top(1), DriftTest.PSI, false);
    assertThat(run(terms(top, PSI, 1), known, 6).last().reading().rows())
        .extracting(Row::name)
        .containsExactly("age");
    assertThat(run(terms(top, PSI, 1), ranker(START), 6).last().reading().measured())
        .as("nobody said what matters")
        .isFalse();
  }

  @Test
  void confidenceIsJudgedByShapeAndByMean() {
    var confidence = new Criterion.Confidence(DriftTest.PSI, Thresholds.of(0.3, 0.5));
    Run run = run(terms(confidence, PSI, 2), ranker(START), 6);
    assertThat(run.began()).isEqualTo(6);
    Row mean = run.row("mean confidence");
    assertThat(mean.statistic()).isCloseTo(-0.65, within(0.01));
    assertThat(mean.notes().getFirst()).startsWith("confidence below 0.5: 0 % before");
  }

  @Test
  void aDropCountsFromItsSizeOnAndOnlyWhenItIsNoChance() {
    var accuracy = new Criterion.Performance(Metric.ACCURACY);
    Run run = run(terms(accuracy, Thresholds.of(0.03, 0.05), 2), ranker(START), 6);
    assertThat(run.began()).isEqualTo(6);
    assertThat(run.row("accuracy").words()).startsWith("accuracy from ").contains(" to 90 %");

    StatedModel slight = labelled(List.of(0.96, 0.96, 0.96, 0.96, 0.94));
    assertThat(run(terms(accuracy, Thresholds.of(0.03, 0.05), 1), slight, 8).began())
        .as("two points are below three")
        .isZero();
  }

  @Test
  void doingBetterIsAnEventAndNoAlert() {
    StatedModel better = labelled(List.of(0.85, 0.85, 0.85, 0.85, 0.95));
    Run run =
        run(
            terms(new Criterion.Performance(Metric.ACCURACY), Thresholds.of(0.03, 0.05), 2),
            better,
            6);
    assertThat(run.began()).isZero();
    assertThat(findings()).hasSize(1);
    assertThat(findings().getFirst().kind()).isEqualTo(Finding.Kind.IMPROVEMENT);
    assertThat(findings().getFirst().at()).isEqualTo(START.plus(HOUR.multipliedBy(5)));
  }

  private static StatedModel labelled(List<Double> accuracy) {
    return new StatedModel(
        "ranker", START, HOUR, List.of(1000), Map.of(), accuracy, List.of(), Map.of());
  }

  @Test
  void errorsThatBecomeMoreFrequentAreOneDriftForAWindow() {
    var concept =
        new Criterion.Concept(
            ChangeDetector.ADWIN,
            Options.of(ChangeDetector.ADWIN.parameters(), Map.of("clock", "1")));
    StatedModel worse = labelled(List.of(0.95, 0.95, 0.95, 0.95, 0.7, 0.7, 0.7, 0.7));
    Run run = run(terms(concept, Thresholds.of(1), 1), worse, 5);
    assertThat(run.began()).isEqualTo(5);
    assertThat(run.row("errors").words()).contains("5 % before");
    assertThat(findings()).hasSize(1);

    StatedModel better = labelled(List.of(0.7, 0.7, 0.7, 0.7, 0.95));
    assertThat(run(terms(concept, Thresholds.of(1), 1), better, 8).began())
        .as("degrade only")
        .isZero();
  }

  @Test
  void aStreamGoesOnAfterARestartWithoutTellingOldDriftsAgain() {
    var concept =
        new Criterion.Concept(
            ChangeDetector.ADWIN,
            Options.of(ChangeDetector.ADWIN.parameters(), Map.of("clock", "1")));
    DriftTerms terms = terms(concept, Thresholds.of(1), 1);
    StatedModel worse = labelled(List.of(0.95, 0.95, 0.95, 0.95, 0.7));
    run(terms, worse, 5);
    assertThat(findings()).hasSize(1);
    var restarted = new DriftJudge(new StatedModels(List.of(worse)), store);
    for (int hour = 6; hour <= 9; hour++) {
      restarted.evaluate(about("r"), terms, HOUR, START.plus(HOUR.multipliedBy(hour)));
    }
    assertThat(findings()).hasSize(1);
  }

  @Test
  void aStreakGoesOnAfterARestart() {
    DriftTerms terms = terms(new Criterion.Data(new Columns.All(), DriftTest.PSI, false), PSI, 2);
    run(terms, ranker(START), 5);
    var restarted = new DriftJudge(new StatedModels(List.of(ranker(START))), store);
    assertThat(
            restarted
                .evaluate(about("r"), terms, HOUR, START.plus(HOUR.multipliedBy(6)))
                .getFirst()
                .verdict()
                .level())
        .contains(Level.CRITICAL);
  }

  @Test
  void qualityIsMissingUnseenAndOutOfRange() {
    var quality = new Criterion.Quality(new Columns.All(), Thresholds.of(0.001, 0.01));
    var gone =
        new StatedModel.Column(Shape.parse("normal(0, 1)"), List.of(), List.of(0.0, 0.0, 0.03));
    var odd = column("a:0.5 b:0.5", "a:0.5 b:0.48 c:0.02", 2);
    var far = column("uniform(0, 1)", "uniform(0, 1.2)", 2);
    Run run =
        run(
            terms(quality, Thresholds.of(0.01, 0.05), 1),
            model(List.of(1000), Map.of("gone", gone, "odd", odd, "far", far)),
            3);
    assertThat(run.began()).isEqualTo(3);
    assertThat(run.last().verdict().rows())
        .extracting(row -> row.name() + " " + row.method() + " " + row.state())
        .containsExactlyInAnyOrder(
            "odd unseen CRITICAL", "far outside CRITICAL", "gone missing WARNING");
  }

  @Test
  void volumeIsHeldAgainstBoundsAndNoRowsAreTooFew() {
    var volume =
        new Criterion.Volume(
            OptionalDouble.of(500), OptionalDouble.of(5000), OptionalDouble.empty());
    Run run =
        run(
            terms(volume, Thresholds.of(1), 1),
            model(List.of(1000, 1000, 0, 1000, 6000), Map.of()),
            5);
    assertThat(run.levels())
        .containsExactly(
            Optional.empty(),
            Optional.empty(),
            Optional.of(Level.CRITICAL),
            Optional.empty(),
            Optional.of(Level.CRITICAL));
  }

  @Test
  void labelsThatDoNotComeAreCountedWhenTheyAreDue() {
    var delay = new Criterion.LabelDelay(Duration.ofHours(2));
    StatedModel late =
        new StatedModel(
            "ranker",
            START,
            HOUR,
            List.of(1000),
            Map.of(),
            List.of(0.9),
            List.of(1.0, 1.0, 0.4),
            Map.of());
    Run run = run(terms(delay, Thresholds.of(0.1, 0.5), 1), late, 5);
    assertThat(run.began()).isEqualTo(5);
    assertThat(run.row("labels").words()).isEqualTo("600 of 1000 labels missing after PT2H");
  }

  @Test
  void importancesNeedTwoSnapshots() {
    var importance = new Criterion.Importances(3);
    StatedModel moved =
        new StatedModel(
            "ranker",
            START,
            HOUR,
            List.of(1),
            Map.of(),
            List.of(),
            List.of(),
            Map.of(
                0, Map.of("a", 8.0, "b", 1.0, "c", 0.5),
                3, Map.of("a", 0.1, "b", 1.0, "c", 4.0)));
    Run run = run(terms(importance, Thresholds.of(0.1, 0.2), 1), moved, 4);
    assertThat(run.began()).isEqualTo(3);
    assertThat(run.row("importance").words()).contains("a down 2").contains("c up 2");
  }

  @Test
  void estimatedAccuracyFollowsConfidenceWithoutLabels() {
    ModelHistory past =
        new Calibrated(column("uniform(0.8, 1)", "uniform(0.5, 0.9)", 4), START, HOUR);
    var judge = new DriftJudge(past, store);
    DriftTerms terms = terms(new Criterion.Estimated(), Thresholds.of(0.03, 0.05), 2);
    DriftJudge.Judged last = null;
    for (int hour = 1; hour <= 6; hour++) {
      last =
          judge.evaluate(about("e"), terms, HOUR, START.plus(HOUR.multipliedBy(hour))).getFirst();
    }
    Row row = Objects.requireNonNull(last).reading().rows().getFirst();
    assertThat(row.statistic()).as("0.9 before, 0.7 now").isCloseTo(0.2, within(0.01));
    assertThat(row.notes().getFirst()).startsWith("estimated from confidence");
    assertThat(last.verdict().level()).contains(Level.CRITICAL);
  }

  @Test
  void everyKnownModelIsJudgedByItself() {
    StatedModel other =
        new StatedModel(
            "other",
            START,
            HOUR,
            List.of(50),
            ranker(START).columns(),
            List.of(),
            List.of(),
            Map.of());
    var judge = new DriftJudge(new StatedModels(List.of(ranker(START), other)), store);
    DriftTerms one = terms(new Criterion.Data(new Columns.All(), DriftTest.PSI, false), PSI, 1);
    DriftTerms every =
        new DriftTerms(
            new Target(Target.ANY, Optional.empty(), Map.of()),
            one.criterion(),
            one.window(),
            one.reference(),
            one.thresholds(),
            one.minSamples(),
            one.minReference(),
            one.side(),
            1,
            one.clearAt(),
            one.cooldown(),
            one.every());
    List<DriftJudge.Judged> judged =
        judge.evaluate(about("r"), every, HOUR, START.plus(HOUR.multipliedBy(6)));
    assertThat(judged).hasSize(2);
    assertThat(judged.get(0).verdict().level()).contains(Level.CRITICAL);
    assertThat(judged.get(1).reading().measured()).isFalse();
    assertThat(
            judge.evaluate(
                about("r"), every, HOUR, START.plus(HOUR.multipliedBy(6)).plusSeconds(5)))
        .as("not due again")
        .isEmpty();
  }
}
