package io.tocsin.notify;

import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.Timeline;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Many messages to one destination as one, which says how many it stands for and what they said.
 */
public final class Bundle {

  private static final int LINES = 100;

  private Bundle() {}

  /**
   * One message in the place of several: about the worst of their incidents, with a key of its own,
   * so that it updates nobody's thread.
   *
   * @param messages to one destination, at least two, oldest first
   */
  public static Message of(List<Message> messages, Throttle throttle) {
    Message worst =
        messages.stream()
            .min(
                Comparator.<Message, Boolean>comparing(it -> !it.incident().open())
                    .thenComparing(it -> it.incident().severity()))
            .orElseThrow();
    Set<IncidentId> incidents = new LinkedHashSet<>();
    messages.forEach(message -> incidents.add(message.incident().id()));
    int count = messages.size();
    String heading = "%d messages of %s in one".formatted(count, words(incidents.size()));
    String lines =
        messages.stream()
            .limit(LINES)
            .map(it -> "- " + it.text())
            .collect(Collectors.joining("\n"));
    String more = count > LINES ? "\n- and " + (count - LINES) + " more" : "";
    Message newest = messages.getLast();
    return new Message(
        worst.destination(),
        "bundle-" + Long.toHexString(digest(messages)),
        worst.transition(),
        titled(worst.incident(), heading + ", the worst: " + worst.incident().title()),
        heading + ":\n" + lines + more,
        "more than %d messages in %s"
            .formatted(throttle.messages(), Timeline.words(throttle.within())),
        newest.at(),
        new Extent(0, 0, 0),
        count);
  }

  private static String words(int incidents) {
    return incidents == 1 ? "one incident" : incidents + " incidents";
  }

  private static long digest(List<Message> messages) {
    long digest = 1;
    for (Message message : messages) {
      digest = digest * 1_000_003 + message.idempotencyKey().hashCode();
    }
    return digest;
  }

  private static Incident titled(Incident incident, String title) {
    return incident.withAlerts(List.of()).withTitle(title);
  }
}
