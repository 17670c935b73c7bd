package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.NoteMark;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes PagerDuty's webhooks (v3): what people do there happens here. No loops: what already is so
 * here is not done again, and a webhook is taken once by its {@code X-Webhook-Id}. The sender's own
 * retry, within ten minutes, is answered as taken; later the same is a replay.
 *
 * @see <a href="https://developer.pagerduty.com/docs/webhooks-overview">PagerDuty webhooks</a>
 */
public final class PagerDutyHookRoutes implements Routes {

  /** Under which name PagerDuty's ids are remembered. */
  public static final String SOURCE = "pagerduty";

  private static final String SIGNATURE = "X-PagerDuty-Signature";
  private static final String ID = "X-Webhook-Id";
  private static final long MAX_BODY = 1024 * 1024;
  private static final Duration RETRY = Duration.ofMinutes(10);
  private static final Duration OLDEST = Duration.ofHours(24);

  private final Supplier<HookSettings> settings;
  private final HookDoor door;
  private final Blocking blocking;

  public PagerDutyHookRoutes(Supplier<HookSettings> settings, HookDoor door, Blocking blocking) {
    this.settings = settings;
    this.door = door;
    this.blocking = blocking;
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Hook(Event event) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Event(
      String id,
      String eventType,
      Optional<Instant> occurredAt,
      Optional<Reference> agent,
      Optional<Data> data) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Data(
      Optional<String> id,
      Optional<String> incidentKey,
      Optional<String> content,
      Optional<Reference> incident,
      Optional<List<Reference>> assignees) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Reference(Optional<String> id, Optional<String> summary) {}

  @Override
  public void mount(Router router) {
    Operation.post(router, "/hooks/pagerduty").reads(MAX_BODY).answersOn(blocking, this::take);
  }

  private Reply take(Request request) {
    verify(request);
    Hook hook = request.json(Hook.class);
    Event event = hook.event;
    Instant now = door.clock().instant();
    if (event.occurredAt.filter(at -> at.plus(OLDEST).isBefore(now)).isPresent()) {
      throw ProblemException.of(401, "the event is older than a day: a replay");
    }
    String id = request.header(ID).isBlank() ? event.id : request.header(ID);
    Optional<Instant> before = door.ledger().takenAt(SOURCE, id);
    if (before.isPresent()) {
      if (before.get().plus(RETRY).isBefore(now)) {
        throw ProblemException.of(401, "the webhook " + id + " was taken before: a replay");
      }
      return Reply.json(Map.of("status", "duplicate"));
    }
    String status = incident(event).map(incident -> act(event, incident)).orElse("ignored");
    door.ledger().taken(SOURCE, id, now);
    return Reply.json(Map.of("status", status));
  }

  /** Any of the listed signatures by any of our secrets will do: secrets are rotated. */
  private void verify(Request request) {
    boolean signed = false;
    String header = request.header(SIGNATURE);
    for (String secret : settings.get().pagerDutySecrets()) {
      String expected = "v1=" + HookSignature.of(secret, request.body());
      for (String signature : header.split(",", 20)) {
        signed |= HookSignature.same(expected, signature.strip());
      }
    }
    if (!signed) {
      throw ProblemException.of(401, SIGNATURE + " does not fit the body");
    }
  }

  /** Our incident: by the key that we gave it, else by PagerDuty's own id for it. */
  private Optional<Incident> incident(Event event) {
    Optional<Data> data = event.data;
    Optional<String> foreign =
        data.flatMap(Data::incident).flatMap(Reference::id).or(() -> data.flatMap(Data::id));
    Optional<IncidentId> ours = data.flatMap(Data::incidentKey).flatMap(this::ours);
    if (ours.isPresent() && foreign.isPresent()) {
      door.ledger().link(SOURCE, foreign.get(), ours.get());
    }
    return ours.or(() -> foreign.flatMap(id -> door.ledger().incident(SOURCE, id)))
        .flatMap(door.incidents()::find);
  }

  /** Our deduplication key is the incident's id, with a route's split behind a dash if any. */
  private Optional<IncidentId> ours(String key) {
    try {
      return Optional.of(new IncidentId(key.split("-", 2)[0]))
          .filter(id -> door.incidents().find(id).isPresent());
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  private String act(Event event, Incident incident) {
    String who =
        event.agent.flatMap(Reference::summary).filter(name -> !name.isBlank()).orElse("somebody")
            + NoteMark.IN_PAGERDUTY;
    Optional<IncidentCommand> command = command(event, incident, who);
    command.ifPresent(it -> door.durably(incident.id(), it, who));
    return command.isPresent() ? "taken" : "ignored";
  }

  private static Optional<IncidentCommand> command(Event event, Incident incident, String who) {
    boolean acknowledged = incident.acknowledgedAt().isPresent();
    return switch (event.eventType) {
      case "incident.acknowledged" ->
          when(incident.open() && !acknowledged, new IncidentCommand.Acknowledge());
      case "incident.unacknowledged" ->
          when(incident.open() && acknowledged, new IncidentCommand.Unacknowledge());
      case "incident.resolved" ->
          when(incident.open(), new IncidentCommand.Resolve("resolved by " + who));
      case "incident.annotated" ->
          event
              .data
              .flatMap(Data::content)
              .filter(text -> !text.isBlank() && !NoteMark.ours(text, incident.id()))
              .map(IncidentCommand.AddNote::new);
      case "incident.reassigned" ->
          event
              .data
              .flatMap(Data::assignees)
              .flatMap(list -> list.stream().findFirst())
              .flatMap(Reference::summary)
              .filter(name -> incident.open() && !incident.assignee().equals(Optional.of(name)))
              .map(IncidentCommand.Assign::new);
      default -> Optional.empty();
    };
  }

  private static Optional<IncidentCommand> when(boolean needed, IncidentCommand command) {
    return needed ? Optional.of(command) : Optional.empty();
  }
}
