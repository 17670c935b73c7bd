package io.tocsin.http;

import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.FollowUpStore;
import io.tocsin.slo.DayUptime;
import io.tocsin.slo.InMemoryUptimeStore;
import io.tocsin.slo.StateSeconds;
import io.tocsin.slo.UptimeStore;
import io.tocsin.slo.UptimeSubject;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** One action item, one day of uptime. */
final class FollowUpSamples {

  private FollowUpSamples() {}

  static FollowUpStore store() {
    FollowUpStore store = FollowUpStore.inMemory();
    store.save(
        new ActionItem(
            "a1",
            Samples.ID,
            "Alert on the queue's age",
            ActionItem.Kind.DETECT,
            Optional.of("Ada"),
            Optional.of(LocalDate.of(2026, 11, 1)),
            ActionItem.State.OPEN,
            Optional.empty(),
            "Bo",
            Samples.AT));
    return store;
  }

  static UptimeStore uptime() {
    var store = new InMemoryUptimeStore();
    store.add(
        List.of(
            new DayUptime(
                UptimeSubject.component("API"),
                LocalDate.of(2026, 11, 1),
                new StateSeconds(86_000, 0, 400, 0, 0))),
        OpsFixture.NOW);
    return store;
  }
}
