package io.tocsin.web;

import io.tocsin.http.CalendarRoutes;
import io.tocsin.http.ReceiverRoutes;
import io.tocsin.http.ReceiverTrial;
import io.tocsin.notify.Breaker;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.notify.InMemoryLedger;
import io.tocsin.notify.Message;
import io.tocsin.notify.OwnersEscalation;
import io.tocsin.notify.ReceiverView;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.Throttle;
import io.tocsin.oncall.Person;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.ShiftDesk;
import io.tocsin.oncall.ShiftOverrideStore;
import io.tocsin.silence.InMemoryMaintenanceStepStore;
import io.tocsin.silence.InMemoryMaintenanceStore;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceBook;
import io.tocsin.silence.MaintenanceStep;
import io.tocsin.silence.MaintenanceStore;
import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.PageEditStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Two people, one receiver that takes everything; who steps in is kept for real. */
final class FabricatedOperations {

  private FabricatedOperations() {}

  static OperationsPorts of(FabricatedDesk desk) {
    var ids = new AtomicInteger();
    Roster plain = desk.ports().work().roster().get();
    var roster =
        plain.schedules().isEmpty()
            ? plain
            : new Roster(
                Map.of("ana", person("ana"), "ben", person("ben")),
                plain.schedules(),
                Map.of(),
                List.of());
    return new OperationsPorts(
        new ShiftDesk(
            () -> roster,
            ShiftOverrideStore.inMemory(),
            () -> {},
            () -> "o" + ids.incrementAndGet()),
        () -> OwnersEscalation.among(Set.of("l1", "l2", "engineering", "ceo", "manager")),
        () ->
            List.of(
                new CalendarRoutes.Feed(
                    "schedule", "platform", "http://127.0.0.1/calendars/platform.ics"),
                new CalendarRoutes.Feed("person", "ana", "http://127.0.0.1/calendars/ana.ics")),
        new ReceiverTrial(Receivers::new),
        new InMemoryLedger(() -> desk.deliveries(Optional.empty(), 100)),
        planned(desk, () -> "m" + (100 + ids.incrementAndGet())),
        () -> heartbeats(desk),
        new PageEditorPorts(Fabricated::spec, PageEditStore.inMemory(), edits -> {}));
  }

  private static List<HeartbeatRow> heartbeats(FabricatedDesk desk) {
    return desk.ports().checks().get().stream()
        .filter(check -> check.kind().equals("heartbeat"))
        .map(
            check ->
                new HeartbeatRow(
                    check,
                    Duration.ofHours(1),
                    Duration.ofMinutes(5),
                    Optional.of(desk.now().minusSeconds(600)),
                    Optional.of(desk.now().minusSeconds(9000))))
        .toList();
  }

  /** One under way, one to come, one over. */
  private static PlannedPorts planned(FabricatedDesk desk, Supplier<String> ids) {
    Instant now = desk.now();
    var store = new InMemoryMaintenanceStore();
    var steps = new InMemoryMaintenanceStepStore(store);
    if (!desk.ports().checks().get().isEmpty()) {
      work(store, "m1", "Faster disks for the database", "Database", now.minusSeconds(1800), 2);
      work(store, "m2", "New models", "AI models", now.plusSeconds(7200), 1);
      work(store, "m3", "Certificates renewed", "Web app", now.minusSeconds(90_000), 1);
      for (var kind : MaintenanceStep.Kind.values()) {
        steps.tell(new MaintenanceStep("m3", kind, now.minusSeconds(90_000)));
      }
      steps.tell(
          new MaintenanceStep("m1", MaintenanceStep.Kind.ANNOUNCED, now.minusSeconds(86_400)));
      steps.tell(new MaintenanceStep("m1", MaintenanceStep.Kind.STARTED, now.minusSeconds(1800)));
    }
    return new PlannedPorts(
        new MaintenanceBook(store, () -> {}, ids),
        steps,
        Fabricated::spec,
        () -> Duration.ofHours(1));
  }

  private static void work(
      MaintenanceStore store, String id, String title, String component, Instant start, int hours) {
    store.save(
        new Maintenance(
            id,
            title,
            title + ". Short breaks are possible.",
            List.of(component),
            start,
            start.plus(Duration.ofHours(hours)),
            "ana"));
  }

  private static Person person(String name) {
    return new Person(
        name, Optional.empty(), List.of(new Person.ContactRule(Duration.ZERO, "ops")));
  }

  private record Receivers() implements ReceiverRoutes.Port {

    @Override
    public List<ReceiverView> views(Instant now) {
      return List.of(
          receiver("ops", "pagerduty", Map.of("routing_key", "***"), Breaker.State.CLOSED),
          receiver("team", "slack", Map.of("url", "***"), Breaker.State.OPEN),
          receiver(
              "archive",
              "webhook",
              Map.of("url", "https://hooks.example.com/***"),
              Breaker.State.HALF_OPEN),
          new ReceiverView("nobody", Optional.empty(), List.of()));
    }

    private static ReceiverView receiver(
        String name, String kind, Map<String, String> settings, Breaker.State breaker) {
      var way =
          new ReceiverView.Way(
              new Destination(name, kind, 0),
              settings,
              breaker,
              Optional.empty(),
              kind.equals("slack")
                  ? Optional.of(new Throttle(10, Duration.ofMinutes(1)))
                  : Optional.empty());
      return new ReceiverView(
          name, kind.equals("slack") ? Optional.of("ops") : Optional.empty(), List.of(way));
    }

    @Override
    public Channel channel(Destination destination) {
      return message -> CompletableFuture.completedFuture(new SendResult.Delivered("HTTP 202"));
    }

    @Override
    public String filled(String template, Message message) {
      if (template.contains("{{ .Nothing }}")) {
        throw new IllegalArgumentException("there is no .Nothing");
      }
      return template;
    }
  }
}
