package io.tocsin.alert;

import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An alert that somebody else found and tells us of, as Alertmanager's API carries it.
 *
 * @param labels what names it
 * @param annotations texts for people
 * @param startsAt when it began; empty when that is the time of posting
 * @param endsAt when it ended or will count as ended unless told of again; empty where the sender
 *     does not say
 * @param generatorUrl where it comes from, for people; may be empty
 */
public record PostedAlert(
    Labels labels,
    Map<String, String> annotations,
    Optional<Instant> startsAt,
    Optional<Instant> endsAt,
    String generatorUrl) {
  public PostedAlert {
    annotations = Map.copyOf(annotations);
  }
}
