package io.tocsin.http;

import io.tocsin.access.Scope;
import io.tocsin.alert.Severity;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentStore;
import io.tocsin.notify.Channel;
import io.tocsin.notify.Destination;
import io.tocsin.notify.Message;
import io.tocsin.notify.ReceiverView;
import io.tocsin.notify.SendResult;
import io.tocsin.notify.TestMessage;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
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

  private record Tried(String destination, boolean delivered, String detail, Duration took) {}

  private record Preview(
      Optional<String> incident, Optional<String> title, Optional<String> text) {}

  private record Shown(String destination, String sent) {}

  private record Previews(Optional<String> title, Optional<String> text, List<Shown> previews) {}

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
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::test);
    Operation.post(router, PATH + "/:name/preview")
        .needs(Scope.READ)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::preview);
  }

  /** Opens and closes, so that nothing stays open at the receiver. */
  private Reply test(Request request) {
    ReceiverView receiver = named(request);
    Severity severity =
        request
            .json(Test.class)
            .severity
            .map(text -> Request.choice("severity", text, Severity.class))
            .orElse(Severity.LOW);
    var tried = new ArrayList<Tried>();
    Instant now = clock.instant();
    for (ReceiverView.Way way : receiver.ways()) {
      Tried opened = send(TestMessage.of(way.destination(), severity, true, now));
      tried.add(opened);
      if (opened.delivered) {
        tried.add(send(TestMessage.of(way.destination(), severity, false, now)));
      }
    }
    return Reply.json(Map.of("tried", tried));
  }

  private Tried send(Message message) {
    long began = System.nanoTime();
    SendResult result;
    try {
      result = port.get().channel(message.destination()).send(message).toCompletableFuture().join();
    } catch (CompletionException failed) {
      result = new SendResult.Refused("the channel itself failed");
    }
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    String name = message.destination().toString();
    return switch (result) {
      case SendResult.Delivered it -> new Tried(name, true, it.detail(), took);
      case SendResult.Retry it -> new Tried(name, false, it.reason(), took);
      case SendResult.Refused it -> new Tried(name, false, it.reason(), took);
    };
  }

  private Reply preview(Request request) {
    ReceiverView receiver = named(request);
    Preview asked = request.json(Preview.class);
    Instant now = clock.instant();
    Optional<Incident> incident = asked.incident.map(this::incident);
    var shown = new ArrayList<Shown>();
    for (ReceiverView.Way way : receiver.ways()) {
      Message message = message(way.destination(), incident, now);
      shown.add(
          new Shown(
              way.destination().toString(),
              port.get().channel(way.destination()).preview(message)));
    }
    Message sample = message(new Destination(receiver.name(), "preview", 0), incident, now);
    return Reply.json(
        new Previews(
            asked.title.map(template -> filled("title", template, sample)),
            asked.text.map(template -> filled("text", template, sample)),
            shown));
  }

  private static Message message(
      Destination destination, Optional<Incident> incident, Instant now) {
    return incident
        .map(it -> TestMessage.about(destination, it, now))
        .orElseGet(() -> TestMessage.of(destination, Severity.HIGH, true, now));
  }

  private String filled(String field, String template, Message message) {
    try {
      return port.get().filled(template, message);
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
    return port.get().views(clock.instant()).stream()
        .filter(view -> view.name().equals(name))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("there is no receiver " + name));
  }
}
