package io.tocsin.statuspage;

/**
 * A listed component with its state and its past.
 *
 * @param spec as configured
 * @param state now
 * @param uptime the last 90 days
 */
public record ComponentView(PageSpec.Component spec, ComponentState state, Uptime uptime) {}
