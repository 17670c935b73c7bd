package io.tocsin.model;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of each subject of a model, at most {@link Intake#MOST_FEATURES}. Not thread-safe:
 * its model guards it.
 */
final class Subjects {

  private final Map<Subject, History> known = new LinkedHashMap<>();
  private final Schema schema;
  private Retention retention;
  private ZoneId zone;
  private long ignored;

  Subjects(Schema schema, Retention retention, ZoneId zone) {
    this.schema = schema;
    this.retention = retention;
    this.zone = zone;
  }

  /** In order of first sight; for reading. */
  Map<Subject, History> map() {
    return known;
  }

  /** Subjects left out for want of room, counted by batch since this model was loaded. */
  long ignored() {
    return ignored;
  }

  void retain(Retention changed, ZoneId days) {
    retention = changed;
    zone = days;
    for (History history : known.values()) {
      history.retain(changed);
      history.zone(days);
    }
  }

  /**
   * Counts rows.
   *
   * @param groups for the sliding windows
   * @param ofDays for the local days, each row once
   */
  void add(PredictionRows rows, List<RowGroup> groups, List<RowGroup> ofDays) {
    Map<Subject, Column> columns = columns(rows);
    columns.forEach(this::meet);
    known.forEach(
        (subject, history) -> {
          Column column = columns.get(subject);
          if (column == null) {
            history.miss(groups);
            history.missInDays(ofDays);
          } else {
            history.add(column, groups);
            history.addToDays(column, ofDays);
          }
        });
  }

  private static Map<Subject, Column> columns(PredictionRows rows) {
    var columns = new LinkedHashMap<Subject, Column>();
    rows.features.forEach(column -> columns.put(new Subject.Feature(column.name()), column));
    rows.prediction.ifPresent(column -> columns.put(Subject.PREDICTION, column));
    if (!rows.confidence().isEmpty()) {
      columns.put(Subject.CONFIDENCE, rows.confidence());
    }
    return columns;
  }

  private void meet(Subject subject, Column column) {
    if (known.containsKey(subject) || column.isEmpty()) {
      return;
    }
    if (known.size() < Intake.MOST_FEATURES) {
      known.put(subject, history(column.kind()));
    } else {
      ignored++;
    }
  }

  private History history(ValueKind kind) {
    return kind == ValueKind.NUMBER
        ? new NumberHistory(retention, zone)
        : new CategoryHistory(kind, retention, zone);
  }

  /** Freezes these rows as the reference of every subject; it has the last word on kinds. */
  void freeze(PredictionRows rows) {
    columns(rows)
        .forEach(
            (subject, column) -> {
              if (column.isEmpty()) {
                return;
              }
              History history = known.get(subject);
              if (history == null || history.kind() != column.kind()) {
                history = history(column.kind());
                known.put(subject, history);
              }
              settle(subject, column.kind());
              history.freeze(column);
            });
  }

  /** Settles the kinds of what was read back. */
  void restore(Map<Subject, History> read) {
    known.putAll(read);
    known.forEach((subject, history) -> settle(subject, history.kind()));
  }

  private void settle(Subject subject, ValueKind kind) {
    if (subject != Subject.CONFIDENCE) {
      schema.settle(subject.feature(), kind);
    }
  }

  void age(long now) {
    known.values().forEach(history -> history.age(now));
  }
}
