package io.tocsin;

import io.tocsin.alert.Alert;
import io.tocsin.alert.AlertKey;
import io.tocsin.alert.AlertView;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import io.tocsin.explain.Episode;
import io.tocsin.explain.Facts;
import io.tocsin.explain.Witness;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.notify.Delivery;
import io.tocsin.postmortem.AlertGraph;
import io.tocsin.silence.Silence;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the stores, the engine and the series together know of an alert. */
record AlertWitness(Stores stores, EngineRoom engine, AlertGraphs graphs, InstantSource clock)
    implements Witness {

  private static final int MOST_EPISODES = 100;
  private static final int MOST_DELIVERIES = 200;

  @Override
  public Optional<Facts> facts(String fingerprint, Optional<Instant> at) {
    return episodes(fingerprint).stream()
        .filter(episode -> at.map(instant -> on(episode, instant)).orElse(true))
        .findFirst()
        .map(this::facts);
  }

  private static boolean on(Episode episode, Instant at) {
    return !at.isBefore(episode.activeSince())
        && episode.endedAt().map(end -> !at.isAfter(end)).orElse(true);
  }

  /** Those written down, with what is on now and not written yet. */
  @Override
  public List<Episode> episodes(String fingerprint) {
    var all = new ArrayList<>(stores.episodes().of(fingerprint, MOST_EPISODES));
    live(fingerprint)
        .filter(
            alert ->
                all.stream()
                    .noneMatch(
                        known ->
                            known.key().equals(alert.key())
                                && known.activeSince().equals(alert.activeSince())))
        .forEach(alert -> all.addFirst(Episode.of(alert)));
    return all;
  }

  private Stream<Alert> live(String fingerprint) {
    AlertView view = engine.engine().alerts();
    return Stream.concat(view.firing().stream().map(MarkedAlert::alert), view.pending().stream())
        .filter(alert -> alert.key().fingerprint().equals(fingerprint));
  }

  private Facts facts(Episode episode) {
    Optional<IncidentId> id = episode.incidents().stream().reduce((first, last) -> last);
    Optional<Incident> incident = id.flatMap(stores.incidents()::find);
    List<Delivery> deliveries =
        id.map(it -> stores.outbox().deliveries(Optional.of(it), MOST_DELIVERIES))
            .orElse(List.of());
    return new Facts(
        newest(episode),
        graph(episode),
        words(episode),
        incident,
        id.map(stores.incidents()::events).orElse(List.of()),
        engine.engine().groups().stream()
            .filter(group -> id.map(group.incident()::equals).orElse(false))
            .toList(),
        deliveries);
  }

  /** With the value of this moment while it is on: what is written lags behind. */
  private Episode newest(Episode episode) {
    return engine
        .engine()
        .alert(episode.key())
        .filter(alert -> alert.activeSince().equals(episode.activeSince()))
        .map(episode::with)
        .orElse(episode);
  }

  private Optional<Facts.Curve> graph(Episode episode) {
    Instant end = episode.endedAt().orElseGet(clock::instant);
    return graphs.of(episode.alert(), end).map(AlertWitness::curve);
  }

  private static Facts.Curve curve(AlertGraph graph) {
    var points = new ArrayList<Facts.Point>();
    for (int i = 0; i < graph.points().size(); i++) {
      points.add(
          new Facts.Point(
              Instant.ofEpochMilli(graph.points().timestamps()[i]), graph.points().values()[i]));
    }
    return new Facts.Curve(points, graph.threshold(), graph.unit());
  }

  private Map<Mute, String> words(Episode episode) {
    var words = new HashMap<Mute, String>();
    for (Episode.Hush hush : episode.hushes()) {
      words.put(hush.mute(), word(hush.mute()));
    }
    return words;
  }

  private String word(Mute mute) {
    return switch (mute) {
      case Mute.BySilence it ->
          stores
              .silences()
              .find(it.silenceId())
              .map(AlertWitness::silence)
              .orElse("silence " + it.silenceId());
      case Mute.ByMaintenance it -> "planned maintenance " + it.maintenanceId();
      case Mute.ByInhibition it -> "inhibition: " + name(it.source()) + " fires and explains it";
      case Mute.ByTimeInterval it ->
          "the hours of its route, " + (it.within() ? "during " : "outside ") + it.name();
    };
  }

  private static String name(AlertKey key) {
    return key.labels().toString();
  }

  private static String silence(Silence silence) {
    return "silence " + silence.id() + " by " + silence.author() + " (" + silence.comment() + ")";
  }
}
