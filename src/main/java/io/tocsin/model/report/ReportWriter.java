package io.tocsin.model.report;

import io.tocsin.drift.measure.Alternative;
import io.tocsin.drift.measure.Interval;
import io.tocsin.drift.measure.Proportions;
import io.tocsin.drift.measure.Tested;
import io.tocsin.model.Importance;
import io.tocsin.model.Judged;
import io.tocsin.model.ModelWatch;
import io.tocsin.model.Segment;
import io.tocsin.model.Sides;
import io.tocsin.model.Stretch;
import io.tocsin.model.Subject;
import io.tocsin.model.report.ModelReport.Alarm;
import io.tocsin.model.report.ModelReport.Bin;
import io.tocsin.model.report.ModelReport.Compared;
import io.tocsin.model.report.ModelReport.Confidence;
import io.tocsin.model.report.ModelReport.Errors;
import io.tocsin.model.report.ModelReport.ImportanceMoves;
import io.tocsin.model.report.ModelReport.Input;
import io.tocsin.model.report.ModelReport.Labels;
import io.tocsin.model.report.ModelReport.Period;
import io.tocsin.model.report.ModelReport.Share;
import io.tocsin.model.report.ModelReport.Versions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Writes the report of a day from what a model remembers. */
public final class ReportWriter {

  private static final int WEEK = 7;
  private static final int MONTH = 30;

  private final ModelWatch watch;
  private final LocalDate day;
  private final ZoneId zone;
  private final Instant now;
  private final Instant from;
  private final Instant to;

  private ReportWriter(ModelWatch watch, LocalDate day, ZoneId zone, Instant now) {
    this.watch = watch;
    this.day = day;
    this.zone = zone;
    this.now = now;
    this.from = start(day);
    Instant end = start(day.plusDays(1));
    this.to = end.isBefore(now) ? end : now;
  }

  /**
   * The report of a day; of one that goes on, up to now.
   *
   * @param past reports of the days before, newest first
   * @param alerts what drift rules found on the day
   */
  public static ModelReport write(
      ModelWatch watch,
      LocalDate day,
      ZoneId zone,
      Instant now,
      List<ModelReport> past,
      List<Alarm> alerts) {
    return new ReportWriter(watch, day, zone, now).report(past, alerts);
  }

  private Instant start(LocalDate date) {
    return date.atStartOfDay(zone).toInstant();
  }

  private Judged judged(Segment segment, int days) {
    return watch.judged(segment, start(day.minusDays(days - 1L)), start(day.plusDays(1)));
  }

  private ModelReport report(List<ModelReport> past, List<Alarm> alerts) {
    Judged week = judged(Segment.ALL, WEEK);
    Judged month = judged(Segment.ALL, MONTH);
    List<Share> days = days();
    var reader = new InputReader(watch, from, to, now, past);
    List<Input> inputs = reader.inputs();
    return new ModelReport(
        watch.spec().name(),
        day,
        zone.getId(),
        now,
        from,
        to,
        watch.judged(Segment.ALL, from, start(day.plusDays(1))).predictions(),
        period(week, days.subList(MONTH - WEEK, MONTH)),
        period(month, days),
        days,
        confidence(week, reader.sides(Subject.CONFIDENCE)),
        importance(),
        compared(reader),
        inputs,
        new Labels(week.joinable(), week.judged(), week.delayMeanSeconds()),
        alerts,
        versions(),
        Retraining.of(signs(week, month, inputs, past, alerts)));
  }

  private Optional<Compared> compared(InputReader reader) {
    return watch.subjects().stream()
        .findFirst()
        .flatMap(reader::sides)
        .map(
            sides ->
                new Compared(
                    sides.now().from(),
                    sides.now().to(),
                    sides.before().from(),
                    sides.before().to()));
  }

  private List<Share> days() {
    var days = new ArrayList<Share>();
    for (int back = MONTH - 1; back >= 0; back--) {
      LocalDate date = day.minusDays(back);
      Judged it = watch.judged(Segment.ALL, start(date), start(date.plusDays(1)));
      days.add(share(date, it.judged(), it.right()));
    }
    return days;
  }

  private static Share share(LocalDate day, long judged, long right) {
    if (judged == 0) {
      OptionalDouble none = OptionalDouble.empty();
      return new Share(day, 0, 0, none, none, none);
    }
    Interval bounds = Interval.wilson((double) right, (double) judged, Interval.Z95);
    return new Share(
        day,
        judged,
        right,
        OptionalDouble.of((double) right / judged),
        OptionalDouble.of(bounds.low()),
        OptionalDouble.of(bounds.high()));
  }

