package io.tocsin.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.AccountStore;
import io.tocsin.access.AccountStoreContract;
import io.tocsin.access.AuditLog;
import io.tocsin.access.AuditLogContract;
import io.tocsin.access.LoginSession;
import io.tocsin.access.SessionStore;
import io.tocsin.access.SessionStoreContract;
import io.tocsin.access.TokenStore;
import io.tocsin.access.TokenStoreContract;
import io.tocsin.alert.HeldAlertStore;
import io.tocsin.alert.HeldAlertStoreContract;
import io.tocsin.check.Cause;
import io.tocsin.check.CheckDefinitionStore;
import io.tocsin.check.CheckDefinitionStoreContract;
import io.tocsin.check.CheckObservation;
import io.tocsin.check.CheckResult;
import io.tocsin.check.CheckResultStore;
import io.tocsin.check.CheckResultStoreContract;
import io.tocsin.check.CheckStateStore;
import io.tocsin.check.CheckStateStoreContract;
import io.tocsin.check.Outcome;
import io.tocsin.check.Verdict;
import io.tocsin.experiment.ExperimentStore;
import io.tocsin.experiment.ExperimentStoreContract;
import io.tocsin.explain.EpisodeStore;
import io.tocsin.explain.EpisodeStoreContract;
import io.tocsin.incident.ChangeEvent;
import io.tocsin.incident.IncidentId;
import io.tocsin.label.Matcher;
import io.tocsin.model.ModelStore;
import io.tocsin.model.ModelStoreContract;
import io.tocsin.notify.Destination;
import io.tocsin.oncall.ShiftOverrideStore;
import io.tocsin.oncall.ShiftOverrideStoreContract;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.FollowUpStore;
import io.tocsin.postmortem.FollowUpStoreContract;
import io.tocsin.postmortem.Postmortem;
import io.tocsin.postmortem.PostmortemStore;
import io.tocsin.postmortem.PostmortemStoreContract;
import io.tocsin.postmortem.UnsavedTexts;
import io.tocsin.postmortem.UnsavedTextsContract;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.rule.drift.FindingStoreContract;
import io.tocsin.runbook.RunbookShelf;
import io.tocsin.runbook.RunbookShelfContract;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceStep;
import io.tocsin.silence.Silence;
import io.tocsin.silence.SilenceStore;
import io.tocsin.silence.SilenceStoreContract;
import io.tocsin.slo.UptimeStore;
import io.tocsin.slo.UptimeStoreContract;
import io.tocsin.view.SavedViews;
import io.tocsin.view.SavedViewsContract;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class PostgresStoresTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Database database;

  PostgresStoresTest(Database database) {
    this.database = database;
  }

  private Database empty(String... tables) {
    database
        .jdbi()
        .useHandle(handle -> handle.execute("TRUNCATE " + String.join(", ", tables) + " CASCADE"));
    return database;
  }

  @Nested
  class Runbooks extends RunbookShelfContract {
    @Override
    protected RunbookShelf shelf() {
      return new PostgresRunbooks(empty("runbook", "runbook_vote"));
    }
  }

  @Nested
  class CheckResults extends CheckResultStoreContract {
    @Override
    protected CheckResultStore store() {
      return new PostgresCheckResults(empty("check_result"));
    }
  }

  @Nested
  class CheckDefinitions extends CheckDefinitionStoreContract {
    @Override
    protected CheckDefinitionStore store() {
      return new PostgresCheckDefinitions(empty("check_definition", "check_pause"));
    }
  }

  @Nested
  class CheckStates extends CheckStateStoreContract {
    @Override
    protected CheckStateStore store() {
      return new PostgresCheckStates(empty("check_state"));
    }
  }

  @Nested
  class Findings extends FindingStoreContract {
    @Override
    protected FindingStore store() {
      return new PostgresFindings(empty("drift_finding", "drift_standing"));
    }
  }

  @Nested
  class Experiments extends ExperimentStoreContract {
    @Override
    protected ExperimentStore store() {
      return new PostgresExperiments(empty("experiment"));
    }
  }

  @Nested
  class Uptime extends UptimeStoreContract {
    @Override
    protected UptimeStore store() {
      return new PostgresUptime(empty("check_day", "check_booked"));
    }
  }

  @Nested
  class Episodes extends EpisodeStoreContract {
    @Override
    protected EpisodeStore store() {
      return new PostgresEpisodes(empty("alert_episode"));
    }
  }

  @Nested
  class HeldAlerts extends HeldAlertStoreContract {
    @Override
    protected HeldAlertStore store() {
      return new PostgresHeldAlerts(empty("posted_alert"));
    }
  }

  @Nested
  class Silences extends SilenceStoreContract {
    @Override
    protected SilenceStore store() {
      return new PostgresSilences(empty("silence"));
    }
  }

  @Nested
  class Accounts extends AccountStoreContract {
    @Override
    protected AccountStore store() {
      return new PostgresAccounts(empty("account"));
    }
  }

  @Nested
  class LoginSessions extends SessionStoreContract {
    @Override
    protected SessionStore store() {
      empty("login_session", "account", "api_token");
      database
          .jdbi()
          .useHandle(
              handle -> {
                handle.execute(
                    "INSERT INTO account (id, name, role, created_at)"
                        + " VALUES ('a1', 'ada', 'admin', now())");
                handle.execute(
                    "INSERT INTO api_token (id, name, hash, scopes, created_at)"
                        + " VALUES ('00000001', 'ci', 'x', '{READ}', now())");
              });
      return new PostgresSessions(database);
    }

    @Override
    protected LoginSession.Holder person() {
      return new LoginSession.OfAccount("a1");
    }

    @Override
    protected LoginSession.Holder token() {
      return new LoginSession.OfToken("00000001");
    }
  }

  @Nested
  class Audit extends AuditLogContract {
    @Override
    protected AuditLog log() {
      return new PostgresAudit(empty("audit_log"));
    }
  }

  @Nested
  class Tokens extends TokenStoreContract {
    @Override
    protected TokenStore store() {
      return new PostgresTokens(empty("api_token"));
    }
  }

  @Nested
  class Models extends ModelStoreContract {
    @Override
    protected ModelStore store() {
      return new PostgresModels(empty("model_state"));
    }
  }

  @Nested
  class ShiftOverrides extends ShiftOverrideStoreContract {
    @Override
    protected ShiftOverrideStore store() {
      return new PostgresShiftOverrides(empty("shift_override"));
    }
  }

  @Nested
  class Unsaved extends UnsavedTextsContract {
    @Override
    protected UnsavedTexts store() {
      return new PostgresUnsavedTexts(withIncidents("i0123456789abcdef", "iffff"));
    }
  }

  @Nested
  class Views extends SavedViewsContract {
    @Override
    protected SavedViews store() {
      return new PostgresSavedViews(empty("saved_view"));
    }
  }

  @Nested
  class Postmortems extends PostmortemStoreContract {
    @Override
    protected PostmortemStore store() {
      return new PostgresPostmortems(withIncidents("i0123456789abcdef", "iffff"));
    }

    @Test
    void oneIsFoundByAnActionItemThatWasWrittenDownLater() {
      Database home = withIncidents("iffff");
      var id = new IncidentId("iffff");
      var store = new PostgresPostmortems(home);
      store.append(
          new Postmortem(
              id,
              1,
              Postmortem.Origin.EDITED,
              "ada",
              Instant.EPOCH,
              "# It was the network",
              List.of()));
      assertThat(store.search("rotate certificates", 10)).isEmpty();
      new PostgresFollowUps(home)
          .save(
              new ActionItem(
                  "a1",
                  id,
                  "Rotate the certificates by a timer",
                  ActionItem.Kind.PREVENT,
                  Optional.empty(),
                  Optional.empty(),
                  ActionItem.State.OPEN,
                  Optional.empty(),
                  "ada",
                  Instant.EPOCH));
      assertThat(store.search("rotate certificates", 10)).hasSize(1);
    }
  }

  @Nested
  class FollowUps extends FollowUpStoreContract {
    @Override
    protected FollowUpStore store() {
      return new PostgresFollowUps(withIncidents(INCIDENT.value()));
    }
  }

  @Nested
  class ThreadNames {
    @Test
    void theLastNameOfAConversationCounts() {
      var threads = new PostgresThreads(empty("channel_thread"));
      var ops = new Destination("ops", "slack", 0);
      assertThat(threads.find(ops, "i1")).isEmpty();
      threads.save(ops, "i1", "C1 1.0");
      threads.save(ops, "i1", "C1 2.0");
      threads.save(new Destination("ops", "slack", 1), "i1", "C2 1.0");
      assertThat(threads.find(ops, "i1")).contains("C1 2.0");
    }
  }

  private Database withIncidents(String... ids) {
    Database home = empty("incident", "postmortem", "action_item", "postmortem_review");
    home.jdbi()
        .useHandle(
            handle -> {
              for (String id : ids) {
                handle.execute(
                    "INSERT INTO incident (id, number, state, severity, title, published,"
                        + " opened_at, last_seq, document) VALUES (?, 1, 'OPEN', 'LOW', 'x', false,"
                        + " now(), 1, '{}')",
                    id);
              }
            });
    return home;
  }

  @Test
  void aKeyIsMadeOnceAndStays() {
    byte[] key = new PostgresKeys(empty("service_key")).of("links");
    assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
    assertThat(new PostgresKeys(database).of("links")).isEqualTo(key);
    assertThat(new PostgresKeys(database).of("other")).isNotEqualTo(key);
  }

  @Test
  void webhooksAreRememberedOnceAndForeignNamesAreLinked() {
    var ledger = new PostgresHookLedger(empty("hook_seen", "foreign_incident"));
    assertThat(ledger.takenAt("pagerduty", "w1")).isEmpty();
    ledger.taken("pagerduty", "w1", NOW);
    ledger.taken("pagerduty", "w1", NOW.plusSeconds(9));
    assertThat(ledger.takenAt("pagerduty", "w1")).contains(NOW);
    ledger.forget(NOW.plusSeconds(1));
    assertThat(ledger.takenAt("pagerduty", "w1")).isEmpty();
    var incident = new IncidentId("i0123456789");
    ledger.link("pagerduty", "PD1", incident);
    ledger.link("pagerduty", "PD1", incident);
    assertThat(ledger.incident("pagerduty", "PD1")).contains(incident);
    assertThat(ledger.incident("pagerduty", "PD2")).isEmpty();
    assertThat(ledger.foreignId("pagerduty", incident)).contains("PD1");
  }

  @Test
  void changesAreFoundByTheirTime() {
    var store = new PostgresChangeEvents(empty("change_event"));
    var deploy =
        new ChangeEvent(
            "c1",
            NOW,
            "ci",
            "Deploy 7",
            List.of("Web app"),
            Map.of("build", "7"),
            List.of(new ChangeEvent.Link("https://ci/7", "build")));
    store.save(deploy);
    store.save(deploy);
    assertThat(store.between(NOW, NOW.plusSeconds(1), 9)).containsExactly(deploy);
    assertThat(store.between(NOW.minusSeconds(1), NOW, 9)).isEmpty();
  }

  @Test
  void silencesAreKeptReplacedAndRemoved() {
    var store = new PostgresSilences(empty("silence"));
    var matchers = List.of(Matcher.of("job", Matcher.Op.REGEX, "a|b"), Matcher.equal("x", ""));
    var silence = new Silence("s1", matchers, NOW, NOW.plusSeconds(60), "ann", "quiet \"now\"");
    store.save(silence);
    Silence found = store.find("s1").orElseThrow();
    assertThat(found.matchers()).hasToString(matchers.toString());
    assertThat(found.comment()).isEqualTo(silence.comment());
    assertThat(store.endingAfter(NOW)).hasSize(1);
    store.save(silence.expired(NOW.plusSeconds(1)));
    assertThat(store.endingAfter(NOW.plusSeconds(1))).isEmpty();
    assertThat(store.remove("s1")).isTrue();
    assertThat(store.remove("s1")).isFalse();
    assertThat(store.find("s1")).isEmpty();
  }

  @Test
  void maintenanceIsKeptReplacedAndRemoved() {
    var store = new PostgresMaintenance(empty("maintenance"));
    var later = work("m1", 100);
    var sooner = work("m2", 50);
    store.save(later);
    store.save(sooner);
    assertThat(store.endingAfter(NOW)).containsExactly(sooner, later);
    store.save(work("m1", 10));
    assertThat(store.endingAfter(NOW)).containsExactly(work("m1", 10), sooner);
    assertThat(store.endingAfter(NOW.plusSeconds(75))).containsExactly(sooner);
    assertThat(store.remove("m1")).isTrue();
    assertThat(store.remove("m1")).isFalse();
  }

  @Test
  void responseTimesAreTheHourlyMediansOfWhatSucceeded() {
    Database database = empty("check_result");
    var results = new PostgresCheckResults(database);
    Instant hour = Instant.parse("2026-11-21T13:00:00Z");
    results.append(
        List.of(
            answered("web", hour.plusSeconds(1), 0.1, Outcome.SUCCESS),
            answered("web", hour.plusSeconds(2), 0.3, Outcome.SUCCESS),
            answered("api", hour.plusSeconds(3), 0.2, Outcome.SUCCESS),
            answered("web", hour.plusSeconds(4), 30, Outcome.FAILURE),
            answered("other", hour.plusSeconds(5), 9, Outcome.SUCCESS),
            answered("web", hour.plusSeconds(3601), 0.05, Outcome.SUCCESS)));
    assertThat(
            new PostgresResponseTimes(database)
                .medians(List.of("web", "api"), hour, hour.plusSeconds(7200)))
        .containsExactlyInAnyOrderEntriesOf(Map.of(hour, 200.0, hour.plusSeconds(3600), 50.0));
  }

  private static CheckObservation answered(
      String check, Instant at, double seconds, Outcome outcome) {
    var result =
        new CheckResult(
            check,
            "Web app",
            at,
            seconds,
            outcome,
            outcome == Outcome.SUCCESS
                ? Optional.empty()
                : Optional.of(new Cause(Cause.Side.TARGET, "refused")),
            "",
            Optional.empty(),
            OptionalInt.empty());
    return new CheckObservation(result, Verdict.UP, Verdict.UP);
  }

  @Test
  void aStepOfMaintenanceIsToldOnceAndGoesWithIt() {
    Database database = empty("maintenance", "maintenance_step");
    var works = new PostgresMaintenance(database);
    var steps = new PostgresMaintenanceSteps(database);
    works.save(work("m1", 100));
    var step = new MaintenanceStep("m1", MaintenanceStep.Kind.ANNOUNCED, NOW);
    assertThat(steps.tell(step)).isTrue();
    assertThat(steps.tell(step)).isFalse();
    assertThat(steps.tell(new MaintenanceStep("gone", MaintenanceStep.Kind.STARTED, NOW)))
        .isFalse();
    works.save(work("m1", 200));
    assertThat(steps.endingAfter(NOW)).containsExactly(step);
    assertThat(steps.endingAfter(NOW.plusSeconds(500))).isEmpty();
    works.remove("m1");
    assertThat(steps.endingAfter(NOW)).isEmpty();
  }

  private static Maintenance work(String id, int start) {
    return new Maintenance(
        id,
        "New disks",
        "We change disks.",
        List.of("Web app"),
        NOW.plusSeconds(start),
        NOW.plusSeconds(start + 60),
        "ann");
  }

  @Test
  void aReportMadeAgainReplacesTheOneOfItsModelAndDayAndOldOnesGo() {
    var reports = new PostgresModelReports(empty("model_report"));
    var day = java.time.LocalDate.parse("2026-03-01");
    var watch = io.tocsin.model.ModelWatch.of(io.tocsin.model.ModelSpec.of("ranker"), List.of());
    for (int back = 2; back >= 0; back--) {
      var report =
          io.tocsin.model.report.ReportWriter.write(
              watch, day.minusDays(back), java.time.ZoneOffset.UTC, NOW, List.of(), List.of());
      reports.keep(report);
      reports.keep(report);
      assertThat(reports.find("ranker", day.minusDays(back))).contains(report);
    }
    assertThat(reports.latest("ranker", day, 7))
        .extracting(io.tocsin.model.report.ModelReport::day)
        .containsExactly(day.minusDays(1), day.minusDays(2));
    reports.forget(day.minusDays(1));
    assertThat(reports.days("ranker")).containsExactly(day, day.minusDays(1));
    assertThat(reports.find("other", day)).isEmpty();
  }
}
