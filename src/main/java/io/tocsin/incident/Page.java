package io.tocsin.incident;

import java.time.Instant;

/**
 * Somebody the escalation calls.
 *
 * @param seq number of the event that called
 * @param step the step, 0 when called by a trigger
 * @param person who; empty text for a receiver as such
 * @param receiver by which receiver
 * @param raisedAt when the step was taken
 * @param due not before this instant, by the person's contact rules
 */
public record Page(
    long seq, int step, String person, String receiver, Instant raisedAt, Instant due) {}
