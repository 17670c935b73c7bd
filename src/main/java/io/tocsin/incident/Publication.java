package io.tocsin.incident;

import io.tocsin.alert.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which incidents the public may see, and in which words the machine speaks of them: words made
 * from component and severity only, as labels and annotations may say what is nobody's business.
 * They are the status page's English ones, so that what is kept is what was read there.
 *
 * @param mode who decides
 * @param listed names of the components on the status page
 */
public record Publication(Mode mode, Set<String> listed) {

  /** Who decides. */
  public enum Mode {
    /** The rule: a listed component is hit and it is CRITICAL or HIGH. */
    AUTO,
    /** A person, each time. */
    ASK,
    /** Nobody: incidents stay inside. */
    NEVER
  }

  public Publication {
    listed = Set.copyOf(listed);
  }

  /** Whether an incident is public without anybody asking for it. */
  public boolean automatic(Severity severity, List<String> components) {
    return mode == Mode.AUTO
        && !Severity.HIGH.worseThan(severity)
        && components.stream().anyMatch(listed::contains);
  }

  /** Publishes an incident that has come under the rule, with its first words. */
  void review(Recorder recorder, Incident incident, Instant now) {
    Incident current = incident;
    if (!current.published() && automatic(current.severity(), current.components())) {
      current =
          recorder.record(current.id(), Actor.SYSTEM, new Change.PublicationChanged(true), now);
    }
    if (current.published() && current.updates().stream().noneMatch(Incident.Update::isPublic)) {
      post(recorder, current, Phase.INVESTIGATING, firstWords(current), now);
    }
  }

  /** Tells the public that it came back. */
  void cameBack(Recorder recorder, Incident incident, Instant now) {
    if (incident.published()) {
      post(
          recorder,
          incident,
          Phase.INVESTIGATING,
          "The problem with " + names(incident) + " has come back. We are investigating.",
          now);
    }
  }

  /** Tells the public that it is over; before the end, so that it is the open incident's word. */
  void over(Recorder recorder, Incident incident, Instant now) {
    if (incident.published()) {
      post(
          recorder,
          incident,
          Phase.RESOLVED,
          "The problem with " + names(incident) + " is over.",
          now);
    }
  }

  private static void post(
      Recorder recorder, Incident incident, Phase phase, String text, Instant now) {
    recorder.record(
        incident.id(), Actor.SYSTEM, new Change.UpdatePosted(phase, true, true, text), now);
  }

  private String firstWords(Incident incident) {
    String names = names(incident);
    String trouble =
        switch (incident.severity()) {
          case CRITICAL -> "There is a major outage of " + names;
          case HIGH -> "There is a partial outage of " + names;
          case MEDIUM -> "The performance of " + names + " is degraded";
          case LOW -> "There is a minor problem with " + names;
        };
    return trouble + ". We are investigating.";
  }

  private String names(Incident incident) {
    List<String> names = incident.components().stream().filter(listed::contains).sorted().toList();
    if (names.isEmpty()) {
      return "our service";
    }
    String all = String.join(", ", names);
    int last = all.lastIndexOf(", ");
    return last < 0 ? all : all.substring(0, last) + " and " + all.substring(last + 2);
  }
}
