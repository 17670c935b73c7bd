package io.tocsin.notify;

import io.tocsin.alert.Severity;
import io.tocsin.incident.GroupKey;
import io.tocsin.incident.IncidentId;
import java.time.Instant;
import java.util.Optional;

/**
 * One group as one destination sees it: what it was told, when it will hear next, and why then.
 *
 * @param incident whose group it is
 * @param number the incident's, for people
 * @param title the incident's
 * @param severity the incident's
 * @param group what belongs together
 * @param destination who is told
 * @param dedupKey what the destination groups by
 * @param reason why it is told at all: its route, or an escalation step
 * @param alerts how many of the group's alerts fire
 * @param lastSentAt when the last message was planned; empty when it was told nothing yet
 * @param nextAt when the next message goes out if nothing else happens; empty when none would
 * @param why what {@code nextAt} waits for, or why nothing is to come
 */
public record GroupView(
    IncidentId incident,
    long number,
    String title,
    Severity severity,
    GroupKey group,
    Destination destination,
    String dedupKey,
    String reason,
    int alerts,
    Optional<Instant> lastSentAt,
    Optional<Instant> nextAt,
    String why) {}
