package io.tocsin.web;

import io.tocsin.alert.AlertView;
import io.tocsin.experiment.ExperimentStore;
import io.tocsin.explain.Witness;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentCommands;
import io.tocsin.incident.IncidentId;
import io.tocsin.incident.IncidentStore;
import io.tocsin.notify.Outbox;
import io.tocsin.postmortem.Evidence;
import io.tocsin.postmortem.Postmortems;
import io.tocsin.rule.drift.Finding;
import io.tocsin.silence.MaintenanceStore;
import io.tocsin.statuspage.SubscriberDesk;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Everything the operators' pages read and ask for.
 *
 * @param alerts from memory
 * @param incidents as committed
 * @param commands the door for people's commands
 * @param outbox the delivery ledger
 * @param maintenance planned work
 * @param experiments as kept
 * @param checks every check as it stands, never blocks
 * @param postmortems stories of incidents
 * @param evidence all that is known of an incident, to draft its story from; may block
 * @param findings what drift rules found for an incident's alerts; may block
 * @param models watched ones; its parts may block
 * @param witness what happened to an alert; may block
 * @param desk what an incident's page asks beside the incident
 * @param demo the simulated company, in the demo only
 * @param subscribers of the status page
 * @param publicAddress where the status page is, if it is told
 * @param work what people work with besides incidents
 */
public record ConsolePorts(
    AlertView alerts,
    IncidentStore incidents,
    IncidentCommands commands,
    Outbox outbox,
    MaintenanceStore maintenance,
    ExperimentStore experiments,
    Supplier<List<CheckRow>> checks,
    Postmortems postmortems,
    Function<IncidentId, Optional<Evidence>> evidence,
    Function<Incident, List<Finding>> findings,
    ModelPorts models,
    Witness witness,
    DeskPorts desk,
    Optional<DemoControls> demo,
    SubscriberDesk subscribers,
    Optional<String> publicAddress,
    Workbench work) {}
