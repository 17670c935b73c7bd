package io.tocsin.alert;

import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A posted alert that is on, as remembered over restarts.
 *
 * @param source who posted it: {@code alertmanager}, {@code grafana}, ...
 * @param labels what names it
 * @param annotations newest texts
 * @param startsAt earliest start named
 * @param endsAt when it ends unless told of again; empty when only its source can end it
 * @param timeout whether {@code endsAt} is ours, because the source named none
 * @param updatedAt when it was last told of
 * @param generatorUrl where it comes from; may be empty
 */
public record HeldAlert(
    String source,
    Labels labels,
    Map<String, String> annotations,
    Instant startsAt,
    Optional<Instant> endsAt,
    boolean timeout,
    Instant updatedAt,
    String generatorUrl) {

  private static final String PREFIX = "posted:";

  public HeldAlert {
    annotations = Map.copyOf(annotations);
  }

  /** The rule id under which alerts of a source live. */
  public static String ruleId(String source) {
    return PREFIX + source;
  }

  /** The source of an alert that was posted; empty for those of our own rules and checks. */
  public static Optional<String> source(String ruleId) {
    return ruleId.startsWith(PREFIX)
        ? Optional.of(ruleId.substring(PREFIX.length()))
        : Optional.empty();
  }

  public AlertKey key() {
    return new AlertKey(ruleId(source), labels);
  }

  /** Whether its end has come. */
  public boolean ended(Instant now) {
    return endsAt.map(end -> !end.isAfter(now)).orElse(false);
  }

  /** The same with another end. */
  HeldAlert until(Instant end) {
    return new HeldAlert(
        source, labels, annotations, startsAt, Optional.of(end), timeout, updatedAt, generatorUrl);
  }

  /**
   * This alert and an older word on the same, as Alertmanager merges them: the earliest start, and
   * an end that the sender named over one of ours.
   */
  HeldAlert over(HeldAlert older, Instant now) {
    Optional<Instant> end = endsAt;
    boolean named = !older.timeout || older.ended(now);
    if (endsAt.isPresent()
        && older.endsAt.isPresent()
        && older.endsAt.get().isAfter(endsAt.get())
        && ended(now) == older.ended(now)
        && named) {
      end = older.endsAt;
    }
    return new HeldAlert(
        source,
        labels,
        annotations,
        older.startsAt.isBefore(startsAt) ? older.startsAt : startsAt,
        end,
        timeout,
        updatedAt,
        generatorUrl);
  }
}
