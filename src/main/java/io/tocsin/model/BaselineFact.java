package io.tocsin.model;

import java.time.Instant;

/**
 * What the frozen reference was made of.
 *
 * @param frozenAt when it was frozen
 * @param source {@code upload} or {@code window}
 * @param rows rows it was made of
 */
public record BaselineFact(Instant frozenAt, String source, long rows) {}
