package io.tocsin.postmortem;

import io.tocsin.alert.Alert;
import io.tocsin.incident.Change;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.ClockTargets.PostMortemDuty;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentEvent;
import io.tocsin.incident.Response;
import io.tocsin.incident.Timeline;
import io.tocsin.slo.ErrorBudget;
import io.tocsin.template.Markdown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the skeleton of a post-mortem: what was measured is filled in, what only people know is
 * asked for. The text says facts and blames nobody.
 */
final class DraftWriter {

  private static final int MOST_ALERTS = 20;
  private static final int MOST_CHARTS = 8;
  private static final String NONE = "-";

  private final Evidence evidence;
  private final Beforehand before;
  private final Incident incident;
  private final Gaps gaps;
  private final StringBuilder text = new StringBuilder();
  private final List<Chart> charts = new ArrayList<>();

  private DraftWriter(Evidence evidence, Beforehand before) {
    this.evidence = evidence;
    this.before = before;
    this.incident = evidence.incident();
    this.gaps = Gaps.of(evidence);
  }

  static Draft write(Evidence evidence, Beforehand before, PostMortemDuty duty, Instant now) {
    return new DraftWriter(evidence, before).write(duty, now);
  }

  private Draft write(PostMortemDuty duty, Instant now) {
    line("# Post-mortem: %s (#%d)", Markdown.text(incident.title()), incident.number());
    line("");
    line(
        "> %s. Drafted %s UTC from the incident's own events.", duty(duty), Words.dayAndClock(now));
    line("> Figures are measured; lines in _italics_ are for people to replace. Write about what");
    line("> made each action seem right at the time, not about who did it. All times are UTC.");
    summary();
    impact();
    timeline();
    seen();
    heading("What changed before");
    text.append(BeforehandText.changes(before));
    heading("What would have told of it sooner");
    text.append(BeforehandText.earlier(before, incident.openedAt()));
    heading("Measured gaps");
    text.append(TimingTables.gaps(gaps));
    heading("Clocks");
    text.append(TimingTables.clocks(evidence));
    alerts();
    findings();
    text.append(text.charAt(text.length() - 2) == '\n' ? "" : "\n").append(QUESTIONS);
    return new Draft(text.toString(), charts);
  }

  private String duty(PostMortemDuty duty) {
    return switch (duty) {
      case REQUIRED -> "Required after a " + evidence.peak() + " incident";
      case RECOMMENDED -> "Recommended after a " + evidence.peak() + " incident";
      case AS_NEEDED, NOT_REQUIRED -> "Not required after a " + evidence.peak() + " incident";
    };
  }

  private void summary() {
    heading("Summary");
    String what = components();
    Instant from = gaps.firstBadSample().orElse(incident.openedAt());
    Optional<Instant> to = gaps.resolved();
    line(
        "%s %s on %s. Severity %s%s.",
        what,
        to.map(
                end ->
                    "affected for %s, from %s to %s"
                        .formatted(
                            Words.duration(Duration.between(from, end)),
                            Words.clock(from),
                            Words.clock(end)))
            .orElse("affected since " + Words.clock(from) + ", not resolved yet,"),
        Words.day(from),
        evidence.peak(),
        incident.reopened() > 0 ? "; it came back " + times(incident.reopened()) : "");
    line("");
    line("_In two or three sentences, for a reader who was not there: what failed, who felt it,");
    line("what brought it back._");
  }

  private String components() {
    List<String> names = incident.components().stream().map(Markdown::text).toList();
    return switch (names.size()) {
      case 0 -> "No listed component was";
      case 1 -> names.getFirst() + " was";
      default ->
          String.join(", ", names.subList(0, names.size() - 1))
              + " and "
              + names.getLast()
              + " were";
    };
  }

  private static String times(int times) {
    return times == 1 ? "once" : times + " times";
  }

  private void impact() {
    heading("Impact");
    if (evidence.impacts().isEmpty()) {
      line("No uptime was recorded for what it hit.");
    } else {
      line("| Component | Down | Degraded | Not known | Error budget used | Budget left |");
      line("|---|---|---|---|---|---|");
      evidence.impacts().forEach(this::impact);
    }
    people();
    line("");
    line("_How many customers felt it, and what could they not do? Was anything lost for good?_");
  }

  private void people() {
    Instant end = gaps.resolved().orElse(incident.openedAt());
    Response response = Response.of(evidence.events(), end);
    if (!response.people().isEmpty()) {
      line("");
      line(
          "People's time: %s (%s)%s.",
          Words.duration(response.peopleTime()),
          Markdown.text(String.join(", ", response.people())),
          evidence.rate().map(rate -> ", " + rate.of(response.peopleTime())).orElse(""));
    }
  }

  private void impact(Impact impact) {
    Optional<ErrorBudget> budget = impact.budget();
    line(
        "| %s | %s | %s | %s | %s | %s |",
        Markdown.text(impact.component()),
        minutes(impact.seconds().down()),
        minutes(impact.seconds().degraded()),
        minutes(impact.seconds().unknown()),
        budget
            .map(of -> Words.percent(of.share(Duration.ofMillis(millis(impact.seconds().down())))))
            .orElse(NONE),
        budget.map(DraftWriter::left).orElse(NONE));
  }

  private static String left(ErrorBudget budget) {
    String of =
        " of %s in %s (target %s)"
            .formatted(
                Words.duration(budget.allowed()),
                Words.duration(budget.period()),
                Words.percent(budget.target()));
    return budget.left().isNegative()
        ? "overspent by " + Words.duration(budget.left().negated()) + of
        : Words.duration(budget.left()) + of;
  }

