package io.tocsin.silence;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import io.tocsin.label.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that can mute an alert, as known at one moment.
 *
 * @param silences people's silences
 * @param maintenances planned work
 * @param inhibitions which alerts explain which
 * @param dependencies which components need which
 */
public record Silences(
    List<Silence> silences,
    List<Maintenance> maintenances,
    List<InhibitRule> inhibitions,
    Dependencies dependencies) {

  /** Where no component needs another. */
  public Silences(
      List<Silence> silences, List<Maintenance> maintenances, List<InhibitRule> inhibitions) {
    this(silences, maintenances, inhibitions, Dependencies.NONE);
  }

  /** Nothing mutes. */
  public static final Silences NONE = new Silences(List.of(), List.of(), List.of());

  public Silences {
    silences = List.copyOf(silences);
    maintenances = List.copyOf(maintenances);
    inhibitions = List.copyOf(inhibitions);
  }

  /** Every firing alert with all that mutes it now, in the order given. */
  public List<MarkedAlert> mark(List<Alert> firing, Instant now) {
    List<Silence> active = silences.stream().filter(silence -> silence.active(now)).toList();
    List<Maintenance> underWay = maintenances.stream().filter(m -> m.active(now)).toList();
    List<Inhibition> inhibiting =
        inhibitions.stream()
            .map(rule -> Inhibition.of(rule, firing))
            .filter(inhibition -> !inhibition.sources().isEmpty())
            .toList();
    Dependencies.Failing failing = dependencies.failing(firing);
    var marked = new ArrayList<MarkedAlert>(firing.size());
    if (active.isEmpty() && underWay.isEmpty() && inhibiting.isEmpty() && failing.none()) {
      firing.forEach(alert -> marked.add(new MarkedAlert(alert, List.of())));
      return marked;
    }
    for (Alert alert : firing) {
      var mutes = new ArrayList<Mute>();
      for (Silence silence : active) {
        if (silence.hides(alert)) {
          mutes.add(new Mute.BySilence(silence.id()));
        }
      }
      for (Maintenance maintenance : underWay) {
        if (maintenance.components().stream().anyMatch(alert.components()::contains)) {
          mutes.add(new Mute.ByMaintenance(maintenance.id()));
        }
      }
      inhibiting.forEach(inhibition -> inhibition.mute(alert, mutes));
      failing.explains(alert).map(Mute.ByInhibition::new).ifPresent(mutes::add);
      marked.add(new MarkedAlert(alert, mutes));
    }
    return marked;
  }

  /**
   * A rule with the firing alerts that are its source.
   *
   * @param sources by what a target must agree on; of several, one that is no target itself
   */
  private record Inhibition(InhibitRule rule, Map<Labels, Alert> sources) {

    static Inhibition of(InhibitRule rule, List<Alert> firing) {
      var sources = new HashMap<Labels, Alert>();
      for (Alert alert : firing) {
        if (rule.isSource(alert.labels())) {
          sources.merge(
              rule.agreement(alert.labels()),
              alert,
              (kept, other) -> rule.isTarget(kept.labels()) ? other : kept);
        }
      }
      return new Inhibition(rule, sources);
    }

    /** An alert that is source and target alike is not muted by another such, nor by itself. */
    void mute(Alert alert, List<Mute> mutes) {
      if (!rule.isTarget(alert.labels())) {
        return;
      }
      Alert source = sources.get(rule.agreement(alert.labels()));
      if (source != null && !(rule.isSource(alert.labels()) && rule.isTarget(source.labels()))) {
        mutes.add(new Mute.ByInhibition(source.key()));
      }
    }
  }
}
