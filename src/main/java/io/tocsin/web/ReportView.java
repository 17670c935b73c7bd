package io.tocsin.web;

import io.tocsin.model.report.ComparedRows;
import io.tocsin.model.report.ModelReport;
import io.tocsin.model.report.ModelReport.Period;
import io.tocsin.model.report.ModelReport.Share;
import io.tocsin.model.report.Retraining.Verdict;
import io.tocsin.model.report.Trend;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A model's report in words and drawings, of a day that is over or under way.
 *
 * @param target accuracy it is held against; empty when that is not known
 */
public record ReportView(ModelReport report, OptionalDouble target) {

  private static final int MOVES = 20;

  /** {@code 96.4 %, between 95.9 and 96.8}. */
  public String share(Share share) {
    return share.accuracy().isEmpty()
        ? "no truth yet"
        : String.format(
            Locale.ROOT,
            "%.1f %%, between %.1f and %.1f",
            100 * share.accuracy().getAsDouble(),
            100 * share.low().orElse(0),
            100 * share.high().orElse(0));
  }

  /** Where the days of a period lead. */
  public String slope(Period period) {
    if (period.trend().isEmpty()) {
      return "no trend yet: it takes three days with truths";
    }
    Trend trend = period.trend().get();
    String sure = trend.p() < 0.05 ? "" : ", which chance explains";
    return String.format(
        Locale.ROOT,
        "%+.2f points a day (p %s over %d days)%s",
        100 * trend.slope(),
        ExperimentView.p(trend.p()),
        trend.days(),
        sure);
  }

  /** Accuracy day by day; empty without truths; safe to stand in a page. */
  public String days() {
    return AccuracySvg.draw(report.days(), target);
  }

  /** Which rows are compared with which; empty when that is not known. */
  public String compared() {
    return ComparedRows.words(report).orElse("");
  }

  /** Judged rows by confidence that have any. */
  public List<ModelReport.Bin> bins() {
    return report.confidence().bins().stream().filter(bin -> bin.rows() > 0).toList();
  }

  /** {@code 0.80 to 0.85}; bins are of equal width. */
  public String range(ModelReport.Bin bin) {
    double width = 1.0 / Math.max(1, report.confidence().bins().size());
    return String.format(Locale.ROOT, "%.2f to %.2f", bin.low(), bin.low() + width);
  }

  /** Rows of the day by confidence, lowest first. */
  public List<ModelReport.Band> bands() {
    return report.confidence().spread();
  }

  /** {@code 0.80 to 0.90}. */
  public static String range(ModelReport.Band band) {
    return String.format(Locale.ROOT, "%.2f to %.2f", band.low(), band.high());
  }

  /** Share of a band among all, percent. */
  public String share(ModelReport.Band band) {
    long all = bands().stream().mapToLong(ModelReport.Band::rows).sum();
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * band.rows() / Math.max(1, all));
  }

  /** Percent of the most frequent band, for its bar. */
  public int width(ModelReport.Band band) {
    long most = bands().stream().mapToLong(ModelReport.Band::rows).max().orElse(1);
    return (int) Math.max(1, Math.round(100.0 * band.rows() / most));
  }

  /**
   * How far numeric answers of a period were from the truth; empty for answers that are classes.
   */
  public static String errors(Period period) {
    return period
        .errors()
        .map(
            it ->
                "mean error %s, RMSE %s%s of %d truths"
                    .formatted(
                        Times.figure(it.absolute()),
                        Times.figure(it.rootMeanSquare()),
                        it.r2().isPresent() ? ", R2 " + Times.figure(it.r2().getAsDouble()) : "",
                        it.rows()))
        .orElse("");
  }

  /** Share of a bin among all, percent of the most frequent, for its bar. */
  public int width(ModelReport.Bin bin) {
    long most = bins().stream().mapToLong(ModelReport.Bin::rows).max().orElse(1);
    return (int) Math.max(1, Math.round(100.0 * bin.rows() / most));
  }

  /** Share of right answers of a bin. */
  public String right(ModelReport.Bin bin) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * bin.right() / bin.rows());
  }

  /** Inputs that moved most in the order of importance. */
  public List<Map.Entry<String, Integer>> moves() {
    return report.importance().stream()
        .flatMap(moves -> moves.moves().entrySet().stream())
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Integer> move) -> -Math.abs(move.getValue()))
                .thenComparing(Map.Entry::getKey))
        .limit(MOVES)
        .toList();
  }

  /** A number with its sign, as places climbed or fallen. */
  public static String places(int moved) {
    return (moved > 0 ? "up " : "down ") + Math.abs(moved);
  }

  /** The class of the verdict's pill. */
  public String tone() {
    return tone(report.retraining().verdict());
  }

  /** The class of a verdict's pill. */
  public static String tone(Verdict verdict) {
    return switch (verdict) {
      case RETRAIN, FIX_THE_DATA -> "pill-over";
      case WATCH -> "pill-near";
      case NO_ACTION -> "pill-met";
      case NOT_ENOUGH_DATA -> "pill-none";
    };
  }
}
