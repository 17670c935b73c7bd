package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentStore;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.ReceiverView;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Receivers: how they are reached and whether they are, a test of one, what one would be sent. */
public final class ReceiverRoutes implements Routes {

  private static final String PATH = "/api/v1/receivers";
  private static final long MAX_BODY = 64 * 1024;

  /** What is asked of the receivers. */
  public interface Port {

    /** Every receiver as people may see it. */
    List<ReceiverView> views(Instant now);

    /** The channel of a destination past its breaker. */
    Channel channel(Destination destination);

    /**
     * A template filled with a message.
     *
     * @throws IllegalArgumentException saying where it is wrong
     */
    String filled(String template, Message message);
  }

  private final Supplier<Port> port;
  private final IncidentStore incidents;
  private final Blocking blocking;
  private final InstantSource clock;

  public ReceiverRoutes(
      Supplier<Port> port, IncidentStore incidents, Blocking blocking, InstantSource clock) {
    this.port = port;
    this.incidents = incidents;
    this.blocking = blocking;
    this.clock = clock;
  }

  private record WayJson(
      String destination,
      Map<String, String> settings,
      String breaker,
      Optional<Instant> pausedUntil) {
    static WayJson of(ReceiverView.Way it) {
      return new WayJson(
          it.destination().toString(),
          it.settings(),
          it.breaker().name().toLowerCase(Locale.ROOT),
          it.pausedUntil());
    }
  }

  private record ReceiverJson(String name, Optional<String> fallback, List<WayJson> ways) {
    static ReceiverJson of(ReceiverView it) {
      return new ReceiverJson(
          it.name(), it.fallback(), it.ways().stream().map(WayJson::of).toList());
    }
  }

  private record Test(Optional<String> severity) {}

  private record Preview(
      Optional<String> incident, Optional<String> title, Optional<String> text) {}

  private record Previews(
      Optional<String> title, Optional<String> text, List<ReceiverTrial.Shown> previews) {}

  @Override
  public void mount(Router router) {
    Operation.get(router, PATH)
        .needs(Scope.READ)
        .answersAtOnce(
            request ->
                Reply.json(
                    Map.of(
                        "receivers",
                        port.get().views(clock.instant()).stream()
                            .map(ReceiverJson::of)
                            .toList())));
    Operation.post(router, PATH + "/:name/test")
        .needs(Scope.RESPOND)
        .mayRead(MAX_BODY, "application/json")
        .answersOn(blocking, this::test);
    Operation.post(router, PATH + "/:name/preview")
        .needs(Scope.READ)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::preview);
  }

  private Reply test(Request request) {
    ReceiverView receiver = named(request);
    Optional<String> asked =
        request.body().length() == 0 ? Optional.empty() : request.json(Test.class).severity;
    Severity severity =
        asked.map(text -> Request.choice("severity", text, Severity.class)).orElse(Severity.LOW);
    return Reply.json(Map.of("tried", trial().test(receiver, severity, clock.instant())));
  }

  private ReceiverTrial trial() {
    return new ReceiverTrial(port);
  }

  private Reply preview(Request request) {
    ReceiverView receiver = named(request);
    Preview asked = request.json(Preview.class);
    Instant now = clock.instant();
    Optional<Incident> incident = asked.incident.map(this::incident);
    return Reply.json(
        new Previews(
            asked.title.map(template -> filled("title", template, receiver, incident)),
            asked.text.map(template -> filled("text", template, receiver, incident)),
            trial().preview(receiver, incident, now)));
  }

  private String filled(
      String field, String template, ReceiverView receiver, Optional<Incident> incident) {
    try {
      return trial().filled(receiver, template, incident, clock.instant());
    } catch (IllegalArgumentException wrong) {
      throw Request.wrong(field, template, String.valueOf(wrong.getMessage()));
    }
  }

  private Incident incident(String id) {
    return incidents
        .find(Request.incident(id))
        .orElseThrow(() -> ProblemException.notFound("there is no incident " + id));
  }

  private ReceiverView named(Request request) {
    String name = request.path("name");
    return trial()
        .named(name, clock.instant())
        .orElseThrow(() -> ProblemException.notFound("there is no receiver " + name));
  }
}
