package io.tocsin.web;

import io.tocsin.postmortem.HistogramSvg;
import io.tocsin.rule.drift.Detail;
import io.tocsin.rule.drift.Finding;
import io.tocsin.rule.drift.Reading;
import io.tocsin.rule.drift.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What a drift rule found, ready to be shown. */
public record FindingView(Finding finding) {

  private static final int MOST_CHARTS = 3;
  private static final int MOST_FINDINGS = 10;

  /** The newest first. */
  static List<FindingView> of(List<Finding> findings) {
    return findings.stream()
        .sorted(Comparator.comparing(Finding::at).reversed())
        .limit(MOST_FINDINGS)
        .map(FindingView::new)
        .toList();
  }

  /** {@code data drift of ranker}. */
  public String title() {
    return finding.criterion().replace('_', ' ') + " of " + finding.reading().target().words();
  }

  public List<Row> rows() {
    return finding.reading().rows();
  }

  /** Rows with both distributions, the worst first. */
  public List<Row> drawn() {
    return rows().stream().filter(row -> row.detail().isPresent()).limit(MOST_CHARTS).toList();
  }

  /** Safe to stand in a page: every text in it is escaped. */
  public String svg(Row row) {
    return HistogramSvg.inPage(row);
  }

  /** The state in a word. */
  public static String state(Row row) {
    return row.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Three significant digits; a dash when there is none. */
  public static String figure(double value) {
    if (!Double.isFinite(value)) {
      return "\u2013";
    }
    if (value == 0) {
      return "0";
    }
    double size = Math.abs(value);
    return size >= 1e-3 && size < 1e6
        ? String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 1 ? "%.2f" : "%.3f", value)
        : String.format(Locale.ROOT, "%.0e", value);
  }

  /** As the other. */
  public static String figure(OptionalDouble value) {
    return figure(value.orElse(Double.NaN));
  }

  /** A share of both sides with its intervals. */
  public static String shares(Reading.BeforeAfter it) {
    return String.format(
        Locale.ROOT,
        "%.1f %% before (95 %%: %.1f to %.1f, %d rows), %.1f %% in the window (%.1f to %.1f,"
            + " %d rows)",
        it.before() * 100,
        it.low() * 100,
        it.high() * 100,
        it.n(),
        it.after() * 100,
        it.lowAfter() * 100,
        it.highAfter() * 100,
        it.m());
  }

  /** Quantiles in one line. */
  public static String quantiles(Detail detail) {
    var text = new StringBuilder();
    for (Detail.Quantile it : detail.quantiles()) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(
              String.format(
                  Locale.ROOT,
                  "p%.0f %s \u2192 %s",
                  it.level() * 100,
                  figure(it.before()),
                  figure(it.after())));
    }
    return text.toString();
  }

  /** What it was measured with, in order. */
  public TreeMap<String, String> parameters() {
    return new TreeMap<>(finding.parameters());
  }
}
