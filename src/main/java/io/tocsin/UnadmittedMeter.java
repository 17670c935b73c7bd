package io.tocsin;

import io.tocsin.series.Unadmitted;
import io.tocsin.series.Unadmitted.Reason;
import io.tocsin.telemetry.Meter;
import io.tocsin.telemetry.Telemetry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Counts samples whose series were not let in. Jobs are told apart as long as they are few: whoever
 * invents labels must not fill our own metrics with them.
 */
final class UnadmittedMeter implements Consumer<Unadmitted> {
  private static final int MOST_JOBS = 200;
  private static final String OTHERS = "(others)";

  private final Telemetry telemetry;
  private final Set<String> jobs = ConcurrentHashMap.newKeySet();

  UnadmittedMeter(Telemetry telemetry) {
    this.telemetry = telemetry;
    for (Reason reason : Reason.values()) {
      telemetry.add(Meter.SERIES_REJECTED, 0, reason.word(), "");
    }
  }

  @Override
  public void accept(Unadmitted refused) {
    refused
        .counts()
        .forEach(
            (cause, count) ->
                telemetry.add(
                    Meter.SERIES_REJECTED, count, cause.reason().word(), shown(cause.job())));
  }

  private String shown(String job) {
    if (job.isEmpty() || jobs.contains(job)) {
      return job;
    }
    return jobs.size() < MOST_JOBS && jobs.add(job) ? job : OTHERS;
  }
}
