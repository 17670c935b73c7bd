package io.tocsin.engine;

/**
 * What the engine did since it started.
 *
 * @param cycles times along the road
 * @param evaluations evaluations taken in
 * @param refused evaluations refused because too many waited
 * @param failedCycles cycles that ended in an error of our own; their inputs are lost
 * @param waiting evaluations and commands that wait now
 * @param unwritten commits that are not durable yet
 */
public record EngineCounts(
    long cycles, long evaluations, long refused, long failedCycles, int waiting, int unwritten) {}
