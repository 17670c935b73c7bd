package io.tocsin.postmortem;

import io.tocsin.rule.drift.Detail;
import io.tocsin.rule.drift.Finding;
import io.tocsin.rule.drift.Reading;
import io.tocsin.rule.drift.Row;
import io.tocsin.template.Markdown;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes what drift rules found into a post-mortem, with enough to compute it again. */
final class FindingWriter {

  private static final int MOST_FINDINGS = 10;
  private static final int MOST_CHARTS = 3;

  private final List<Chart> charts;
  private final StringBuilder text = new StringBuilder();

  private FindingWriter(List<Chart> charts) {
    this.charts = charts;
  }

  /**
   * The section, or nothing without findings.
   *
   * @param charts where drawings are added
   */
  static String write(List<Finding> findings, List<Chart> charts) {
    var writer = new FindingWriter(charts);
    findings.stream()
        .sorted(Comparator.comparing(Finding::at))
        .limit(MOST_FINDINGS)
        .forEach(writer::finding);
    return writer.text.toString();
  }

  private void finding(Finding finding) {
    Reading reading = finding.reading();
    line(
        "### %s: %s of %s"
            .formatted(
                Markdown.text(finding.alert()),
                finding.criterion().replace('_', ' '),
                Markdown.text(reading.target().words())));
    line("");
    line(
        "Window %s to %s%s. First seen %s, %d window%s in a row%s."
            .formatted(
                Words.dayAndClock(reading.from()),
                Words.dayAndClock(reading.to()),
                reading
                    .before()
                    .map(
                        span ->
                            ", compared with %s to %s"
                                .formatted(
                                    Words.dayAndClock(span.from()), Words.dayAndClock(span.to())))
                    .orElse(""),
                Words.dayAndClock(finding.firstSeen()),
                finding.inARow(),
                finding.inARow() == 1 ? "" : "s",
                finding.level().map(level -> ", " + level.id()).orElse("")));
    reading.accuracy().ifPresent(it -> line("Accuracy %s.".formatted(share(it))));
    reading.confidence().ifPresent(it -> line("Mean confidence %s.".formatted(share(it))));
    line("");
    rows(reading.rows());
    if (finding.others() > 0) {
      line("");
      line("%d more inputs were measured and lie below these.".formatted(finding.others()));
    }
    reading.rows().stream()
        .filter(row -> row.detail().isPresent())
        .limit(MOST_CHARTS)
        .forEach(row -> distributions(row, row.detail().orElseThrow()));
    line("");
    line(
        "Measured with %s."
            .formatted(
                Markdown.text(
                    new TreeMap<>(finding.parameters())
                        .entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")))));
    line("");
    line("What to do first: %s".formatted(Markdown.text(finding.suggestion())));
    line("");
  }

  private static String share(Reading.BeforeAfter it) {
    return "%s before (95 %% between %s and %s, %d rows), %s in the window (%s to %s, %d rows)"
        .formatted(
            Words.percent(it.before()),
            Words.percent(it.low()),
            Words.percent(it.high()),
            it.n(),
            Words.percent(it.after()),
            Words.percent(it.lowAfter()),
            Words.percent(it.highAfter()),
            it.m());
  }

  private void rows(List<Row> rows) {
    line(
        "| What | Method | Value | Threshold | Noise up to | p | q | Reference | Window | Missing |"
            + " |");
    line("|---|---|---|---|---|---|---|---|---|---|---|");
    for (Row row : rows) {
      line(
          "| %s | %s | %s | %s | %s | %s | %s | %d | %d | %d | %s |"
              .formatted(
                  Markdown.text(row.name()),
                  row.method(),
                  figure(row.statistic()),
                  figure(row.thresholds().least()),
                  row.floor() == 0 ? "-" : figure(row.floor()),
                  figure(row.p()),
                  figure(row.q()),
                  row.reference(),
                  row.current(),
                  row.missing(),
                  Markdown.text(state(row) + row.words())));
    }
  }

  private static String state(Row row) {
    return switch (row.state()) {
      case QUIET -> "";
      case WARNING -> "warning: ";
      case CRITICAL -> "critical: ";
      case IMPROVED -> "improved: ";
      case INSUFFICIENT_DATA -> "insufficient data: ";
      case UNSUITABLE -> "not measured: ";
    };
  }

  private void distributions(Row row, Detail detail) {
    String svg = HistogramSvg.alone(row);
    var chart = new Chart("chart-" + (charts.size() + 1) + ".svg", svg);
    charts.add(chart);
    line("");
    line("![%s before and in the window](%s)".formatted(Markdown.text(row.name()), chart.name()));
    line("");
    line("| Bin of %s | Reference | Window | Part of PSI |".formatted(Markdown.text(row.name())));
    line("|---|---|---|---|");
    for (Detail.Bin bin : detail.bins()) {
      line(
          "| %s | %d | %d | %s |"
              .formatted(
                  Markdown.text(bin.label()),
                  bin.before(),
                  bin.after(),
                  figure(bin.contribution())));
    }
    if (!detail.quantiles().isEmpty()) {
      line("");
      line(
          "Quantiles%s: %s."
              .formatted(
                  detail.exact() ? "" : " (interpolated within bins)",
                  detail.quantiles().stream()
                      .map(
                          it ->
                              "p%s %s, now %s"
                                  .formatted(
                                      Words.number(it.level() * 100),
                                      figure(it.before()),
                                      figure(it.after())))
                      .collect(Collectors.joining("; "))));
    }
    if (!detail.fresh().isEmpty()) {
      line("");
      line("New: %s.".formatted(Markdown.text(String.join(", ", detail.fresh()))));
    }
    Optional<String> edges =
        detail.edges().isEmpty()
            ? Optional.empty()
            : Optional.of(
                detail.edges().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    edges.ifPresent(
        it -> {
          line("");
          line("Edges, (low, high]: %s.".formatted(Markdown.code(it)));
        });
  }

  private static String figure(OptionalDouble value) {
    return value.isPresent() ? figure(value.getAsDouble()) : "-";
  }

  private static String figure(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Math.abs(value) >= 1e-3 || value == 0
        ? Words.number(Math.round(value * 1e4) / 1e4)
        : String.format(Locale.ROOT, "%.1e", value);
  }

  private void line(String one) {
    text.append(one).append('\n');
  }
}
