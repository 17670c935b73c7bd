package io.tocsin;

import io.tocsin.access.AccountStore;
import io.tocsin.access.AuditLog;
import io.tocsin.access.SessionStore;
import io.tocsin.access.TokenStore;
import io.tocsin.alert.HeldAlertStore;
import io.tocsin.check.CheckResultStore;
import io.tocsin.check.CheckStateStore;
import io.tocsin.experiment.ExperimentStore;
import io.tocsin.explain.EpisodeStore;
import io.tocsin.incident.ChangeEventStore;
import io.tocsin.incident.HookLedger;
import io.tocsin.incident.IncidentStore;
import io.tocsin.notify.Outbox;
import io.tocsin.oncall.ShiftOverrideStore;
import io.tocsin.postgres.Database;
import io.tocsin.postgres.PostgresAccounts;
import io.tocsin.postgres.PostgresAudit;
import io.tocsin.postgres.PostgresChangeEvents;
import io.tocsin.postgres.PostgresCheckResults;
import io.tocsin.postgres.PostgresCheckStates;
import io.tocsin.postgres.PostgresEpisodes;
import io.tocsin.postgres.PostgresExperiments;
import io.tocsin.postgres.PostgresFindings;
import io.tocsin.postgres.PostgresHeldAlerts;
import io.tocsin.postgres.PostgresHookLedger;
import io.tocsin.postgres.PostgresIncidents;
import io.tocsin.postgres.PostgresMaintenance;
import io.tocsin.postgres.PostgresMaintenanceSteps;
import io.tocsin.postgres.PostgresOutbox;
import io.tocsin.postgres.PostgresRunbooks;
import io.tocsin.postgres.PostgresSessions;
import io.tocsin.postgres.PostgresShiftOverrides;
import io.tocsin.postgres.PostgresSilences;
import io.tocsin.postgres.PostgresTokens;
import io.tocsin.postgres.PostgresUptime;
import io.tocsin.rule.drift.FindingStore;
import io.tocsin.runbook.RunbookShelf;
import io.tocsin.silence.MaintenanceStepStore;
import io.tocsin.silence.MaintenanceStore;
import io.tocsin.silence.SilenceStore;
import io.tocsin.slo.UptimeStore;

/** The durable side of every port. */
record Stores(
    Outbox outbox,
    IncidentStore incidents,
    SilenceStore silences,
    MaintenanceStore maintenances,
    MaintenanceStepStore maintenanceSteps,
    ExperimentStore experiments,
    EpisodeStore episodes,
    HeldAlertStore held,
    ChangeEventStore changes,
    HookLedger hooks,
    ShiftOverrideStore overrides,
    CheckResultStore results,
    CheckStateStore states,
    UptimeStore uptime,
    TokenStore tokens,
    AccountStore accounts,
    SessionStore sessions,
    AuditLog audit,
    RunbookShelf runbooks,
    FindingStore findings) {

  static Stores in(Foundation foundation) {
    Database database = foundation.database();
    return new Stores(
        new PostgresOutbox(database, foundation.node(), foundation.leadership()),
        new PostgresIncidents(database),
        new PostgresSilences(database),
        new PostgresMaintenance(database),
        new PostgresMaintenanceSteps(database),
        new PostgresExperiments(database),
        new PostgresEpisodes(database),
        new PostgresHeldAlerts(database),
        new PostgresChangeEvents(database),
        new PostgresHookLedger(database),
        new PostgresShiftOverrides(database),
        new PostgresCheckResults(database),
        new PostgresCheckStates(database),
        new PostgresUptime(database),
        new PostgresTokens(database),
        new PostgresAccounts(database),
        new PostgresSessions(database),
        new PostgresAudit(database),
        new PostgresRunbooks(database),
        new PostgresFindings(database));
  }
}
