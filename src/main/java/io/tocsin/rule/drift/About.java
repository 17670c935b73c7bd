package io.tocsin.rule.drift;

import io.tocsin.label.Labels;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a finding says of its rule.
 *
 * @param id the rule's id
 * @param alert the rule's name
 * @param runbook name of a page
 * @param labels of the alert for a target at a level
 */
public record About(
    String id, String alert, Optional<String> runbook, BiFunction<Target, Level, Labels> labels) {}
