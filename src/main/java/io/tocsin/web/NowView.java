package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Severity;
import io.tocsin.check.Verdict;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Outbox;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the first page shows, read at one instant.
 *
 * @param now when
 * @param address with the filters
 * @param severity only these incidents, if one is chosen
 * @param counts open incidents by severity
 * @param risks the clocks nearest to their targets, or over
 * @param open open incidents, worst first
 * @param groups alerts by name, worst first
 * @param firing how many alerts fire
 * @param pending how many wait for their {@code for}
 * @param models models that are not green
 * @param troubled checks that are not up, down first
 * @param checks how many checks there are
 * @param duties who is on call
 * @param deliveries the newest of the ledger
 * @param backlog what waits to be sent; empty when that could not be read
 * @param powers what whoever looks may do
 */
public record NowView(
    Instant now,
    Address address,
    Optional<Severity> severity,
    Map<Severity, Integer> counts,
    List<RiskClock> risks,
    Slice<Incident> open,
    Slice<AlertGroupRow> groups,
    int firing,
    int pending,
    List<ModelRow> models,
    Slice<CheckRow> troubled,
    int checks,
    List<Chrome.Duty> duties,
    List<Delivery> deliveries,
    Optional<Outbox.Backlog> backlog,
    Powers powers) {

  private static final Logger LOG = LoggerFactory.getLogger(NowView.class);

  private static final int DELIVERIES = 10;
  private static final int INCIDENTS = 50;
  private static final int GROUPS = 50;
  private static final int TROUBLED = 25;
  private static final int RISKS = 4;

  /** Reads it all; blocks for the ledger. */
  static NowView read(ConsolePorts ports, Request request, Instant now) {
    List<MarkedAlert> firing = ports.alerts().firing();
    List<Alert> pending = ports.alerts().pending();
    List<Incident> all = ports.work().open().get();
    List<CheckRow> checks = ports.checks().get();
    Optional<Severity> severity =
        request.query("severity").map(text -> Request.choice("severity", text, Severity.class));
    var roster = ports.work().roster().get();
    List<Delivery> deliveries = List.of();
    Optional<Outbox.Backlog> backlog = Optional.empty();
    try {
      deliveries = ports.outbox().deliveries(Optional.empty(), DELIVERIES);
      backlog = Optional.of(ports.outbox().backlog(now));
    } catch (RuntimeException e) {
      LOG.debug("the console shows what memory knows", e);
    }
    return new NowView(
        now,
        address(request),
        severity,
        counts(all),
        RiskClock.of(all, now, RISKS),
        Slice.of(worstFirst(all, severity), request, INCIDENTS),
        Slice.of(AlertGroupRow.of(firing, pending), 1, GROUPS),
        firing.size(),
        pending.size(),
        ModelRow.of(
            ports.models().health().all(now), firing.stream().map(MarkedAlert::alert).toList()),
        withLatency(Slice.of(troubled(checks), 1, TROUBLED), ports),
        checks.size(),
        roster.schedules().keySet().stream()
            .map(schedule -> new Chrome.Duty(schedule, roster.onCall(schedule, now)))
            .toList(),
        deliveries,
        backlog,
        Powers.of(request.principal()));
  }

  private static Address address(Request request) {
    var fields = new LinkedHashMap<String, String>();
    fields.put("severity", request.query("severity").orElse(""));
    fields.put("page", request.query("page").orElse(""));
    return new Address("/", fields);
  }

  private static Map<Severity, Integer> counts(List<Incident> open) {
    var counts = new EnumMap<Severity, Integer>(Severity.class);
    open.forEach(incident -> counts.merge(incident.severity(), 1, Integer::sum));
    return counts;
  }

  private static List<Incident> worstFirst(List<Incident> open, Optional<Severity> severity) {
    return open.stream()
        .filter(incident -> severity.isEmpty() || severity.get() == incident.severity())
        .sorted(Comparator.comparing(Incident::severity).thenComparing(Incident::openedAt))
        .toList();
  }

  private static List<CheckRow> troubled(List<CheckRow> checks) {
    return checks.stream()
        .filter(check -> check.state() != Verdict.UP && !check.paused())
        .sorted(
            Comparator.comparing((CheckRow check) -> rank(check.state()))
                .thenComparing(CheckRow::name))
        .toList();
  }

  private static Slice<CheckRow> withLatency(Slice<CheckRow> slice, ConsolePorts ports) {
    return new Slice<>(
        slice.rows().stream()
            .map(row -> row.with(ports.work().latency().apply(row.name())))
            .toList(),
        slice.page(),
        slice.size(),
        slice.total());
  }

  /** Worst first. */
  static int rank(Verdict state) {
    return switch (state) {
      case DOWN -> 0;
      case DEGRADED -> 1;
      case UNKNOWN -> 2;
      case UP -> 3;
    };
  }

  /** How many incidents of a severity are open. */
  public int count(Severity of) {
    return counts.getOrDefault(of, 0);
  }

  /** How many incidents are open. */
  public int all() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Whether the ledger could not be read. */
  public boolean databaseAway() {
    return backlog.isEmpty();
  }

  /** The page in a few words, for the document's title. */
  String title() {
    return all() == 0 ? "All quiet" : all() + " open";
  }
}
