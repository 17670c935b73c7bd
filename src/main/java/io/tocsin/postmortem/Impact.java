package io.tocsin.postmortem;

import io.tocsin.slo.ErrorBudget;
import io.tocsin.slo.StateSeconds;
import java.util.Optional;

/**
 * What the incident cost one component.
 *
 * @param seconds how the component spent the incident
 * @param budget the error budget of its period, if it has a target
 */
public record Impact(String component, StateSeconds seconds, Optional<ErrorBudget> budget) {}
