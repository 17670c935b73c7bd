package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Message;
import io.tocsin.notify.Outbox;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The delivery ledger: who was told what, when, with which outcome. */
public final class DeliveryRoutes implements Routes {

  private static final String PATH = "/api/v1/deliveries";

  private final Outbox outbox;
  private final Blocking blocking;
  private final InstantSource clock;

  public DeliveryRoutes(Outbox outbox, Blocking blocking, InstantSource clock) {
    this.outbox = outbox;
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
    List<DeliveryJson> found =
        outbox.deliveries(incident, limit).stream().map(DeliveryJson::of).toList();
    return Reply.json(Map.of("deliveries", found));
  }

  private Reply replay(Request request) {
    String id = request.path("id");
    if (!id.matches("\\d{1,18}") || !outbox.replay(Long.parseLong(id), clock.instant())) {
      throw ProblemException.notFound("there is no dead letter " + id);
    }
    return Reply.empty(204);
  }
}