  private Period period(Judged sum, List<Share> days) {
    return new Period(
        share(day, sum.judged(), sum.right()),
        Trend.of(days.stream().map(Share::accuracy).toList()),
        errors(sum.numbers()));
  }

  private static Optional<Errors> errors(Judged.Numbers numbers) {
    return numbers.rootMeanSquaredError().stream()
        .mapToObj(
            root ->
                new Errors(
                    numbers.count(), numbers.absolute() / numbers.count(), root, numbers.r2()))
        .findFirst();
  }

  private Confidence confidence(Judged week, Optional<Sides> sides) {
    Optional<Stretch> its = sides.map(Sides::now);
    return new Confidence(
        its.map(Stretch::rows).orElse(0L),
        its.map(Stretch::mean).orElse(OptionalDouble.empty()),
        its.map(Stretch::sd).orElse(OptionalDouble.empty()),
        week.calibration().stream()
            .map(bin -> new Bin(bin.low(), bin.rows(), bin.right()))
            .toList(),
        sides.map(ConfidenceBands::of).orElse(List.of()));
  }

  private Optional<ImportanceMoves> importance() {
    var versions = new ArrayList<>(watch.versions());
    versions.add("");
    List<Importance> known =
        versions.stream()
            .distinct()
            .flatMap(version -> watch.importances(version).stream())
            .filter(one -> one.at().isBefore(to))
            .sorted(Comparator.comparing(Importance::at))
            .toList();
    if (known.size() < 2
        || known.getFirst().weights().values().stream().allMatch(weight -> weight == 0)) {
      return Optional.empty();
    }
    var moved =
        io.tocsin.drift.performance.Importance.of(
            known.getFirst().weights(), known.getLast().weights());
    Map<String, Integer> moves =
        moved.moves().entrySet().stream()
            .filter(move -> move.getValue() != 0)
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    return Optional.of(
        new ImportanceMoves(known.getFirst().at(), known.getLast().at(), moved.ndcg(), moves));
  }

  private Optional<Versions> versions() {
    record Its(String version, Judged judged) {}
    List<Its> known =
        watch.versions().stream()
            .map(version -> new Its(version, judged(Segment.version(version), MONTH)))
            .filter(it -> it.judged().judged() > 0)
            .sorted(
                Comparator.comparingLong((Its it) -> -it.judged().judged())
                    .thenComparing(Its::version))
            .toList();
    if (known.size() < 2) {
      return Optional.empty();
    }
    Judged a = known.get(0).judged();
    Judged b = known.get(1).judged();
    Tested tested =
        Proportions.z(b.right(), b.judged(), a.right(), a.judged(), Alternative.TWO_SIDED);
    String words =
        Math.min(a.judged(), b.judged()) < Retraining.MIN_JUDGED
            ? "not enough truths of both versions"
            : tested.p() >= Retraining.SIGNIFICANCE
                ? "no significant difference"
                : tested.statistic() > 0 ? "the challenger is better" : "the champion is better";
    return Optional.of(
        new Versions(
            known.get(0).version(),
            share(day, a.judged(), a.right()),
            known.get(1).version(),
            share(day, b.judged(), b.right()),
            "pooled z of two proportions, two-sided",
            tested.statistic(),
            tested.p(),
            words));
  }

  private Retraining.Signs signs(
      Judged week, Judged month, List<Input> inputs, List<ModelReport> past, List<Alarm> alerts) {
    long before = month.judged() - week.judged();
    long right = month.right() - week.right();
    boolean comparable = before > 0 && week.judged() > 0;
    Tested fell =
        comparable
            ? Proportions.z(right, before, week.right(), week.judged(), Alternative.GREATER)
            : new Tested(0, 1, 0);
    double drop = comparable ? (double) right / before - (double) week.right() / week.judged() : 0;
    return new Retraining.Signs(
        before, week.judged(), drop, fell.p(), estimatedDays(inputs, past, alerts), inputs);
  }

  private int estimatedDays(List<Input> inputs, List<ModelReport> past, List<Alarm> alerts) {
    if (!estimated(inputs, alerts)) {
      return 0;
    }
    int days = 1;
    for (ModelReport report : past) {
      if (!report.day().equals(day.minusDays(days))
          || !estimated(report.inputs(), report.alerts())) {
        break;
      }
      days++;
    }
    return days;
  }

  private static boolean estimated(List<Input> inputs, List<Alarm> alerts) {
    return !Retraining.drifted(inputs).isEmpty()
        && alerts.stream().anyMatch(alert -> alert.kind().equals("estimated_performance"));
  }
}
