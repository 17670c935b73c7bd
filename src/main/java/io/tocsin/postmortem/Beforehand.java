package io.tocsin.postmortem;

import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.Incident;
import io.tocsin.rule.ReplayReport;
import io.tocsin.silence.Silence;
import java.util.List;
import java.util.Optional;

/**
 * What was going on before an incident was opened.
 *
 * @param changes deploys, switched flags, configuration taken over; oldest first
 * @param silences that held, or were set, in the same stretch
 * @param earlier what would have told of it sooner, earliest first
 * @param notReplayed why the rules could not be run over the time before; empty when they were
 */
public record Beforehand(
    List<ChangeEvent> changes,
    List<Silence> silences,
    List<EarlierAlert> earlier,
    Optional<String> notReplayed) {

  /** Nothing is known of it. */
  public static final Beforehand UNKNOWN =
      new Beforehand(List.of(), List.of(), List.of(), Optional.of("nobody looked"));

  public Beforehand {
    changes = List.copyOf(changes);
    silences = List.copyOf(silences);
    earlier = List.copyOf(earlier);
  }

  /** What is known when the rules were run over the time before. */
  public static Beforehand replayed(
      Incident incident, List<ChangeEvent> changes, List<Silence> silences, ReplayReport replay) {
    return new Beforehand(changes, silences, EarlierAlert.of(incident, replay), Optional.empty());
  }

  /** What is known when they could not be run. */
  public static Beforehand unreplayed(
      List<ChangeEvent> changes, List<Silence> silences, String why) {
    return new Beforehand(changes, silences, List.of(), Optional.of(why));
  }
}
