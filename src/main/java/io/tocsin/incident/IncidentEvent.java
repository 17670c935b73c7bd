package io.tocsin.incident;

import java.time.Instant;

/**
 * One line of an incident's timeline: append-only, numbered without gaps from 1 within its
 * incident. Timeline, audit, MTTA / MTTR, clocks and post-mortem all read these.
 */
public record IncidentEvent(
    IncidentId incident, long seq, Instant at, Actor actor, Change change) {}
