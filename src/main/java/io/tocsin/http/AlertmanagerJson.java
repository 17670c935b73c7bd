package io.tocsin.http;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tocsin.alert.Alert;
import io.tocsin.alert.HeldAlert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.alert.Mute;
import io.tocsin.alert.PostedAlert;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.silence.Silence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Alertmanager's documents.
 *
 * @see <a
 *     href="https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml">Alertmanager
 *     API v2</a>
 */
final class AlertmanagerJson {

  /** An alert of our own rules counts as ended for readers unless seen again within this time. */
  private static final Duration SEEN_AGAIN = Duration.ofMinutes(5);

  private AlertmanagerJson() {}

  record Receiver(String name) {}

  record Status(
      String state,
      @JsonProperty("silencedBy") List<String> silencedBy,
      @JsonProperty("inhibitedBy") List<String> inhibitedBy,
      @JsonProperty("mutedBy") List<String> mutedBy) {

    static Status of(List<Mute> mutes) {
      var silenced = new ArrayList<String>();
      var inhibited = new ArrayList<String>();
      var muted = new ArrayList<String>();
      for (Mute mute : mutes) {
        switch (mute) {
          case Mute.BySilence it -> silenced.add(it.silenceId());
          case Mute.ByMaintenance it -> silenced.add(it.maintenanceId());
          case Mute.ByInhibition it -> inhibited.add(it.source().fingerprint());
          case Mute.ByTimeInterval it -> muted.add(it.name());
        }
      }
      return new Status(mutes.isEmpty() ? "active" : "suppressed", silenced, inhibited, muted);
    }
  }

  record GettableAlert(
      Map<String, String> annotations,
      @JsonProperty("endsAt") Instant endsAt,
      String fingerprint,
      List<Receiver> receivers,
      @JsonProperty("startsAt") Instant startsAt,
      Status status,
      @JsonProperty("updatedAt") Instant updatedAt,
      @JsonProperty("generatorURL") String generatorUrl,
      Map<String, String> labels) {

    static GettableAlert of(
        MarkedAlert marked, List<String> receivers, Optional<HeldAlert> held, Instant now) {
      Alert alert = marked.alert();
      return new GettableAlert(
          alert.annotations(),
          held.flatMap(HeldAlert::endsAt).orElse(now.plus(SEEN_AGAIN)),
          alert.key().fingerprint(),
          receivers.stream().map(Receiver::new).toList(),
          alert.activeSince(),
          Status.of(marked.mutes()),
          held.map(HeldAlert::updatedAt).orElse(alert.lastBreach()),
          held.map(HeldAlert::generatorUrl).orElse(""),
          alert.labels().toMap());
    }
  }

  record Group(Map<String, String> labels, Receiver receiver, List<GettableAlert> alerts) {}

  /** An alert as Prometheus posts it; the year 1 is Go's way to say nothing. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record PostableAlert(
      Map<String, String> labels,
      Optional<Map<String, String>> annotations,
      @JsonProperty("startsAt") Optional<Instant> startsAt,
      @JsonProperty("endsAt") Optional<Instant> endsAt,
      @JsonProperty("generatorURL") Optional<String> generatorUrl) {

    PostedAlert posted() {
      return new PostedAlert(
          Labels.from(labels),
          annotations.orElse(Map.of()),
          said(startsAt),
          said(endsAt),
          generatorUrl.orElse(""));
    }

    /** What is wrong with it, if anything. */
    Optional<String> wrong() {
      if (Labels.from(labels).isEmpty()) {
        return Optional.of("at least one label pair required");
      }
      if (labels.containsKey("")) {
        return Optional.of("invalid label set: invalid name \"\"");
      }
      boolean backwards =
          said(startsAt).isPresent()
              && said(endsAt).isPresent()
              && endsAt.get().isBefore(startsAt.get());
      return backwards ? Optional.of("start time must be before end time") : Optional.empty();
    }

    private static Optional<Instant> said(Optional<Instant> time) {
      return time.filter(it -> it.isAfter(Instant.EPOCH));
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record MatcherJson(
      String name,
      String value,
      @JsonProperty("isRegex") boolean isRegex,
      @JsonProperty("isEqual") Optional<Boolean> isEqual) {

    static MatcherJson of(Matcher matcher) {
      boolean regex = matcher.op() == Matcher.Op.REGEX || matcher.op() == Matcher.Op.NOT_REGEX;
      boolean equal = matcher.op() == Matcher.Op.EQUAL || matcher.op() == Matcher.Op.REGEX;
      return new MatcherJson(matcher.name(), matcher.value(), regex, Optional.of(equal));
    }

    Matcher matcher() {
      boolean equal = isEqual.orElse(true);
      Matcher.Op op =
          isRegex
              ? equal ? Matcher.Op.REGEX : Matcher.Op.NOT_REGEX
              : equal ? Matcher.Op.EQUAL : Matcher.Op.NOT_EQUAL;
      return Matcher.of(name, op, value);
    }
  }

  record SilenceStatus(String state) {}

  record GettableSilence(
      String id,
      List<MatcherJson> matchers,
      @JsonProperty("startsAt") Instant startsAt,
      @JsonProperty("endsAt") Instant endsAt,
      @JsonProperty("updatedAt") Instant updatedAt,
      @JsonProperty("createdBy") String createdBy,
      String comment,
      SilenceStatus status) {

    static GettableSilence of(Silence silence, Instant now) {
      return new GettableSilence(
          silence.id(),
          silence.matchers().stream().map(MatcherJson::of).toList(),
          silence.startsAt(),
          silence.endsNext(now),
          silence.updatedAt(),
          silence.author(),
          silence.comment(),
          new SilenceStatus(IncidentJson.word(silence.state(now))));
    }
  }

  @JsonIgnoreProperties(ignoreUnknown = true)
  record PostableSilence(
      Optional<String> id,
      Optional<List<MatcherJson>> matchers,
      @JsonProperty("startsAt") Optional<Instant> startsAt,
      @JsonProperty("endsAt") Optional<Instant> endsAt,
      @JsonProperty("createdBy") Optional<String> createdBy,
      Optional<String> comment) {}
}
