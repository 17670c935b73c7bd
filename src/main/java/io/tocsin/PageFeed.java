package io.tocsin;

import io.tocsin.slo.DayUptime;
import io.tocsin.slo.StateSeconds;
import io.tocsin.slo.UptimeLedger;
import io.tocsin.slo.UptimeSubject;
import io.tocsin.statuspage.ComponentDay;
import io.tocsin.statuspage.PageSource;
import io.tocsin.statuspage.StoredPage;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the status page is made from: the stores, the checks in memory, the uptime accounts. */
final class PageFeed {

  private PageFeed() {}

  static PageSource of(
      Server.Stores stores, CheckBoard board, UptimeLedger uptime, InstantSource clock) {
    return new StoredPage(
        stores.incidents(),
        stores.maintenances(),
        board::components,
        since -> days(stores, uptime, since, clock));
  }

  /** Books what is open first, so that today is today. */
  private static Map<String, List<ComponentDay>> days(
      Server.Stores stores, UptimeLedger uptime, LocalDate since, InstantSource clock) {
    uptime.book(clock.instant());
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    var days = new TreeMap<String, List<ComponentDay>>();
    for (DayUptime day : stores.uptime().days(UptimeSubject.Kind.COMPONENT, since, today)) {
      StateSeconds seconds = day.seconds();
      days.computeIfAbsent(day.subject().name(), name -> new ArrayList<>())
          .add(
              new ComponentDay(
                  day.day(),
                  Math.round(seconds.up()),
                  Math.round(seconds.degraded()),
                  Math.round(seconds.down()),
                  Math.round(seconds.unknown()),
                  Math.round(seconds.maintenance())));
    }
    return days;
  }
}
