package io.tocsin.oncall;

import java.time.Duration;

/**
 * One page to come.
 *
 * @param person whom it is for; empty text for a receiver as such
 * @param receiver where it goes
 * @param after how long after the step, if nobody acknowledged by then
 */
public record Contact(String person, String receiver, Duration after) {}
