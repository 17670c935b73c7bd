package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.check.CheckResultStore;
import io.tocsin.explain.EpisodeStore;
import io.tocsin.http.CheckDesk;
import io.tocsin.http.QueryPool;
import io.tocsin.incident.ChangeEventStore;
import io.tocsin.incident.Incident;
import io.tocsin.oncall.Roster;
import io.tocsin.postmortem.AlertGraph;
import io.tocsin.postmortem.UnsavedTexts;
import io.tocsin.rule.RuleGroup;
import io.tocsin.runbook.RunbookShelf;
import io.tocsin.series.SeriesReader;
import io.tocsin.silence.SilenceBook;
import io.tocsin.slo.UptimeStore;
import io.tocsin.view.SavedViews;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What people work with in the console besides incidents themselves.
 *
 * @param environment what is watched from here, as in {@code production}
 * @param open the open incidents as the engine knows them; never blocks
 * @param roster who is on call; never blocks
 * @param rules the rules in force
 * @param took how long a group's last evaluation took
 * @param past runs rules over what is stored
 * @param silences sets and ends silences; blocks
 * @param episodes what alerts did; blocks
 * @param checks the checks there are, and what may be asked of them; blocks
 * @param latency how long a check's runs took lately
 * @param results what runs of checks found; blocks
 * @param uptime days of checks; blocks
 * @param reader samples
 * @param queries where people's queries compute
 * @param computations where longer things compute
 * @param graphs the series behind an alert until an instant; computes
 * @param changes what people changed; blocks
 * @param steps what the runbooks of an incident say is to be done; blocks
 * @param runbooks pages; blocks
 * @param unsaved texts of post-mortems that nobody has saved yet; blocks
 * @param views filters of lists that people saved; blocks
 */
public record Workbench(
    String environment,
    Supplier<List<Incident>> open,
    Supplier<Roster> roster,
    Supplier<List<RuleGroup>> rules,
    Function<RuleGroup, Duration> took,
    RulePast past,
    SilenceBook silences,
    EpisodeStore episodes,
    CheckDesk checks,
    Function<String, Optional<CheckRow.Latency>> latency,
    CheckResultStore results,
    UptimeStore uptime,
    SeriesReader reader,
    QueryPool queries,
    QueryPool computations,
    BiFunction<Alert, Instant, Optional<AlertGraph>> graphs,
    ChangeEventStore changes,
    Function<Incident, List<String>> steps,
    RunbookShelf runbooks,
    UnsavedTexts unsaved,
    SavedViews views) {}
