package io.tocsin.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.alert.AlertSpec;
import io.tocsin.alert.AlertTracker;
import io.tocsin.alert.Alerts;
import io.tocsin.alert.NoData;
import io.tocsin.alert.Severity;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.label.Labels;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.QueryProblem;
import io.tocsin.rule.ReplayReport.Incident;
import io.tocsin.rule.ReplayReport.Reason;
import io.tocsin.rule.drift.ModelHistory;
import io.tocsin.rule.drift.StatedFinding;
import io.tocsin.rule.drift.StatedModels;
import io.tocsin.series.MemoryStore;
import io.tocsin.series.SampleBatch;
import io.tocsin.settings.RuleFiles;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Yaml;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration FOREVER = Duration.ofDays(365_000);

  private final MemoryStore history =
      new MemoryStore(new MemoryStore.Limits(100_000, FOREVER, FOREVER));

  private static Instant at(int minutes) {
    return START.plus(Duration.ofMinutes(minutes));
  }

  /** One sample a minute. */
  private void given(String metric, int fromMinute, double... values) {
    var batch = SampleBatch.builder();
    for (int i = 0; i < values.length; i++) {
      batch.add(Labels.of(Labels.NAME, metric), at(fromMinute + i).toEpochMilli(), values[i]);
    }
    history.append(batch.build());
  }

  private Replay replay(QueryLimits limits) {
    return new Replay(
        history,
        limits,
        alert -> new GroupKey("0", Labels.of("alertname", alert.spec().alertName())),
        SeverityPolicy.OWNERS,
        Site.NONE,
        ModelHistory.none());
  }

  private ReplayReport replay(List<Rule> rules, int from, int to) {
    return replay(QueryLimits.DEFAULT).run(List.of(group(rules)), at(from), at(to));
  }

  private static RuleGroup group(List<Rule> rules) {
    return new RuleGroup(
        "f", "g", Duration.ofMinutes(1), Duration.ZERO, 0, Optional.empty(), rules);
  }

  private static AlertingRule alert(String name, String expr, Duration hold, NoData noData) {
    var spec =
        new AlertSpec(
            "f;g;" + name,
            name,
            hold,
            Duration.ZERO,
            Optional.of(Severity.HIGH),
            Optional.empty(),
            List.of(),
            noData);
    return AlertingRule.of(spec, expr, Map.of(), Map.of("summary", name + " at {{ $value }}"));
  }

  private static AlertingRule alert(String name, String expr, int holdMinutes) {
    return alert(name, expr, Duration.ofMinutes(holdMinutes), NoData.PROMETHEUS);
  }

  @Test
  void templatesAskThePastAsTheyWouldHaveThen() {
    given("load", 0, 1, 1, 9, 9, 1, 1);
    given("tier", 0, 1, 1, 2, 3, 4, 5);
    AlertSpec spec = alert("High", "load > 5", 0).spec();
    AlertingRule rule =
        AlertingRule.of(
            spec,
            "load > 5",
            Map.of("tier", "{{ query \"tier\" | first | value }}"),
            Map.of("summary", "High in tier {{ query \"tier\" | first | value }}"));

    ReplayReport report = replay(List.of(rule), 0, 5);

    assertThat(report.incidents()).extracting(Incident::title).containsExactly("High in tier 2");
    assertThat(report.incidents().getFirst().alerts())
        .anyMatch(alert -> alert.contains("tier=\"2\""))
        .anyMatch(alert -> alert.contains("tier=\"3\""));
  }

  @Test
  void tellsWhichIncidentsWouldHaveOpenedWhenAndForHowLong() {
    given("load", 0, 1, 1, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1);

    ReplayReport report = replay(List.of(alert("High", "load > 5", 2)), 0, 11);

    assertThat(report.incidents()).hasSize(1);
    Incident incident = report.incidents().getFirst();
    assertThat(incident.openedAt()).isEqualTo(at(4));
    assertThat(incident.resolvedAt()).contains(at(7));
    assertThat(incident.severity()).isEqualTo(Severity.HIGH);
    assertThat(incident.title()).isEqualTo("High at 9");
    assertThat(incident.pages()).extracting(ReplayReport.Page::reason).containsOnly(Reason.OPENED);
    assertThat(report.evaluations()).isPositive();
  }

  @Test
  void whatWasPendingBeforeTheBeginIsKnown() {
    given("load", 0, 9, 9, 9, 9, 9, 9, 1, 1);

    ReplayReport report = replay(List.of(alert("High", "load > 5", 3)), 3, 7);

    assertThat(report.incidents()).extracting(Incident::openedAt).containsExactly(at(4));
  }

  @Test
  void theSameTroubleSoonAfterReopensTheSameIncident() {
    given("load", 0, 1, 9, 1, 9, 9, 1, 1, 1, 1);

    ReplayReport report = replay(List.of(alert("High", "load > 5", 0)), 0, 8);

    assertThat(report.incidents()).hasSize(1);
    assertThat(report.incidents().getFirst().pages())
        .extracting(ReplayReport.Page::reason)
        .containsExactly(Reason.OPENED, Reason.REOPENED);
  }

  @Test
  void recordedSeriesReplaceTheStoredOnesAndComeBeforeTheirReaders() {
    given("load", 0, 9, 9, 9, 9, 9);
    given("load:half", 0, 0, 0, 0, 0, 0);
    List<Rule> rules =
        List.of(
            alert("High", "load:quarter > 2", 0),
            RecordingRule.of("q", "load:quarter", "load:half / 2", Map.of()),
            RecordingRule.of("h", "load:half", "load / 2", Map.of()));

    assertThat(replay(rules, 0, 4).incidents()).hasSize(1);
  }

  @Test
  void aRuleMayReadTheAlertsOfOthers() {
    given("load", 0, 1, 9, 9, 9, 1, 1);
    List<Rule> rules =
        List.of(
            alert("Inhibitor", "ALERTS{alertname!=\"Inhibitor\", alertstate=\"firing\"}", 0),
            alert("High", "load > 5", 1));

    ReplayReport report = replay(rules, 0, 5);

    assertThat(report.incidents())
        .extracting(incident -> incident.group() + " " + incident.openedAt())
        .contains("0:{alertname=\"Inhibitor\"} " + at(2));
  }

  @Test
  void noDataKeepsOrEndsAnAlertAsTheRuleSays() {
    given("load", 0, 9, 9);

    ReplayReport keep =
        replay(List.of(alert("High", "load > 5", Duration.ZERO, NoData.KEEP)), 0, 30);
    ReplayReport end = replay(List.of(alert("High", "load > 5", 0)), 0, 30);

    assertThat(keep.incidents().getFirst().resolvedAt()).isEmpty();
    assertThat(end.incidents().getFirst().resolvedAt()).contains(at(6));
  }

  @Test
  void comparesPagesBeforeAndAfterAChangeOfRules() {
    given("load", 0, 1, 6, 6, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 9, 9, 1, 1);
    ReplayReport before = replay(List.of(alert("High", "load > 5", 0)), 0, 18);
    ReplayReport after = replay(List.of(alert("High", "load > 7", 1)), 0, 18);

    ReplayComparison comparison = ReplayComparison.of(before, after);

    assertThat(comparison.pagesBefore()).isEqualTo(2);
    assertThat(comparison.pagesAfter()).isEqualTo(1);
    assertThat(comparison.added()).isEmpty();
    assertThat(comparison.lost()).extracting(change -> change.page().at()).containsExactly(at(1));
    assertThat(comparison.moved())
        .extracting(move -> move.before().at() + " " + move.after().at())
        .containsExactly(at(15) + " " + at(16));
  }

  @Test
  void tellsWhatFailedAndWhatIsQuiet() {
    given("load", 0, 1, 1, 1);
    List<Rule> rules =
        List.of(
            alert("Quiet", "load > 5", 0),
            alert("Broken", "load * on(x) group_left(__name__) {__name__=~\"lo.*\"} > 0", 0));

    ReplayReport report = replay(rules, 0, 2);

    assertThat(report.quiet()).contains("Quiet");
  }

  @Test
  void isBounded() {
    List<RuleGroup> groups = List.of(group(List.of(alert("High", "load > 5", 0))));
    Replay replay = replay(QueryLimits.DEFAULT);
    assertThatThrownBy(() -> replay.run(groups, at(0), at(0)))
        .isInstanceOf(RuleProblem.class)
        .hasMessageContaining("expected a time after");
    assertThatThrownBy(() -> replay.run(groups, at(0), at(60 * 24 * 32)))
        .hasMessageContaining("at most 31 days");
    given("load", 0, 1, 1, 1);
    Replay stopped = replay(QueryLimits.DEFAULT.withStop(() -> true));
    assertThatThrownBy(() -> stopped.run(groups, at(0), at(2))).isInstanceOf(QueryProblem.class);
  }

  @Test
  void backfillWritesWhatWouldHaveBeenRecorded() {
    given("load", 0, 2, 4, 6, 8);
    var written = new ArrayList<String>();

    int rules =
        new Backfill(history, QueryLimits.DEFAULT)
            .run(
                List.of(
                    group(
                        List.of(
                            RecordingRule.of("q", "load:quarter", "load:half / 2", Map.of()),
                            RecordingRule.of("h", "load:half", "load / 2", Map.of("by", "hand"))))),
                at(0),
                at(3),
                batch -> {
                  for (int i = 0; i < batch.size(); i++) {
                    written.add(
                        batch.labels(i)
                            + " "
                            + batch.timestamp(i) / 60_000 % 1440
                            + " "
                            + batch.value(i));
                  }
                });

    assertThat(rules).isEqualTo(2);
    assertThat(written)
        .contains(
            "load:half{by=\"hand\"} 1 2.0",
            "load:half{by=\"hand\"} 3 4.0",
            "load:quarter{by=\"hand\"} 2 1.5");
  }

  /** The same alerts at the same times as when every rule is evaluated step by step. */
  @Property(tries = 20)
  void replaysWhatTheLiveRoadWouldHaveFound(@ForAll long seed) {
    var random = new Random(seed);
    var values = new double[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = i > 0 && random.nextInt(4) > 0 ? values[i - 1] : random.nextInt(10);
    }
    given("load", 0, values);
    AlertingRule rule =
        alert("High", "avg_over_time(load[3m]) > 5", Duration.ofMinutes(2), NoData.KEEP);

    var expected = new ArrayList<String>();
    var tracker = new AlertTracker();
    var evaluator = new RuleEvaluator(history, QueryLimits.DEFAULT, Site.NONE);
    Alerts alerts = Alerts.NONE;
    boolean fired = false;
    for (int minute = -1; minute < 200; minute++) {
      alerts =
          tracker
              .advance(
                  alerts,
                  List.of(evaluator.evaluate(group(List.of(rule)), rule, at(minute))),
                  at(minute))
              .next();
      boolean fires = !alerts.firing().isEmpty();
      if (fires != fired) {
        expected.add((fires ? "on " : "off ") + at(minute));
      }
      fired = fires;
    }

    var found = new ArrayList<String>();
    for (Incident incident :
        new Replay(
                history,
                QueryLimits.DEFAULT,
                alert -> new GroupKey("0", Labels.of("at", alert.activeSince().toString())),
                SeverityPolicy.OWNERS,
                Site.NONE,
                ModelHistory.none())
            .run(List.of(group(List.of(rule))), at(0), at(199))
            .incidents()) {
      found.add("on " + incident.openedAt());
      incident.resolvedAt().ifPresent(end -> found.add("off " + end));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void driftRulesAreReplayedOverWhatIsKeptOfModels() {
    Instant begin = START.plus(Duration.ofHours(2));
    var replay =
        new Replay(
            history,
            QueryLimits.DEFAULT,
            alert -> new GroupKey("0", alert.labels().keep(List.of("model"))),
            SeverityPolicy.OWNERS,
            Site.NONE,
            new StatedModels(List.of(StatedFinding.ranker(begin))));
    RuleGroup drift =
        RuleFiles.read(
                Yaml.read(
                    "groups: [{name: g, rules: [{alert: Drift, drift: {model: ranker}}]}]",
                    "r.yaml",
                    Secrets.none()),
                Duration.ofMinutes(1))
            .groups()
            .getFirst();
    ReplayReport report = replay.run(List.of(drift), START, START.plus(Duration.ofHours(12)));

    assertThat(report.fired()).containsEntry("Drift", 1);
    assertThat(report.incidents()).hasSize(1);
    assertThat(report.incidents().getFirst().openedAt())
        .as("the second window after the change at 06:00")
        .isEqualTo(START.plus(Duration.ofHours(8)));
    assertThat(report.skipped().getFirst()).contains("kept since " + begin);
  }
}
