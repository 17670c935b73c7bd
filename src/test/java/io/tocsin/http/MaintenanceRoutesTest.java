package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccessPolicy;
import io.tocsin.silence.InMemoryMaintenanceStore;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceBook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaintenanceRoutesTest {

  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);
  private final AtomicInteger told = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    ops.close();
  }

  @Test
  void whatMutesIsReadAnewAsSoonAsWorkIsPlannedOrCalledOff() throws Exception {
    ops.start(
        new MaintenanceRoutes(
            new MaintenanceBook(new InMemoryMaintenanceStore(), told::incrementAndGet, () -> "m1"),
            ops.blocking,
            InstantSource.fixed(OpsFixture.NOW)));
    var planned =
        ops.post(
            "/api/v1/maintenance",
            "application/json",
            new JsonObject()
                .put("title", "Upgrade")
                .put("components", new JsonArray().add("API"))
                .put("starts_at", OpsFixture.NOW.toString())
                .put("ends_at", OpsFixture.NOW.plusSeconds(600).toString())
                .encode());
    assertThat(planned.statusCode()).isEqualTo(201);
    assertThat(told).hasValue(1);
    String id = new JsonObject(planned.body()).getString("id");
    HttpRequest.Builder off = ops.request("/api/v1/maintenance/" + id).DELETE();
    assertThat(ops.send(off).statusCode()).isEqualTo(204);
    assertThat(told).hasValue(2);
  }

  @Test
  void workUnderWayIsEndedAndStaysInHistoryAndWorkToComeIsRemoved() throws Exception {
    var store = new InMemoryMaintenanceStore();
    var now = OpsFixture.NOW;
    var begun = new Maintenance("m1", "a", "", List.of("API"), now, now.plusSeconds(600), "ann");
    store.save(begun);
    store.save(
        new Maintenance(
            "m2", "b", "", List.of("API"), now.plusSeconds(60), now.plusSeconds(90), "ann"));
    var later = now.plusSeconds(30);
    ops.start(
        new MaintenanceRoutes(
            new MaintenanceBook(store, () -> {}, () -> "m9"),
            ops.blocking,
            InstantSource.fixed(later)));
    for (String id : List.of("m1", "m2")) {
      assertThat(ops.send(ops.request("/api/v1/maintenance/" + id).DELETE()).statusCode())
          .isEqualTo(204);
    }
    assertThat(store.endingAfter(now)).containsExactly(begun.endedAt(later));
  }
}
