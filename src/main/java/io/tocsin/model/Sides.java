package io.tocsin.model;

import io.tocsin.drift.Reference;
import io.tocsin.drift.Window;

/**
 * The two sides of a drift question, ready to be compared, and what is known of each exactly.
 *
 * @param reference the distribution compared with; empty when nothing is frozen or known
 * @param window the current window
 * @param before facts of the reference
 * @param now facts of the current window
 */
public record Sides(Reference reference, Window window, Stretch before, Stretch now) {}
