package io.tocsin.model.report;

import io.tocsin.model.report.ModelReport.Alarm;
import io.tocsin.model.report.ModelReport.Band;
import io.tocsin.model.report.ModelReport.Bin;
import io.tocsin.model.report.ModelReport.Compared;
import io.tocsin.model.report.ModelReport.Confidence;
import io.tocsin.model.report.ModelReport.Errors;
import io.tocsin.model.report.ModelReport.ImportanceMoves;
import io.tocsin.model.report.ModelReport.Input;
import io.tocsin.model.report.ModelReport.Labels;
import io.tocsin.model.report.ModelReport.Period;
import io.tocsin.model.report.ModelReport.Share;
import io.tocsin.model.report.ModelReport.State;
import io.tocsin.model.report.ModelReport.Versions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reports with everything in them, and with nothing. */
public final class ReportSamples {

  public static final LocalDate DAY = LocalDate.parse("2026-11-20");

  private static final OptionalDouble NONE = OptionalDouble.empty();

  private ReportSamples() {}

  /** A full report in which every text that others choose is this one, with a mark behind it. */
  public static ModelReport full(String model, String foreign) {
    var days = new ArrayList<Share>();
    for (int i = 0; i < 30; i++) {
      days.add(i == 7 ? none(DAY.minusDays(22)) : share(DAY.minusDays(29 - i), 955 - i, 1000));
    }
    return new ModelReport(
        model,
        DAY,
        "Europe/Berlin",
        Instant.parse("2026-11-20T23:05:00Z"),
        Instant.parse("2026-11-19T23:00:00Z"),
        Instant.parse("2026-11-20T23:00:00Z"),
        48_211,
        new Period(
            share(DAY, 6_510, 7_000),
            Optional.of(new Trend(-0.0042, 0.0004, 7)),
            Optional.of(new Errors(7_000, 12.25, 17.5, OptionalDouble.of(0.913)))),
        new Period(
            share(DAY, 27_800, 29_000), Optional.of(new Trend(-0.001, 0.21, 29)), Optional.empty()),
        days,
        new Confidence(
            48_000,
            OptionalDouble.of(0.912),
            OptionalDouble.of(0.061),
            List.of(new Bin(0.8, 2_000, 1_700), new Bin(0.9, 5_000, 4_810)),
            List.of(new Band(0.5, 0.6, 400), new Band(0.8, 0.9, 12_600), new Band(0.9, 1, 35_000))),
        Optional.of(
            new ImportanceMoves(
                Instant.parse("2026-10-01T00:00:00Z"),
                Instant.parse("2026-11-19T00:00:00Z"),
                0.93,
                Map.of("age", 2, foreign + " moved", -2))),
        Optional.of(
            new Compared(
                Instant.parse("2026-11-19T23:00:00Z"),
                Instant.parse("2026-11-20T23:00:00Z"),
                Instant.EPOCH,
                Instant.parse("2026-10-01T08:30:00Z"))),
        List.of(
            input(foreign + " drifted", 0.31, State.CRITICAL, State.CRITICAL),
            input("income", 0.12, State.WARNING, State.QUIET),
            input("plan", 0.01, State.QUIET, State.WARNING),
            new Input(
                "returning",
                NONE,
                0,
                State.INSUFFICIENT_DATA,
                NONE,
                40,
                OptionalDouble.of(0),
                NONE,
                NONE,
                State.INSUFFICIENT_DATA,
                "40 rows (200 needed), reference 9000 (1000 needed); missing 0.00 %, unseen 0.00 %,"
                    + " out of range 0.00 %")),
        new Labels(50_000, 29_000, OptionalDouble.of(11_520)),
        List.of(
            new Alarm(
                Instant.parse("2026-11-20T10:15:00Z"),
                foreign + " alert",
                "data_drift",
                "critical",
                foreign + " mean up 0.52 sd, from 41.2 to 48.9"),
            new Alarm(
                Instant.parse("2026-11-20T13:15:00Z"),
                "ModelVolume",
                "volume",
                "warning",
                "rows down to 40 % of the week before")),
        Optional.of(
            new Versions(
                foreign + " v3",
                share(DAY, 18_900, 20_000),
                "v4-candidate",
                share(DAY, 8_700, 9_000),
                "pooled z of two proportions, two-sided",
                7.16,
                8.1e-13,
                "the challenger is better")),
        new Retraining(
            Retraining.Verdict.RETRAIN,
            List.of(
                "accuracy of 7 days fell by 3.4 points against the 23 days before (p 1e-12)",
                foreign + " drifted, PSI 0.310")));
  }

  /** A model that nobody asked anything. */
  public static ModelReport empty(String model) {
    return new ModelReport(
        model,
        DAY,
        "UTC",
        Instant.parse("2026-11-21T00:05:00Z"),
        Instant.parse("2026-11-20T00:00:00Z"),
        Instant.parse("2026-11-21T00:00:00Z"),
        0,
        new Period(none(DAY), Optional.empty(), Optional.empty()),
        new Period(none(DAY), Optional.empty(), Optional.empty()),
        List.of(),
        new Confidence(0, NONE, NONE, List.of(), List.of()),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        new Labels(0, 0, NONE),
        List.of(),
        Optional.empty(),
        new Retraining(
            Retraining.Verdict.NOT_ENOUGH_DATA, List.of("no input has enough rows to compare")));
  }

  private static Share none(LocalDate day) {
    return new Share(day, 0, 0, NONE, NONE, NONE);
  }

  private static Share share(LocalDate day, long right, long judged) {
    double accuracy = (double) right / judged;
    return new Share(
        day,
        judged,
        right,
        OptionalDouble.of(accuracy),
        OptionalDouble.of(accuracy - 0.012),
        OptionalDouble.of(accuracy + 0.011));
  }

  private static Input input(String name, double score, State state, State quality) {
    return new Input(
        name,
        OptionalDouble.of(score),
        0.011,
        state,
        OptionalDouble.of(score / 2),
        48_000,
        OptionalDouble.of(quality == State.CRITICAL ? 0.08 : 0.002),
        OptionalDouble.of(0.0005),
        OptionalDouble.of(0.001),
        quality,
        "missing 0.20 %, unseen 0.05 %, out of range 0.10 %");
  }
}
