package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import io.tocsin.alert.HeldAlert;
import io.tocsin.alert.PostedAlert;
import io.tocsin.http.HookSettings.Service;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ChangeEventStore;
import io.tocsin.incident.IncidentCommand;
import io.tocsin.incident.IncidentId;
import io.tocsin.label.Labels;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * PagerDuty's Events API v2: whatever can page PagerDuty can page us. The routing key is the
 * credential. A trigger with the key of an open alert belongs to it and changes nothing; without a
 * key it gets one; acknowledging or resolving what is not open is taken and means nothing.
 *
 * @see <a href="https://developer.pagerduty.com/docs/events-api-v2/overview/">PagerDuty Events API
 *     v2</a>
 */
public final class PagerDutyEventRoutes implements Routes {

  private static final long MAX_BODY = 512 * 1024;
  private static final double PER_SECOND = 100;
  private static final double BURST = 2_000;
  private static final Duration UNTIL_OPENED = Duration.ofSeconds(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Supplier<HookSettings> settings;
  private final HookDoor door;
  private final ChangeEventStore changes;
  private final Supplier<String> keys;
  private final Blocking blocking;
  private final RateLimit limit = new RateLimit(PER_SECOND, BURST);

  /**
   * @param keys a fresh deduplication key at each call
   */
  public PagerDutyEventRoutes(
      Supplier<HookSettings> settings,
      HookDoor door,
      ChangeEventStore changes,
      Supplier<String> keys,
      Blocking blocking) {
    this.settings = settings;
    this.door = door;
    this.changes = changes;
    this.keys = keys;
    this.blocking = blocking;
  }

  private record Taken(String status, String message, String dedupKey) {}

  private record ChangeTaken(String status, String message) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Change(
      Optional<String> routingKey,
      Optional<ChangePayload> payload,
      Optional<List<PagerDutyEvent.LinkJson>> links) {}

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record ChangePayload(
      Optional<String> summary,
      Optional<String> source,
      Optional<String> timestamp,
      Optional<String> component,
      Optional<JsonNode> customDetails) {}

  /** The source under which alerts of a service live. */
  static String source(Service service) {
    return "pagerduty:" + service.name();
  }

  @Override
  public void mount(Router router) {
    Operation.post(router, "/v2/enqueue").reads(MAX_BODY).answersOn(blocking, this::enqueue);
    Operation.post(router, "/v2/change/enqueue").reads(MAX_BODY).answersOn(blocking, this::change);
  }

  private Reply enqueue(Request request) {
    PagerDutyEvent event = request.json(PagerDutyEvent.class);
    Service service = service(event.routingKey());
    List<String> errors = event.errors();
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
    String key = event.dedupKey().filter(text -> !text.isBlank()).orElseGet(keys);
    Optional<HeldAlert> open = door.intake().held(source(service), key);
    switch (event.eventAction().orElseThrow()) {
      case "trigger" -> {
        if (open.isEmpty()) {
          trigger(service, event, key);
        }
      }
      case "acknowledge" -> open.ifPresent(alert -> acknowledge(alert, event));
      default -> open.ifPresent(alert -> end(alert, door));
    }
    return Reply.json(202, new Taken("success", "Event processed", key));
  }

  private void trigger(Service service, PagerDutyEvent event, String key) {
    Labels labels = event.labels(service, key);
    Optional<Instant> at = event.payload().flatMap(it -> instant(it.timestamp()));
    var alert =
        new PostedAlert(
            labels, event.annotations(), at, Optional.empty(), event.clientUrl().orElse(""));
    AlertmanagerAlertRoutes.take(source(service), List.of(alert), door.intake(), Optional.empty());
  }

  private void acknowledge(HeldAlert alert, PagerDutyEvent event) {
    String actor = event.client().filter(name -> !name.isBlank()).orElse(alert.source());
    opened(alert)
        .filter(
            id ->
                door.incidents()
                    .find(id)
                    .map(incident -> incident.acknowledgedAt().isEmpty())
                    .orElse(true))
        .ifPresent(id -> door.durably(id, new IncidentCommand.Acknowledge(), actor));
  }

  /** The incident of an alert; a trigger a moment ago may be still on its road. */
  private Optional<IncidentId> opened(HeldAlert alert) {
    long end = System.nanoTime() + UNTIL_OPENED.toNanos();
    Optional<IncidentId> incident = door.incidentOf().apply(alert.key());
    while (incident.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
      incident = door.incidentOf().apply(alert.key());
    }
    return incident;
  }

  /** Ends a held alert now. */
  static void end(HeldAlert alert, HookDoor door) {
    var over =
        new PostedAlert(
            alert.labels(),
            alert.annotations(),
            Optional.of(alert.startsAt()),
            Optional.of(door.clock().instant()),
            alert.generatorUrl());
    AlertmanagerAlertRoutes.take(alert.source(), List.of(over), door.intake(), Optional.empty());
  }

  private Reply change(Request request) {
    Change change = request.json(Change.class);
    Service service = service(change.routingKey);
    if (change.payload.isEmpty()) {
      throw invalid(List.of("'payload' is missing or blank"));
    }
    ChangePayload payload = change.payload.get();
    if (PagerDutyEvent.blank(payload.summary)) {
      throw invalid(List.of("'payload.summary' is missing or blank"));
    }
    List<ChangeEvent.Link> links =
        change.links.orElse(List.of()).stream()
            .filter(link -> link.href().isPresent())
            .map(
                link ->
                    new ChangeEvent.Link(link.href().get(), link.text().orElse(link.href().get())))
            .toList();
    changes.save(
        new ChangeEvent(
            "c" + keys.get(),
            instant(payload.timestamp).orElseGet(door.clock()::instant),
            payload.source.filter(text -> !text.isBlank()).orElse(service.name()),
            payload.summary.orElseThrow(),
            payload.component.or(service::component).stream().toList(),
            payload.customDetails.map(PagerDutyEvent::texts).orElse(Map.of()),
            links));
    return Reply.json(202, new ChangeTaken("success", "Change event processed"));
  }

  /** The integration of a routing key; compares all, so that time tells nothing. */
  private Service service(Optional<String> key) {
    String found = key.orElse("");
    if (found.isBlank()) {
      throw invalid(List.of("'routing_key' is missing or blank"));
    }
    if (found.length() != 32) {
      throw invalid(List.of("Length of 'routing_key' is incorrect (should be 32 characters)"));
    }
    Service match = null;
    for (Service service : settings.get().services()) {
      match = HookSignature.same(service.routingKey(), found) ? service : match;
    }
    if (match == null) {
      throw invalid(List.of("Invalid routing key"));
    }
    if (!limit.take(match.name(), door.clock().instant())) {
      throw ProblemException.tooMany(
          "Requests for this service are arriving too quickly.  Please retry later.",
          Duration.ofSeconds(1));
    }
    return match;
  }

  private static Optional<Instant> instant(Optional<String> text) {
    try {
      return text.map(Instant::parse);
    } catch (DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  private static ProblemException invalid(List<String> errors) {
    return ProblemException.badRequest(String.join("\n", errors));
  }
}
