package io.tocsin;

import io.tocsin.label.Matcher;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import io.tocsin.web.AboutView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of backups: the samples that the jobs push which make them and which try a restore,
 * the same that the rules of {@code alert-rules/recovery.yaml} watch.
 */
final class Backups {

  static final String BACKUP = "backup_last_success_timestamp_seconds";
  static final String RESTORE = "restore_test_last_success_timestamp_seconds";

  /** A job that pushes once a day has pushed within this. */
  private static final Duration LOOKED_AT = Duration.ofHours(26);

  private Backups() {}

  /** The last good end of each kind of backup, and of the trial of a restore; blocks. */
  static List<AboutView.Backup> known(SeriesReader samples, Instant now) {
    var known = new ArrayList<AboutView.Backup>();
    newest(samples, BACKUP, now)
        .forEach((kind, at) -> known.add(new AboutView.Backup("backup " + kind, at)));
    newest(samples, RESTORE, now)
        .forEach((kind, at) -> known.add(new AboutView.Backup("restore tried " + kind, at)));
    return known;
  }

  private static Map<String, Instant> newest(SeriesReader samples, String name, Instant now) {
    var newest = new TreeMap<String, Instant>();
    for (SeriesPoints series :
        samples.select(
            List.of(Matcher.equal("__name__", name)),
            now.minus(LOOKED_AT).toEpochMilli(),
            now.toEpochMilli())) {
      double value = series.values()[series.size() - 1];
      if (value > 0 && value < Instant.MAX.getEpochSecond()) {
        String kind = series.labels().get("kind");
        newest.merge(
            kind.isEmpty() ? "" : "of " + kind,
            Instant.ofEpochSecond((long) value),
            (a, b) -> a.isAfter(b) ? a : b);
      }
    }
    return newest;
  }
}
