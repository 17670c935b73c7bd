package io.tocsin.model;

/** A stretch {@code [from, to)}, milliseconds since the epoch. */
record Span(long from, long to) {}
