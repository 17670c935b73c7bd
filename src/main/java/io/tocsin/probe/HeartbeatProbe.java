package io.tocsin.probe;

import io.tocsin.check.Cause;
import io.tocsin.settings.Section;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A dead-man's switch: fails when a job has not called for {@code every} + {@code grace}. Its first
 * deadline runs from when we began to listen, at our own start or when the check was added, since a
 * ping sent while we were away was lost through no fault of the job; until that deadline or the
 * first ping nothing is known.
 *
 * @param token the secret the job calls with
 * @param every how often it should call
 * @param grace how late it may be
 */
public record HeartbeatProbe(String token, Duration every, Duration grace) implements Probe {

  /** How it is written in a check: {@code heartbeat: {token, every, grace}}. */
  static final ProbeKind KIND = new ProbeKind("heartbeat", HeartbeatProbe::read);

  private static HeartbeatProbe read(Section section) {
    String token = section.string("token");
    if (token.length() < 16) {
      throw section.problem(
          "token", "a text of " + token.length() + " characters", "at least 16 characters");
    }
    var probe =
        new HeartbeatProbe(
            token, section.duration("every"), section.duration("grace", Duration.ofMinutes(1)));
    section.done();
    return probe;
  }

  @Override
  public String host() {
    return "";
  }

  @Override
  public Future<Finding> ask(ProbeRun run) {
    Heartbeats heartbeats = run.outside().heartbeats();
    Optional<Instant> last = heartbeats.last(token);
    Instant from = last.or(() -> heartbeats.since(token)).orElse(run.at());
    Duration age = Duration.between(from, run.at());
    Duration late = age.minus(every.plus(grace));
    return Future.succeededFuture(finding(last, age, late));
  }

  private Finding finding(Optional<Instant> last, Duration age, Duration late) {
    if (late.isPositive()) {
      return Finding.failure(
              "no heartbeat for %ds, expected every %ds with %ds grace"
                  .formatted(age.toSeconds(), every.toSeconds(), grace.toSeconds()))
          .withReadings(age(age));
    }
    return last.isPresent()
        ? Finding.success("heartbeat " + age.toSeconds() + "s ago").withReadings(age(age))
        : Finding.blaming(Cause.ourselves("no heartbeat yet since we began to listen"));
  }

  private static List<Reading> age(Duration age) {
    return List.of(Reading.of("heartbeat_age_seconds", age.toMillis() / 1000.0));
  }

  @Override
  public String toString() {
    return "HeartbeatProbe[every=" + every + ", grace=" + grace + "]";
  }
}
