package io.tocsin.model.report;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Reports kept, one for a model and day. Calls block. */
public interface ReportStore {

  /** Days a report is kept. */
  int KEPT_DAYS = 400;

  /** Keeps a report in place of the one of that model and day. */
  void keep(ModelReport report);

  Optional<ModelReport> find(String model, LocalDate day);

  /** Newest first. */
  List<ModelReport> latest(String model, LocalDate before, int limit);

  /** Days that have a report, newest first. */
  List<LocalDate> days(String model);

  /** Drops those of days before. */
  void forget(LocalDate before);

  /** As long as the process lives. */
  static ReportStore inMemory() {
    return new InMemoryReports();
  }
}
