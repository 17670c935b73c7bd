package io.tocsin.postgres;

import io.tocsin.experiment.Experiment;
import io.tocsin.experiment.ExperimentStore;
import io.tocsin.experiment.Exposure;
import io.tocsin.experiment.Metric;
import io.tocsin.experiment.Outcome;
import io.tocsin.experiment.Tallies;
import io.tocsin.experiment.Tally;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Experiments in the database: one row per unit, and one per unit and metric. */
public final class PostgresExperiments implements ExperimentStore {

  private final Database database;

  public PostgresExperiments(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(Experiment experiment) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createUpdate(
                            """
                            INSERT INTO experiment (name, started_at, stopped_at, document)
                            VALUES (:name, :started, :stopped, cast(:document AS jsonb))
                            ON CONFLICT DO NOTHING
                            """)
                        .bind("name", experiment.name())
                        .bind("started", experiment.startedAt())
                        .bind("stopped", experiment.stoppedAt().orElse(null))
                        .bind("document", Documents.write(experiment))
                        .execute()
                    == 1);
  }

  @Override
  public void update(Experiment experiment) {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        UPDATE experiment SET stopped_at = :stopped,
                          document = cast(:document AS jsonb) WHERE name = :name
                        """)
                    .bind("name", experiment.name())
                    .bind("stopped", experiment.stoppedAt().orElse(null))
                    .bind("document", Documents.write(experiment))
                    .execute());
  }

  @Override
  public boolean remove(String name) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                        .createUpdate("DELETE FROM experiment WHERE name = :name")
                        .bind("name", name)
                        .execute()
                    == 1);
  }

  @Override
  public List<Experiment> all() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT document FROM experiment ORDER BY started_at DESC, name")
                    .map(Documents.rows(Experiment.class))
                    .list());
  }

  @Override
  public Optional<Experiment> find(String name) {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createQuery("SELECT document FROM experiment WHERE name = :name")
                    .bind("name", name)
                    .map(Documents.rows(Experiment.class))
                    .findOne());
  }

  @Override
  public int expose(String experiment, List<Exposure> exposures) {
    // In one order, so that two requests cannot wait for each other.
    List<Exposure> ordered =
        exposures.stream().sorted(Comparator.comparing(Exposure::unit)).toList();
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        INSERT INTO experiment_unit (experiment, unit, variant, exposed_at)
                        SELECT :experiment, * FROM unnest(:units, :variants, :times)
                        ON CONFLICT DO NOTHING
                        """)
                    .bind("experiment", experiment)
                    .bindArray("units", String.class, texts(ordered, Exposure::unit))
                    .bindArray("variants", String.class, texts(ordered, Exposure::variant))
                    .bindArray(
                        "times",
                        OffsetDateTime.class,
                        ordered.stream()
                            .map(exposure -> exposure.at().atOffset(ZoneOffset.UTC))
                            .toArray())
                    .execute());
  }

  private static <T> Object[] texts(List<T> rows, Function<T, String> text) {
    return rows.stream().map(row -> Documents.text(text.apply(row))).toArray();
  }

  @Override
  public int record(Experiment experiment, List<Outcome> outcomes) {
    return database
        .jdbi()
        .inTransaction(
            handle -> {
              Set<String> known = known(handle, experiment, outcomes);
              List<Outcome> taken =
                  outcomes.stream()
                      .filter(outcome -> known.contains(Documents.text(outcome.unit())))
                      .toList();
              for (Metric metric : experiment.metrics()) {
                take(
                    handle,
                    experiment,
                    metric,
                    taken.stream()
                        .filter(outcome -> outcome.metric().equals(metric.name()))
                        .filter(outcome -> isNew(handle, experiment, metric, outcome))
                        .toList());
              }
              return taken.size();
            });
  }

  private static Set<String> known(Handle handle, Experiment experiment, List<Outcome> outcomes) {
    String[] units =
        outcomes.stream()
            .map(outcome -> Documents.text(outcome.unit()))
            .distinct()
            .toArray(String[]::new);
    return new HashSet<>(
        handle
            .createQuery(
                "SELECT unit FROM experiment_unit WHERE experiment = :experiment AND unit ="
                    + " ANY(:units)")
            .bind("experiment", experiment.name())
            .bindArray("units", String.class, (Object[]) units)
            .mapTo(String.class)
            .list());
  }

  private static boolean isNew(
      Handle handle, Experiment experiment, Metric metric, Outcome outcome) {
    return metric.combine() != Metric.Combine.SUM
        || outcome.id().map(id -> first(handle, experiment, outcome, id)).orElse(true);
  }

  private static void take(
      Handle handle, Experiment experiment, Metric metric, List<Outcome> outcomes) {
    var values = new TreeMap<String, Double>();
    for (Outcome outcome : outcomes) {
      values.merge(
          Documents.text(outcome.unit()),
          outcome.value(),
          (before, now) ->
              switch (metric.combine()) {
                case LAST -> now;
                case MAX -> Math.max(before, now);
                case SUM -> before + now;
              });
    }
    String combined =
        switch (metric.combine()) {
          case LAST -> "excluded.value";
          case MAX -> "greatest(experiment_outcome.value, excluded.value)";
          case SUM -> "experiment_outcome.value + excluded.value";
        };
    handle
        .createUpdate(
            """
            INSERT INTO experiment_outcome (experiment, metric, unit, value)
            SELECT :experiment, :metric, * FROM unnest(:units, :values)
            ON CONFLICT (experiment, metric, unit) DO UPDATE SET value = \
            """
                + combined)
        .bind("experiment", experiment.name())
        .bind("metric", metric.name())
        .bindArray("units", String.class, values.keySet().toArray())
        .bindArray("values", Double.class, values.values().toArray())
        .execute();
  }

  private static boolean first(Handle handle, Experiment experiment, Outcome outcome, String id) {
    return handle
            .createUpdate(
                """
                INSERT INTO experiment_counted (experiment, metric, id)
                VALUES (:experiment, :metric, :id) ON CONFLICT DO NOTHING
                """)
            .bind("experiment", experiment.name())
            .bind("metric", outcome.metric())
            .bind("id", Documents.text(id))
            .execute()
        == 1;
  }

  @Override
  public Tallies tallies(String experiment) {
    return database
        .jdbi()
        .withHandle(
            handle -> {
              var exposed = new HashMap<String, Long>();
              handle
                  .createQuery(
                      "SELECT variant, count(*) FROM experiment_unit WHERE experiment = :experiment"
                          + " GROUP BY variant")
                  .bind("experiment", experiment)
                  .map((row, context) -> exposed.put(row.getString(1), row.getLong(2)))
                  .list();
              var outcomes = new HashMap<String, Map<String, Tally>>();
              handle
                  .createQuery(
                      """
                      SELECT o.metric, u.variant, count(*), sum(o.value), sum(o.value * o.value)
                      FROM experiment_outcome o JOIN experiment_unit u USING (experiment, unit)
                      WHERE o.experiment = :experiment GROUP BY o.metric, u.variant
                      """)
                  .bind("experiment", experiment)
                  .map(
                      (row, context) ->
                          outcomes
                              .computeIfAbsent(row.getString(1), absent -> new HashMap<>())
                              .put(
                                  row.getString(2),
                                  new Tally(row.getLong(3), row.getDouble(4), row.getDouble(5))))
                  .list();
              return new Tallies(exposed, outcomes);
            });
  }
}