  private static long millis(double seconds) {
    return Math.round(seconds * 1000);
  }

  /** Downtime is told in minutes, as SLAs count it. */
  private static String minutes(double seconds) {
    return Words.number(Math.round(seconds / 6) / 10.0) + " min";
  }

  private void timeline() {
    heading("Timeline");
    line("| Time (UTC) | What happened |");
    line("|---|---|");
    Stream.concat(
            evidence.changes().stream().map(Line::of), evidence.events().stream().map(Line::of))
        .sorted(Comparator.comparing(Line::at))
        .forEach(
            one -> line("| %s | %s |", Words.dayAndClock(one.at()), Markdown.text(one.words())));
  }

  /** A row of the timeline; changes of others stand among the incident's own events. */
  private record Line(Instant at, String words) {
    static Line of(IncidentEvent event) {
      return new Line(event.at(), Timeline.describe(event));
    }

    static Line of(ChangeEvent change) {
      return new Line(change.at(), change.source() + " changed: " + change.summary());
    }
  }

  /** The public words, as the status page showed them. */
  private void seen() {
    heading("What customers saw");
    int before = text.length();
    for (IncidentEvent event : evidence.events()) {
      if (event.change() instanceof Change.UpdatePosted posted && posted.isPublic()) {
        if (text.length() == before) {
          line("| Time (UTC) | Phase | Words |");
          line("|---|---|---|");
        }
        line(
            "| %s | %s%s | %s |",
            Words.dayAndClock(event.at()),
            posted.phase().label(),
            posted.automatic() ? " (automatic)" : "",
            Markdown.text(posted.text()));
      }
    }
    if (text.length() == before) {
      line("Nothing: the status page did not mention it.");
    }
  }

  private void alerts() {
    heading("Contributing alerts");
    List<Alert> alerts =
        incident.alerts().stream()
            .sorted(Comparator.comparing(Alert::activeSince).thenComparing(Alert::key))
            .toList();
    if (alerts.isEmpty()) {
      line("None: a person declared this incident.");
    }
    alerts.stream().limit(MOST_ALERTS).forEach(this::alert);
    if (alerts.size() > MOST_ALERTS) {
      line("And %d more.", alerts.size() - MOST_ALERTS);
    }
  }

  private void findings() {
    if (!evidence.findings().isEmpty()) {
      heading("What was measured on models");
      text.append(FindingWriter.write(evidence.findings(), charts));
    }
  }

  private void alert(Alert alert) {
    line("### %s", Markdown.text(alert.spec().alertName()));
    line("");
    line("%s", Markdown.text(alert.summary()));
    line("");
    line("- Labels: %s", Markdown.code(alert.labels().toString()));
    line(
        "- In breach from %s%s; newest value %s",
        Words.dayAndClock(alert.activeSince()),
        alert.resolvedAt().map(at -> " to " + Words.dayAndClock(at)).orElse(", still"),
        Words.number(alert.value()));
    alert.spec().runbook().ifPresent(runbook -> line("- Runbook: %s", Markdown.code(runbook)));
    evidence.graphs().stream()
        .filter(graph -> graph.alert().equals(alert.key()))
        .findFirst()
        .ifPresent(graph -> chart(alert, graph));
    line("");
  }

  private void chart(Alert alert, AlertGraph graph) {
    String svg = charts.size() < MOST_CHARTS ? SvgChart.draw(alert, graph) : "";
    if (svg.isEmpty()) {
      return;
    }
    var chart = new Chart("chart-" + (charts.size() + 1) + ".svg", svg);
    charts.add(chart);
    line("");
    line(
        "![%s around the incident](%s)",
        Markdown.text(graph.points().labels().toString()), chart.name());
  }

  private void heading(String title) {
    line("");
    line("## %s", title);
    line("");
  }

  // Every form is a constant of this file; the annotation would be a dependency of its own.
  @SuppressWarnings("AnnotateFormatMethod")
  private void line(String format, Object... values) {
    text.append(format.formatted(values)).append('\n');
  }

  private static final String QUESTIONS =
      """
      ## What went well

      - _What shortened the trouble or kept it small?_

      ## What went wrong

      - _What was slow, missing or misleading?_

      ## Where we were lucky

      - _What could have made it worse, and did not by chance?_

      ## Root cause

      1. _What changed before the start: a release, a setting, load, data, a supplier?_
      2. _How did that lead to what customers felt, step by step?_
      3. _Why did it get past tests, reviews and earlier alerts?_
      4. _Which conditions had to be true at the same time? Name the contributing factors._
      5. _Has it happened before, and what came of the actions then?_

      ### Five whys

      1. _Why did customers feel it?_
      2. _Why did that happen?_
      3. _Why was that possible?_
      4. _Why was it not noticed before?_
      5. _Why do we work in such a way that it was not? Stop where an action can change it._

      ### Contributing factors

      - _Design: an assumption that did not hold, a single point of failure?_
      - _Change: release, configuration, data, load?_
      - _Detection: a missing, late or noisy alert?_
      - _Response: access, runbook, hand-over, communication?_

      ## Action items

      Every item has one owner and a date. At least one prevents the same cause from coming back.

      | Action | Kind | Owner | Due | State |
      |---|---|---|---|---|
      | _..._ | prevent | _..._ | _..._ | open |
      | _..._ | detect sooner | _..._ | _..._ | open |
      | _..._ | recover faster | _..._ | _..._ | open |

      ## For affected customers

      _Five sentences, no jargon: what happened, from when to when, what it meant for you, what we
      have changed, what we will do next. Nobody else is to blame._
      """;
}
