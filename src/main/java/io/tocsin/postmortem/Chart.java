package io.tocsin.postmortem;

/**
 * A drawing that a post-mortem refers to by its name.
 *
 * @param name file name, as in {@code chart-1.svg}
 * @param svg a whole SVG document
 */
public record Chart(String name, String svg) {}
