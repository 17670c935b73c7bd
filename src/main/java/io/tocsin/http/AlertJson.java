package io.tocsin.http;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An alert as our API shows it; the value is text, because JSON knows neither NaN nor infinity. */
record AlertJson(
    String fingerprint,
    String rule,
    String name,
    String state,
    String severity,
    String summary,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> components,
    String value,
    Instant activeSince,
    Optional<Instant> firingSince,
    Optional<Instant> resolvedAt,
    Optional<String> runbook,
    Optional<String> runbookLink,
    List<MuteJson> mutes) {

  /** What keeps it quiet. */
  record MuteJson(String by, String id) {
    static MuteJson of(Mute mute) {
      return switch (mute) {
        case Mute.BySilence it -> new MuteJson("silence", it.silenceId());
        case Mute.ByMaintenance it -> new MuteJson("maintenance", it.maintenanceId());
        case Mute.ByInhibition it -> new MuteJson("inhibition", it.source().fingerprint());
        case Mute.ByTimeInterval it -> new MuteJson("time_interval", it.name());
      };
    }
  }

  static AlertJson of(MarkedAlert marked) {
    return of(marked.alert(), marked.mutes());
  }

  static AlertJson of(Alert alert) {
    return of(alert, List.of());
  }

  private static AlertJson of(Alert alert, List<Mute> mutes) {
    return new AlertJson(
        alert.key().fingerprint(),
        alert.spec().ruleId(),
        alert.spec().alertName(),
        IncidentJson.word(alert.phase()),
        alert.severity().label(),
        alert.summary(),
        alert.labels().toMap(),
        alert.annotations(),
        alert.components(),
        GoNumber.of(alert.value()),
        alert.activeSince(),
        alert.firingSince(),
        alert.resolvedAt(),
        alert.spec().runbook(),
        alert.spec().runbook().map(name -> "/runbooks/" + name),
        mutes.stream().map(MuteJson::of).toList());
  }
}
