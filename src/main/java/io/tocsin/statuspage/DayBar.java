package io.tocsin.statuspage;

import java.time.LocalDate;

/**
 * One day of one component as a bar.
 *
 * @param date the day (UTC)
 * @param state its colour: the worst state of the day
 * @param words what it says on focus: {@code 12 Nov: 14 min partial outage}
 */
public record DayBar(LocalDate date, ComponentState state, String words) {}
