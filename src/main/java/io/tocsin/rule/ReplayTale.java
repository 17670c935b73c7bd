package io.tocsin.rule;

import io.tocsin.alert.Alert;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Change;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.rule.ReplayReport.Page;
import io.tocsin.rule.ReplayReport.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Incident events of a replay to the incidents of its report. */
final class ReplayTale {

  /** The label by which an alert of a drift rule says how far it has gone. */
  private static final String LEVEL = "level";

  private final Instant from;
  private final Instant to;
  private final Map<IncidentId, Draft> drafts = new LinkedHashMap<>();
  private final Map<String, Integer> fired = new TreeMap<>();

  ReplayTale(Instant from, Instant to) {
    this.from = from;
    this.to = to;
  }

  /** How many times each alert came into an incident; one that got worse came once. */
  Map<String, Integer> fired() {
    return fired;
  }

  void tell(IncidentEvent event) {
    if (event.change() instanceof Change.Opened opened) {
      drafts.put(event.incident(), new Draft(opened, event.at()));
    }
    Draft draft = drafts.get(event.incident());
    if (draft == null) {
      return;
    }
    switch (event.change()) {
      case Change.Opened opened -> {
        draft.page(event.at(), Reason.OPENED);
        draft.alerts(opened.alerts());
      }
      case Change.Reopened reopened -> {
        draft.reopened = reopened.times();
        draft.resolvedAt = Optional.empty();
        draft.alerts(reopened.alerts());
        draft.page(event.at(), Reason.REOPENED);
      }
      case Change.SeverityChanged changed -> {
        draft.severity = Severity.worst(draft.severity, changed.to());
        if (changed.to().worseThan(changed.from())) {
          draft.page(event.at(), Reason.WORSE);
        }
      }
      case Change.AlertsChanged changed -> draft.alerts(changed.joined());
      case Change.Resolved resolved -> draft.resolvedAt = Optional.of(event.at());
      default -> {
        // what people do does not happen in a replay
      }
    }
  }

  /** The incidents that were open within the stretch. */
  List<ReplayReport.Incident> incidents() {
    return drafts.values().stream()
        .filter(draft -> draft.resolvedAt.map(end -> !end.isBefore(from)).orElse(true))
        .filter(draft -> !draft.openedAt.isAfter(to))
        .map(Draft::told)
        .toList();
  }

  private final class Draft {
    private final Change.Opened opened;
    private final Instant openedAt;
    private final Set<String> alerts = new LinkedHashSet<>();
    private final Set<String> came = new LinkedHashSet<>();
    private final List<Page> pages = new ArrayList<>();
    private Severity severity;
    private Optional<Instant> resolvedAt = Optional.empty();
    private int reopened;

    Draft(Change.Opened opened, Instant openedAt) {
      this.opened = opened;
      this.openedAt = openedAt;
      this.severity = opened.severity();
    }

    void page(Instant at, Reason reason) {
      if (!at.isBefore(from) && !at.isAfter(to)) {
        pages.add(new Page(at, reason, severity));
      }
    }

    void alerts(List<Alert> joined) {
      for (Alert alert : joined) {
        alerts.add(alert.labels().toString());
        if (came.add(alert.labels().without(LEVEL) + "/" + reopened)) {
          fired.merge(alert.spec().alertName(), 1, Integer::sum);
        }
      }
    }

    ReplayReport.Incident told() {
      return new ReplayReport.Incident(
          opened.group().toString(),
          opened.title(),
          severity,
          openedAt,
          resolvedAt,
          reopened,
          opened.components(),
          List.copyOf(alerts),
          pages);
    }
  }
}
