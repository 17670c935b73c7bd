package io.tocsin.postgres;

import static io.tocsin.postgres.Samples.OPS;
import static io.tocsin.postgres.Samples.T0;
import static io.tocsin.postgres.Samples.incident;
import static io.tocsin.postgres.Samples.opening;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertExamples;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentExamples;
import io.tocsin.incident.IncidentFold;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.notify.Commit;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class PostgresOutboxTest {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Instant NOW = T0.plusSeconds(100);

  private final Database database;
  private Leadership leadership;
  private PostgresOutbox outbox;
  private PostgresIncidents incidents;

  PostgresOutboxTest(Database database) {
    this.database = database;
  }

  @BeforeEach
  void lead() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "TRUNCATE alert, incident, incident_event, incident_alert, delivery,"
                        + " delivery_attempt CASCADE"));
    var node = Node.register(database, "one");
    leadership = new Leadership(database, node);
    assertThat(leadership.campaign()).isTrue();
    outbox = new PostgresOutbox(database, node, leadership);
    incidents = new PostgresIncidents(database);
  }

  @AfterEach
  void stepDown() {
    leadership.close();
  }

  private static SendResult delivered() {
    return new SendResult.Delivered("202");
  }

  private static Delivery.Attempt attempt(boolean delivered, int second) {
    return new Delivery.Attempt(
        NOW.plusSeconds(second), Duration.ofMillis(12), delivered, delivered ? "202" : "503");
  }

  @Test
  void whatWasCommittedIsRestoredAsItWas() {
    Incident first = incident(1, 1);
    Incident second = incident(2, 1);
    outbox.commit(opening(first, OPS));
    outbox.commit(opening(second));
    Outbox.Restored restored = outbox.restore();
    assertThat(restored.alerts()).isEqualTo(first.alerts());
    assertThat(restored.open()).containsExactly(second, first);
    assertThat(restored.lastNumber()).isEqualTo(2);
    assertThat(incidents.find(first.id())).contains(first);
    assertThat(incidents.events(first.id())).containsExactly(Samples.opened(first));
  }

  @Test
  void nothingOfAFailedCommitIsKept() {
    Incident incident = incident(1, 1);
    Incident unknown = incident(2, 1);
    var orphan =
        new Commit(
            incident.alerts(),
            List.of(),
            List.of(incident),
            List.of(Samples.opened(incident), Samples.opened(unknown)),
            List.of());
    assertThatThrownBy(() -> outbox.commit(orphan)).isInstanceOf(Outbox.Unavailable.class);
    assertThat(outbox.restore().alerts()).isEmpty();
    assertThat(incidents.find(incident.id())).isEmpty();
  }

  @Test
  void theAlertsOfALargeIncidentAreForgottenWithIt() {
    List<Alert> alerts = IntStream.range(0, 150).mapToObj(i -> Samples.alert("i" + i)).toList();
    outbox.commit(opening(incident(1, 1).withAlerts(alerts)));
    outbox.commit(opening(incident(2, 1).withAlerts(alerts)));
    assertThat(rowsOfAlerts()).isEqualTo(300);
    database
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    "UPDATE incident SET state = 'RESOLVED', resolved_at = opened_at"
                        + " WHERE number = 1"));
    database.maintain(Retention.DEFAULT, NOW.plus(Duration.ofDays(401)));
    assertThat(rowsOfAlerts()).isEqualTo(150);
  }

  private long rowsOfAlerts() {
    return database
        .jdbi()
        .withHandle(
            handle ->
                handle.createQuery("SELECT count(*) FROM incident_alert").mapTo(Long.class).one());
  }

  @Test
  void aLeaseThatRanOutIsFreeAgainAndALateSuccessCounts() {
    outbox.commit(opening(incident(1, 1), OPS));
    long id = outbox.lease(NOW, LEASE, 1).getFirst().id();
    assertThat(outbox.lease(NOW.plusSeconds(30), LEASE, 1)).hasSize(1);
    outbox.record(id, attempt(true, 31), delivered(), Optional.empty());
    outbox.record(
        id,
        attempt(false, 32),
        new SendResult.Retry("503", Optional.empty()),
        Optional.of(NOW.plusSeconds(60)));
    Delivery delivery = outbox.deliveries(Optional.empty(), 1).getFirst();
    assertThat(delivery.state()).isEqualTo(Delivery.State.DELIVERED);
    assertThat(delivery.deliveredAt()).contains(NOW.plusSeconds(31));
    assertThat(delivery.attempts()).hasSize(2);
  }

  @Test
  void aRestartFreesItsOwnLeases() {
    outbox.commit(opening(incident(1, 1), OPS));
    assertThat(outbox.lease(NOW, LEASE, 1)).hasSize(1);
    outbox.restore();
    assertThat(outbox.lease(NOW, LEASE, 1)).hasSize(1);
  }

  @Test
  void aNodeThatNoLongerLeadsCanNeitherCommitNorLease() {
    try (var rival = new Leadership(database, Node.register(database, "two"))) {
      assertThat(rival.campaign()).as("while the first holds the lock").isFalse();
      long old = leadership.epoch().orElseThrow();
      database
          .jdbi()
          .useHandle(handle -> handle.execute("UPDATE leadership SET epoch = epoch + 1"));
      assertThat(leadership.epoch()).hasValue(old);
      assertThatThrownBy(() -> outbox.commit(opening(incident(1, 1), OPS)))
          .isInstanceOf(Outbox.Deposed.class)
          .hasMessageContaining("does not lead");
      assertThatThrownBy(() -> outbox.lease(NOW, LEASE, 1)).isInstanceOf(Outbox.Deposed.class);
    }
  }

  @Test
  void aLeaderWhoseConnectionBreaksLeadsOnUntilAnotherTakesOver() {
    long old = leadership.epoch().orElseThrow();
    terminateLeader();
    assertThat(leadership.campaign()).as("the connection is found broken").isTrue();
    assertThat(leadership.campaign()).isTrue();
    assertThat(leadership.epoch()).hasValue(old);
    outbox.commit(opening(incident(1, 1), OPS));
    terminateLeader();
    try (var rival = new Leadership(database, Node.register(database, "two"))) {
      assertThat(rival.campaign()).isTrue();
      assertThat(leadership.campaign()).as("not yet noticed").isTrue();
      assertThat(leadership.campaign()).isFalse();
      assertThatThrownBy(() -> outbox.lease(NOW, LEASE, 1)).isInstanceOf(Outbox.Deposed.class);
    }
  }

  private void terminateLeader() {
    database
        .jdbi()
        .useHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        SELECT pg_terminate_backend(pid, 5000) FROM pg_locks
                        WHERE locktype = 'advisory' AND granted
                          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                        """)
                    .mapTo(Boolean.class)
                    .list());
  }

  @Test
  void theLeadGoesOverWhenItIsGivenUp() {
    try (var rival = new Leadership(database, Node.register(database, "two"))) {
      long old = leadership.epoch().orElseThrow();
      leadership.close();
      assertThat(leadership.epoch()).isEmpty();
      assertThat(rival.campaign()).isTrue();
      assertThat(rival.epoch()).hasValue(old + 1);
      assertThat(leadership.campaign()).isFalse();
    }
  }

  @Test
  void aLabelWithANulCharacterDoesNotStopAPage() {
    var odd = Samples.alert("a\u0000\\u0000b");
    outbox.commit(new Commit(List.of(odd), List.of(), List.of(), List.of(), List.of()));
    assertThat(outbox.restore().alerts().getFirst().labels().get("instance"))
        .isEqualTo("a\ufffd\\u0000b");
  }

  @Test
  void alertsThatLeftAGreatIncidentDoNotComeBackWithARestart() {
    var fold = new IncidentFold(SeverityPolicy.OWNERS);
    List<Alert> many =
        IntStream.range(0, 120)
            .mapToObj(i -> AlertExamples.firing("Down", T0, "host", "h" + i))
            .toList();
    IncidentEvent opened =
        IncidentExamples.opening(1, "Database", Severity.HIGH, T0, many.toArray(Alert[]::new));
    Incident incident = fold.opened(opened);
    save(incident, opened);
    assertThat(alerts()).isEqualTo(120);
    incident = leave(fold, incident, many.subList(0, 5));
    assertThat(alerts()).isEqualTo(115);
    incident = leave(fold, incident, many.subList(5, 35));
    assertThat(alerts()).isEqualTo(85);
    var back = new Change.AlertsChanged(many.subList(5, 35), List.of(), List.of());
    IncidentEvent event = IncidentExamples.next(incident, back, T0);
    save(fold.apply(incident, event), event);
    assertThat(alerts()).isEqualTo(115);
  }

  private Incident leave(IncidentFold fold, Incident incident, List<Alert> some) {
    var split = new Change.SplitOff(new IncidentId("i0002"), 2, some, "");
    IncidentEvent event = IncidentExamples.next(incident, split, T0);
    Incident after = fold.apply(incident, event);
    save(after, event);
    return after;
  }

  private void save(Incident incident, IncidentEvent event) {
    outbox.commit(new Commit(List.of(), List.of(), List.of(incident), List.of(event), List.of()));
  }

  private int alerts() {
    return outbox.restore().open().getFirst().alerts().size();
  }
}
