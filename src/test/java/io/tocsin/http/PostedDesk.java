package io.tocsin.http;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertIntake;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.Alerts;
import io.tocsin.alert.HeldAlert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.PostedAlert;
import io.tocsin.alert.PostedAlerts;
import io.tocsin.silence.SilenceStore;
import io.tocsin.silence.Silences;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Posted alerts on a road of their own: what is posted fires, silenced by what a store holds. */
final class PostedDesk implements AlertIntake, AlertView {

  private final SilenceStore silences;
  private final InstantSource clock;
  private final PostedAlerts posted = new PostedAlerts();
  private Alerts alerts = Alerts.NONE;
  boolean away;

  PostedDesk(SilenceStore silences, InstantSource clock) {
    this.silences = silences;
    this.clock = clock;
  }

  @Override
  public synchronized void post(String source, List<PostedAlert> some, Optional<Duration> timeout) {
    if (away) {
      throw new Refused("the database is away", new IllegalStateException());
    }
    var change = posted.take(source, some, timeout, clock.instant());
    alerts = new AlertTracker().advance(alerts, change.evaluations(), clock.instant()).next();
  }

  @Override
  public Optional<HeldAlert> held(AlertKey key) {
    return posted.find(key);
  }

  @Override
  public Optional<HeldAlert> held(String source, String dedupKey) {
    return posted.find(source, dedupKey);
  }

  @Override
  public synchronized List<MarkedAlert> firing() {
    var now = clock.instant();
    return new Silences(silences.endingAfter(now), List.of(), List.of()).mark(alerts.firing(), now);
  }

  @Override
  public List<Alert> pending() {
    return List.of();
  }

  @Override
  public Map<String, RuleHealth> rules() {
    return Map.of();
  }
}
