package io.tocsin.web;

import io.tocsin.http.ActionExport;
import io.tocsin.incident.ChangeEventStore;
import io.tocsin.incident.Clock;
import io.tocsin.incident.CorrelationPolicy;
import io.tocsin.incident.CostRate;
import io.tocsin.postmortem.ReviewDesk;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an incident's page asks beside the incident; anew each time, as a reload may change it.
 *
 * @param changes what others changed; blocks
 * @param correlation when two incidents look like one
 * @param cost what an hour of a responder costs, if somebody says so
 * @param reviews the review of post-mortems and what is to be done because of them; blocks
 * @param pausable clocks that people may make stand still; none unless configured
 * @param exports makes issues of action items; blocks
 */
public record DeskPorts(
    ChangeEventStore changes,
    Supplier<CorrelationPolicy> correlation,
    Supplier<Optional<CostRate>> cost,
    ReviewDesk reviews,
    Supplier<Set<Clock>> pausable,
    ActionExport exports) {}
