package io.tocsin.statuspage;

import java.util.Optional;

/**
 * A listed component with its state and its past.
 *
 * @param spec as configured
 * @param state now
 * @param uptime the last 90 days
 * @param response how fast it answered lately, where the page may show it
 */
public record ComponentView(
    PageSpec.Component spec,
    ComponentState state,
    Uptime uptime,
    Optional<ResponseCurve> response) {}
