package io.tocsin.model.report;

import io.tocsin.model.report.ModelReport.Compared;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Says in words which rows a report compares with which. */
public final class ComparedRows {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private ComparedRows() {}

  /** A sentence; empty for reports that do not know it. */
  public static Optional<String> words(ModelReport report) {
    return report
        .compared()
        .map(
            it ->
                "%s beside %s."
                    .formatted(rows(report, it), reference(it, ZoneId.of(report.zone()))));
  }

  private static String rows(ModelReport report, Compared it) {
    if (report.comparedWhole()) {
      return report.whole() ? "All rows of the day" : "All rows of the day so far";
    }
    ZoneId zone = ZoneId.of(report.zone());
    return "Only the rows from %s to %s, for the day was no longer kept,"
        .formatted(time(it.from(), zone), time(it.to(), zone));
  }

  private static String reference(Compared it, ZoneId zone) {
    if (!it.referenceFrom().equals(Instant.EPOCH)) {
      return "those from %s to %s"
          .formatted(time(it.referenceFrom(), zone), time(it.referenceTo(), zone));
    }
    return it.referenceTo().equals(Instant.EPOCH)
        ? "nothing, for no baseline is frozen"
        : "the baseline frozen at " + time(it.referenceTo(), zone);
  }

  private static String time(Instant at, ZoneId zone) {
    return TIME.format(at.atZone(zone));
  }
}
