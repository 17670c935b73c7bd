package io.tocsin.explain;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Change;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.Timeline;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.GroupView;
import io.tocsin.notify.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Why somebody was, or was not, paged by an alert: its whole path in words, each step with what was
 * found there.
 *
 * @param verdict the answer in one line
 * @param steps how it came to that, in the order of the road
 * @param facts what it is told from
 */
public record Explanation(String verdict, List<Step> steps, Facts facts) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss 'UTC on' d MMM yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** A place on the road. */
  public enum Stage {
    VALUE,
    FOR,
    MUTE,
    ROUTE,
    INCIDENT,
    ESCALATION,
    GROUP,
    DELIVERY
  }

  /**
   * One step.
   *
   * @param at when, if at a certain time
   * @param stopped whether the road ended here
   */
  public record Step(Stage stage, Optional<Instant> at, String text, boolean stopped) {}

  public Explanation {
    steps = List.copyOf(steps);
  }

  /** Tells what the facts mean. */
  public static Explanation of(Facts facts, Instant now) {
    return new Teller(facts, now).tell();
  }

  private static final class Teller {
    private final Facts facts;
    private final Episode episode;
    private final Instant now;
    private final List<Step> steps = new ArrayList<>();

    Teller(Facts facts, Instant now) {
      this.facts = facts;
      this.episode = facts.episode();
      this.now = now;
    }

    Explanation tell() {
      value();
      held();
      muted();
      routes();
      facts.incident().ifPresent(this::incident);
      facts.groups().forEach(this::group);
      facts.deliveries().stream()
          .sorted(Comparator.comparing(Delivery::id))
          .forEach(this::delivery);
      return new Explanation(verdict(), steps, facts);
    }

    private void add(Stage stage, Instant at, String text, boolean stopped) {
      steps.add(new Step(stage, Optional.of(at), text, stopped));
    }

    private void value() {
      String threshold =
          facts
              .curve()
              .filter(curve -> curve.threshold().isPresent())
              .map(curve -> ", compared with " + figure(curve.threshold().getAsDouble()))
              .orElse("");
      String value =
          Double.isNaN(episode.value()) ? "no value" : "value " + figure(episode.value());
      add(
          Stage.VALUE,
          episode.activeSince(),
          episode.spec().alertName() + " breached, " + value + threshold,
          false);
    }

    private void held() {
      Duration needed = episode.spec().holdFor();
      if (episode.firingSince().isPresent()) {
        Instant fired = episode.firingSince().get();
        add(
            Stage.FOR,
            fired,
            needed.isZero()
                ? "it fired at once: its rule has no for"
                : "it fired after the " + Timeline.words(needed) + " its rule waits (for)",
            false);
        return;
      }
      Instant until = episode.endedAt().orElse(now);
      String lasted = Timeline.words(Duration.between(episode.activeSince(), until));
      add(
          Stage.FOR,
          until,
          "it breached for "
              + lasted
              + " of the "
              + Timeline.words(needed)
              + " its rule waits (for)",
          true);
    }

    private void muted() {
      for (Episode.Hush hush : episode.hushes()) {
        String words = facts.muteWords().getOrDefault(hush.mute(), hush.mute().toString());
        String until = hush.until().map(at -> " until " + TIME.format(at)).orElse("");
        boolean all = facts.incident().isEmpty() && hush.until().equals(episode.endedAt());
        add(Stage.MUTE, hush.from(), "kept quiet by " + words + until, all);
      }
    }

    private void routes() {
      for (Episode.Way way : episode.ways()) {
        steps.add(
            new Step(
                Stage.ROUTE,
                episode.firingSince(),
                "took " + way.description() + " to receiver " + way.receiver(),
                false));
      }
    }

    private void incident(Incident incident) {
      for (IncidentEvent event : facts.events()) {
        switch (event.change()) {
          case Change.Opened opened when has(opened.alerts()) ->
              incidentStep(event, "opened incident #" + incident.number());
          case Change.AlertsChanged changed when has(changed.joined()) ->
              incidentStep(event, "joined incident #" + incident.number());
          case Change.Reopened reopened when has(reopened.alerts()) ->
              incidentStep(event, "reopened incident #" + incident.number());
          case Change.Escalated escalated ->
              add(Stage.ESCALATION, event.at(), Timeline.describe(event), false);
          case Change.Acknowledged acknowledged -> incidentStep(event, Timeline.describe(event));
          case Change.Resolved resolved -> incidentStep(event, Timeline.describe(event));
          default -> {}
        }
      }
    }

    private void incidentStep(IncidentEvent event, String text) {
      add(Stage.INCIDENT, event.at(), text, false);
    }

    private boolean has(List<Alert> alerts) {
      return alerts.stream().anyMatch(alert -> alert.key().equals(episode.key()));
    }

    private void group(GroupView group) {
      steps.add(
          new Step(
              Stage.GROUP,
              group.nextAt(),
              group.destination().words() + " hears next: " + group.why(),
              false));
    }

    private void delivery(Delivery delivery) {
      Message message = delivery.message();
      String whom = message.destination().words();
      String what =
          message.transition().about("incident #" + message.incident().number())
              + " ("
              + message.reason()
              + ")";
      if (delivery.attempts().isEmpty()) {
        add(Stage.DELIVERY, message.at(), whom + " is to be told " + what, false);
      }
      for (Delivery.Attempt attempt : delivery.attempts()) {
        boolean dead =
            delivery.state() == Delivery.State.DEAD
                && attempt.equals(delivery.attempts().getLast());
        add(
            Stage.DELIVERY,
            attempt.at(),
            whom
                + (attempt.delivered() ? " was told " : " could not be told ")
                + what
                + " in "
                + attempt.took().toMillis()
                + " ms: "
                + attempt.detail(),
            dead);
      }
    }

    private String verdict() {
      if (!episode.fired()) {
        return unfired();
      }
      if (facts.incident().isEmpty()) {
        return episode.hushes().isEmpty()
            ? "Nobody was paged: no open incident took it, since a person had ended its incident."
            : "Nobody was paged: it was kept quiet by " + quiet() + ".";
      }
      List<Delivery> taken =
          facts.told(now).stream()
              .filter(delivery -> delivery.state() == Delivery.State.DELIVERED)
              .sorted(Comparator.comparing(Delivery::id))
              .toList();
      if (!taken.isEmpty()) {
        Delivery first = taken.getFirst();
        return "Paged: "
            + first.message().destination().words()
            + " was told "
            + first.message().transition().about("incident #" + facts.incident().get().number())
            + first.deliveredAt().map(at -> ", at " + TIME.format(at)).orElse("")
            + ".";
      }
      return undelivered();
    }

    private String unfired() {
      Instant until = episode.endedAt().orElse(now);
      String lasted = Timeline.words(Duration.between(episode.activeSince(), until));
      String needed = Timeline.words(episode.spec().holdFor());
      return episode.endedAt().isPresent()
          ? "Nobody was paged: it breached for " + lasted + " only, its rule waits " + needed + "."
          : "Nobody is paged yet: it breaches for " + lasted + ", its rule waits " + needed + ".";
    }

    private String quiet() {
      return facts
          .muteWords()
          .getOrDefault(
              episode.hushes().getLast().mute(), episode.hushes().getLast().mute().toString());
    }

    private String undelivered() {
      List<Delivery> told = facts.told(now);
      if (!told.isEmpty()) {
        Delivery last = told.getFirst();
        String how =
            last.attempts().isEmpty()
                ? "not tried yet"
                : "last answer: " + last.attempts().getLast().detail();
        return "Nobody was reached yet: "
            + last.message().destination().words()
            + (last.state() == Delivery.State.DEAD ? " was given up, " : " is being tried, ")
            + how
            + ".";
      }
      return facts.groups().stream()
          .findFirst()
          .map(group -> "Nobody is paged yet: " + group.why() + ".")
          .orElse("Nobody was paged: its receiver has no way out.");
    }

    private static String figure(double value) {
      return String.format(Locale.ROOT, "%.4g", value);
    }
  }
}
