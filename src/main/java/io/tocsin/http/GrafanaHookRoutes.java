package io.tocsin.http;

import io.tocsin.http.HookSettings.Grafana;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes Grafana's alerting webhook, signed with HMAC-SHA256 over the body, or over timestamp, colon
 * and body where Grafana is told to send one; an old timestamp is a replay. An alert that is told
 * of no more ends after a day.
 *
 * @see <a
 *     href="https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/">Grafana
 *     webhook notifier</a>
 */
public final class GrafanaHookRoutes implements Routes {

  private static final String SIGNATURE = "X-Grafana-Alerting-Signature";
  private static final long MAX_BODY = 4 * 1024 * 1024;
  private static final Duration TIMEOUT = Duration.ofHours(24);
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final Supplier<HookSettings> settings;
  private final HookDoor door;
  private final Blocking blocking;

  public GrafanaHookRoutes(Supplier<HookSettings> settings, HookDoor door, Blocking blocking) {
    this.settings = settings;
    this.door = door;
    this.blocking = blocking;
  }

  @Override
  public void mount(Router router) {
    Operation.post(router, "/hooks/grafana").reads(MAX_BODY).answersOn(blocking, this::take);
  }

  private Reply take(Request request) {
    Grafana grafana =
        settings
            .get()
            .grafana()
            .orElseThrow(
                () -> ProblemException.of(401, "no secret is configured under hooks.grafana"));
    Instant now = door.clock().instant();
    verify(grafana, request, now);
    AlertmanagerAlertRoutes.take(
        "grafana",
        AlertmanagerHookRoutes.alerts(request.json(AlertmanagerHookRoutes.Notification.class), now),
        door.intake(),
        Optional.of(TIMEOUT));
    return Reply.empty(200);
  }

  private static void verify(Grafana grafana, Request request, Instant now) {
    String before = "";
    if (grafana.timestampHeader().isPresent()) {
      String header = grafana.timestampHeader().get();
      String timestamp = request.header(header);
      boolean fresh =
          timestamp.matches("\\d{1,12}")
              && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                      .abs()
                      .compareTo(TOLERANCE)
                  <= 0;
      if (!fresh) {
        throw ProblemException.of(401, header + ": found no time within five minutes of now");
      }
      before = timestamp + ":";
    }
    String expected = HookSignature.of(grafana.secret(), before, request.body());
    if (!HookSignature.same(expected, request.header(SIGNATURE))) {
      throw ProblemException.of(401, SIGNATURE + " does not fit the body");
    }
  }
}
