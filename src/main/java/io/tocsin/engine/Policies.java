package io.tocsin.engine;

import io.tocsin.incident.CorrelationPolicy;
import io.tocsin.incident.Publication;
import io.tocsin.incident.SeverityPolicy;
import io.tocsin.notify.EscalationPolicies;
import io.tocsin.notify.OnCall;
import io.tocsin.notify.Receivers;
import io.tocsin.notify.RoutingTree;
import io.tocsin.notify.TeamPlan;

/**
 * Everything configured that the road decides by.
 *
 * @param severities what each severity owes
 * @param publication what the public may see
 * @param routes who hears of which alert
 * @param receivers how each is reached
 * @param escalation who is told next
 * @param onCall who carries the pager
 * @param correlation when two incidents look like one
 * @param team who is called into which role
 */
public record Policies(
    SeverityPolicy severities,
    Publication publication,
    RoutingTree routes,
    Receivers receivers,
    EscalationPolicies escalation,
    OnCall onCall,
    CorrelationPolicy correlation,
    TeamPlan team) {

  /** Where people decide what belongs together and who does what. */
  public Policies(
      SeverityPolicy severities,
      Publication publication,
      RoutingTree routes,
      Receivers receivers,
      EscalationPolicies escalation,
      OnCall onCall) {
    this(
        severities,
        publication,
        routes,
        receivers,
        escalation,
        onCall,
        CorrelationPolicy.DEFAULT,
        TeamPlan.NONE);
  }
}
