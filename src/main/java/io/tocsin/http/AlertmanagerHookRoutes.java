package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tocsin.access.Scope;
import io.tocsin.alert.AlertIntake;
import io.tocsin.alert.PostedAlert;
import io.tocsin.label.Labels;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the webhook of an Alertmanager (version 4), which authenticates with a token. An alert that
 * is told of no more ends after a day, several times the usual {@code repeat_interval}.
 *
 * @see <a
 *     href="https://prometheus.io/docs/alerting/latest/configuration/#webhook_config">Alertmanager
 *     webhook</a>
 */
public final class AlertmanagerHookRoutes implements Routes {

  private static final long MAX_BODY = 4 * 1024 * 1024;
  private static final String VERSION = "4";
  private static final Duration TIMEOUT = Duration.ofHours(24);

  private final AlertIntake intake;
  private final Blocking blocking;
  private final InstantSource clock;

  public AlertmanagerHookRoutes(AlertIntake intake, Blocking blocking, InstantSource clock) {
    this.intake = intake;
    this.blocking = blocking;
    this.clock = clock;
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record Notification(Optional<String> version, Optional<List<AlertJson>> alerts) {}

  /** An alert as Alertmanager and Grafana both tell it. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record AlertJson(
      Optional<String> status,
      Optional<Map<String, String>> labels,
      Optional<Map<String, String>> annotations,
      @JsonProperty("startsAt") Optional<Instant> startsAt,
      @JsonProperty("endsAt") Optional<Instant> endsAt,
      @JsonProperty("generatorURL") Optional<String> generatorUrl) {

    PostedAlert posted(Instant now) {
      boolean over = status.filter("resolved"::equals).isPresent();
      Optional<Instant> end = endsAt.filter(at -> at.isAfter(Instant.EPOCH) && !at.isAfter(now));
      return new PostedAlert(
          Labels.from(labels.orElse(Map.of())),
          annotations.orElse(Map.of()),
          startsAt.filter(at -> at.isAfter(Instant.EPOCH)),
          over ? Optional.of(end.orElse(now)) : Optional.empty(),
          generatorUrl.orElse(""));
    }
  }

  /** The alerts of a notification; 400 when one has no labels. */
  static List<PostedAlert> alerts(Notification notification, Instant now) {
    var posted = new ArrayList<PostedAlert>();
    List<AlertJson> alerts =
        notification
            .alerts()
            .orElseThrow(() -> ProblemException.badRequest("alerts: found nothing"));
    for (int i = 0; i < alerts.size(); i++) {
      PostedAlert alert = alerts.get(i).posted(now);
      if (alert.labels().isEmpty()) {
        throw ProblemException.badRequest("alerts[" + i + "].labels: found none");
      }
      posted.add(alert);
    }
    return posted;
  }

  @Override
  public void mount(Router router) {
    Operation.post(router, "/hooks/alertmanager")
        .needs(Scope.INGEST)
        .reads(MAX_BODY, "application/json")
        .answersOn(blocking, this::take);
  }

  private Reply take(Request request) {
    Notification notification = request.json(Notification.class);
    notification
        .version
        .filter(it -> !it.equals(VERSION))
        .ifPresent(AlertmanagerHookRoutes::refuse);
    AlertmanagerAlertRoutes.take(
        "alertmanager-webhook",
        alerts(notification, clock.instant()),
        intake,
        Optional.of(TIMEOUT));
    return Reply.empty(200);
  }

  /** Another version has another shape; what is not understood is not taken for something else. */
  private static void refuse(String version) {
    throw Request.wrong(
        "version",
        version,
        "\"4\", as Alertmanager sends it; Grafana's webhook goes to /hooks/grafana");
  }
}
