package io.tocsin.experiment;

import java.time.Instant;

/** A unit that met its variant. */
public record Exposure(String unit, String variant, Instant at) {}
