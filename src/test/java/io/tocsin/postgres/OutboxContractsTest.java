package io.tocsin.postgres;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.IncidentStore;
import io.tocsin.incident.IncidentStoreContract;
import io.tocsin.notify.Commit;
import io.tocsin.notify.DeliveryLedger;
import io.tocsin.notify.Outbox;
import io.tocsin.notify.OutboxContract;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class OutboxContractsTest {
  private final Database database;
  private Leadership leadership;
  private Outbox outbox;

  OutboxContractsTest(Database database) {
    this.database = database;
  }

  @BeforeEach
  void lead() {
    database
        .jdbi()
        .useHandle(
            handle -> handle.execute("TRUNCATE alert, incident, incident_alert, delivery CASCADE"));
    var node = Node.register(database, "one");
    leadership = new Leadership(database, node);
    leadership.campaign();
    outbox = new PostgresOutbox(database, node, leadership);
  }

  @AfterEach
  void stepDown() {
    leadership.close();
  }

  @Nested
  class OfTheOutbox extends OutboxContract {
    @Override
    protected Outbox outbox() {
      return outbox;
    }

    @Override
    protected IncidentStore incidents() {
      return new PostgresIncidents(database);
    }

    @Override
    protected DeliveryLedger ledger() {
      return new PostgresDeliveryLedger(database);
    }
  }

  @Nested
  class OfTheIncidents extends IncidentStoreContract {
    @Override
    protected IncidentStore store() {
      return new PostgresIncidents(database);
    }

    @Override
    protected void save(List<Incident> incidents, List<IncidentEvent> events) {
      outbox.commit(new Commit(List.of(), List.of(), incidents, events, List.of()));
    }
  }
}
