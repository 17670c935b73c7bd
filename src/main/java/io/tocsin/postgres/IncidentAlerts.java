package io.tocsin.postgres;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The alerts of large incidents, one row each: a storm adds rows instead of writing the whole
 * incident again with each piece. A small incident keeps its alerts in its document.
 */
final class IncidentAlerts {

  /** An incident with more alerts than this keeps them in rows. */
  static final int IN_DOCUMENT = 100;

  private IncidentAlerts() {}

  /** The incident as its document is written. */
  static Incident document(Incident incident) {
    return apart(incident) ? incident.withAlerts(List.of()) : incident;
  }

  private static boolean apart(Incident incident) {
    return incident.alerts().size() > IN_DOCUMENT;
  }

  private record Row(String incident, Alert alert) {}

  /**
   * Writes the rows of what changed; of all where the incident may have had none before, since what
   * is written again is only the same.
   */
  static void save(
      RoundTrip trip,
      List<Incident> incidents,
      List<IncidentEvent> events,
      CommitDocuments documents) {
    var rows = new ArrayList<Row>();
    for (Incident incident : incidents) {
      if (apart(incident)) {
        Collection<Alert> changed = changed(incident, events).values();
        boolean begun = incident.alerts().size() - changed.size() > IN_DOCUMENT;
        (begun ? changed : incident.alerts())
            .forEach(alert -> rows.add(new Row(incident.id().value(), alert)));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    trip.add(
            """
            INSERT INTO incident_alert (incident_id, key, document)
            SELECT incident, key, cast(document AS json)
            FROM unnest(:row_incidents, :row_keys, :rows) AS row (incident, key, document)
            ON CONFLICT (incident_id, key) DO UPDATE SET document = excluded.document
            """)
        .column("row_incidents", rows, Row::incident)
        .column("row_keys", rows, row -> AlertKeys.of(row.alert().key()))
        .column("rows", rows, row -> documents.of(row.alert()));
  }

  /** Alerts that left for another incident; all rows where the document has room for the rest. */
  static void forgetLeft(Handle handle, Incident incident, List<IncidentEvent> events) {
    List<String> left =
        events.stream()
            .filter(event -> event.incident().equals(incident.id()))
            .flatMap(
                event ->
                    event.change() instanceof Change.SplitOff split
                        ? split.alerts().stream()
                        : Stream.<Alert>empty())
            .map(alert -> AlertKeys.of(alert.key()))
            .toList();
    if (!left.isEmpty()) {
      handle
          .createUpdate(
              """
              DELETE FROM incident_alert
              WHERE incident_id = :id AND (NOT :apart OR key = ANY(:keys))
              """)
          .bind("id", incident.id().value())
          .bind("apart", apart(incident))
          .bindArray("keys", String.class, left)
          .execute();
    }
  }

  private static Map<AlertKey, Alert> changed(Incident incident, List<IncidentEvent> events) {
    var changed = new LinkedHashMap<AlertKey, Alert>();
    for (IncidentEvent event : events) {
      if (event.incident().equals(incident.id())) {
        alerts(event.change()).forEach(alert -> changed.put(alert.key(), alert));
        if (event.change() instanceof Change.SplitOff split) {
          split.alerts().forEach(alert -> changed.remove(alert.key()));
        }
      }
    }
    return changed;
  }

  private static List<Alert> alerts(Change change) {
    return switch (change) {
      case Change.Opened opened -> opened.alerts();
      case Change.AlertsChanged alerts -> {
        var all = new ArrayList<>(alerts.joined());
        all.addAll(alerts.left());
        yield all;
      }
      case Change.Reopened reopened -> reopened.alerts();
      default -> List.of();
    };
  }

  /** The incidents with the alerts that stand in rows. */
  static List<Incident> attach(Handle handle, List<Incident> documents) {
    List<String> bare =
        documents.stream()
            .filter(incident -> incident.alerts().isEmpty())
            .map(incident -> incident.id().value())
            .toList();
    if (bare.isEmpty()) {
      return documents;
    }
    Map<String, List<Alert>> alerts = new HashMap<>();
    handle
        .createQuery(
            """
            SELECT incident_id, document FROM incident_alert
            WHERE incident_id = ANY(:ids) ORDER BY incident_id, position
            """)
        .bindArray("ids", String.class, bare)
        .map(
            (row, context) ->
                alerts
                    .computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                    .add(Documents.read(row.getString(2), Alert.class)))
        .list();
    return documents.stream()
        .map(
            incident -> {
              List<Alert> rows = alerts.get(incident.id().value());
              return rows == null ? incident : incident.withAlerts(rows);
            })
        .toList();
  }
}
