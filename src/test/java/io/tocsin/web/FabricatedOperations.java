package io.tocsin.web;

import io.tocsin.http.CalendarRoutes;
import io.tocsin.http.ReceiverRoutes;
import io.tocsin.http.ReceiverTrial;
import io.tocsin.notify.Breaker;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.OwnersEscalation;
import io.tocsin.notify.ReceiverView;
import io.tocsin.notify.SendResult;
import io.tocsin.oncall.Person;
import io.tocsin.oncall.Roster;
import io.tocsin.oncall.ShiftDesk;
import io.tocsin.oncall.ShiftOverrideStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

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
        new ReceiverTrial(Receivers::new));
  }

  private static Person person(String name) {
    return new Person(
        name, Optional.empty(), List.of(new Person.ContactRule(Duration.ZERO, "ops")));
  }

  private record Receivers() implements ReceiverRoutes.Port {

    @Override
    public List<ReceiverView> views(Instant now) {
      var way =
          new ReceiverView.Way(
              new Destination("ops", "webhook", 0),
              Map.of("url", "https://hooks.example.com/***"),
              Breaker.State.CLOSED,
              Optional.empty());
      return List.of(new ReceiverView("ops", Optional.empty(), List.of(way)));
    }

    @Override
    public Channel channel(Destination destination) {
      return message -> CompletableFuture.completedFuture(new SendResult.Delivered("HTTP 202"));
    }

    @Override
    public String filled(String template, Message message) {
      return template;
    }
  }
}
