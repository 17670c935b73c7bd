package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.DeliveryLedger;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The delivery ledger: who was told what, when, with which outcome. */
public final class DeliveryRoutes implements Routes {

  private static final String PATH = "/api/v1/deliveries";

  private final Outbox outbox;
  private final DeliveryLedger ledger;
  private final Supplier<List<String>> receivers;
  private final Blocking blocking;
  private final InstantSource clock;

  /**
   * @param receivers names of all that are configured
   */
  public DeliveryRoutes(
      Outbox outbox,
      DeliveryLedger ledger,
      Supplier<List<String>> receivers,
      Blocking blocking,
      InstantSource clock) {
    this.outbox = outbox;
    this.ledger = ledger;
    this.receivers = receivers;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record AttemptJson(Instant at, Duration took, boolean delivered, String detail) {
    static AttemptJson of(Delivery.Attempt attempt) {
      return new AttemptJson(attempt.at(), attempt.took(), attempt.delivered(), attempt.detail());
    }
  }

  private record DeliveryJson(
      long id,
      String receiver,
      String kind,
      String incident,
      String transition,
      String text,
      String reason,
      String state,
      Instant plannedAt,
      Instant nextAttemptAt,
      Optional<Instant> deliveredAt,
      String idempotencyKey,
      List<AttemptJson> attempts) {
    static DeliveryJson of(Delivery delivery) {
      Message message = delivery.message();
      return new DeliveryJson(
          delivery.id(),
          message.destination().receiver(),
          message.destination().kind(),
          message.incident().id().value(),
          message.transition().toString(),
          message.text(),
          message.reason(),
          IncidentJson.word(delivery.state()),
          message.at(),
          delivery.nextAttemptAt(),
          delivery.deliveredAt(),
          message.idempotencyKey(),
          delivery.attempts().stream().map(AttemptJson::of).toList());
    }
  }

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH).needs(Scope.READ).answersOn(blocking, this::list);
    Operation.post(router, PATH + "/:id/replay")
        .needs(Scope.RESPOND)
        .answersOn(blocking, this::replay);
  }

  private Reply list(Request request) {
    Optional<IncidentId> incident = request.query("incident").map(Request::incident);
    int limit = request.integer("limit", 100, 1, 500);
    Optional<String> receiver = request.query("receiver");
    List<Delivery.State> states = request.choices("state", Delivery.State.class);
    receiver.ifPresent(this::known);
    List<Delivery> found =
        ledger.page(
            new DeliveryLedger.Filter(incident, receiver, List.of(), states, Optional.empty()),
            limit);
    return Reply.json(Map.of("deliveries", found.stream().map(DeliveryJson::of).toList()));
  }

  /** One that is configured no more keeps its history; any other name is a mistake. */
  private void known(String receiver) {
    List<String> names = receivers.get();
    var history =
        new DeliveryLedger.Filter(
            Optional.empty(), Optional.of(receiver), List.of(), List.of(), Optional.empty());
    if (!names.contains(receiver) && ledger.page(history, 1).isEmpty()) {
      throw Request.wrong("receiver", receiver, "one of " + String.join(", ", names));
    }
  }

  private Reply replay(Request request) {
    String id = request.path("id");
    if (!id.matches("\\d{1,18}") || !outbox.replay(Long.parseLong(id), clock.instant())) {
      throw ProblemException.notFound("there is no dead letter " + id);
    }
    return Reply.empty(204);
  }
}
