package io.tocsin.web;

import io.tocsin.runbook.Runbook;
import io.tocsin.runbook.RunbookShelf.Votes;

/**
 * A line of the list of runbooks.
 *
 * @param excerpt where the searched words stand; empty without a search
 * @param votes how many found it helpful
 * @param stale nobody has reviewed it for too long
 */
public record RunbookRow(Runbook page, String excerpt, Votes votes, boolean stale) {}
