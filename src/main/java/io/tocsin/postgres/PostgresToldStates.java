package io.tocsin.postgres;

import io.tocsin.statuspage.ComponentNews;
import io.tocsin.statuspage.ComponentState;
import io.tocsin.statuspage.ComponentView;
import io.tocsin.statuspage.PageSnapshot;
import io.tocsin.statuspage.ToldStates;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Told states in the database, beside the outbox of subscribers. */
public final class PostgresToldStates implements ToldStates {

  private final Database database;

  public PostgresToldStates(Database database) {
    this.database = database;
  }

  @Override
  public void observe(PageSnapshot page, Instant now) {
    database
        .jdbi()
        .useTransaction(
            handle -> {
              for (ComponentView component : page.components()) {
                if (component.state() != ComponentState.UNKNOWN) {
                  observe(handle, page, component, now);
                }
              }
            });
  }

  private static void observe(
      Handle handle, PageSnapshot page, ComponentView component, Instant now) {
    String id = component.spec().id();
    boolean first =
        handle
                .createUpdate(
                    "INSERT INTO component_told (component, state, at)"
                        + " VALUES (:id, :state, :at) ON CONFLICT DO NOTHING")
                .bind("id", id)
                .bind("state", component.state().name())
                .bind("at", page.dataAsOf())
                .execute()
            == 1;
    if (first) {
      return;
    }
    Optional<ComponentState> before = changed(handle, page, component);
    if (before.isPresent()) {
      handle
          .createUpdate("UPDATE component_told SET state = :state, at = :at WHERE component = :id")
          .bind("id", id)
          .bind("state", component.state().name())
          .bind("at", page.dataAsOf())
          .execute();
      NewsPlan.tell(handle, ComponentNews.of(page, component, before.get(), now), now);
    }
  }

  /** The state that was told, if it is another and not younger than the page. */
  private static Optional<ComponentState> changed(
      Handle handle, PageSnapshot page, ComponentView component) {
    return handle
        .createQuery(
            "SELECT state FROM component_told WHERE component = :id AND state <> :state"
                + " AND at < :at FOR UPDATE")
        .bind("id", component.spec().id())
        .bind("state", component.state().name())
        .bind("at", page.dataAsOf())
        .map((row, context) -> ComponentState.valueOf(row.getString(1)))
        .findOne();
  }
}
