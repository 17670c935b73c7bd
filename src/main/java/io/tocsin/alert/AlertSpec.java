package io.tocsin.alert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the tracker must know of the rule behind an alert; kept with the alert, so that an alert
 * outlives an edit of its rule file.
 *
 * @param ruleId stable identity of the rule: {@code group file;group;index} or {@code check:name}
 * @param alertName the {@code alertname} label
 * @param holdFor how long a breach must last before it fires ({@code for})
 * @param keepFiringFor how long it goes on firing after the breach ended
 * @param severity the rule's own severity, if it names one; else the alert's label decides
 * @param runbook name of a page under {@code runbooks/}
 * @param impact names of the components it hits
 * @param noData what an empty world means
 */
public record AlertSpec(
    String ruleId,
    String alertName,
    Duration holdFor,
    Duration keepFiringFor,
    Optional<Severity> severity,
    Optional<String> runbook,
    List<String> impact,
    NoData noData) {

  public AlertSpec {
    impact = List.copyOf(impact);
  }

  /** A rule without any of the extras. */
  public static AlertSpec of(String ruleId, String alertName, Duration holdFor) {
    return new AlertSpec(
        ruleId,
        alertName,
        holdFor,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        NoData.PROMETHEUS);
  }
}
