package io.tocsin.notify;

import io.tocsin.alert.Severity;
import io.tocsin.oncall.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who is called into which role of the response, by severity.
 *
 * @param rows by severity; a severity without a row gets no team
 */
public record TeamPlan(Map<Severity, Row> rows) {

  /** Nobody is called into a role. */
  public static final TeamPlan NONE = new TeamPlan(Map.of());

  /**
   * The team of a severity.
   *
   * @param fill whether the roles are filled at once; else people are proposed and take them
   * @param seats the roles, the most important first
   */
  public record Row(boolean fill, List<Seat> seats) {
    public Row {
      seats = List.copyOf(seats);
    }
  }

  /**
   * A role with those who may take it.
   *
   * @param role as {@code commander}
   * @param from whom it is taken from, in order of preference
   */
  public record Seat(String role, List<Target> from) {
    public Seat {
      from = List.copyOf(from);
    }
  }

  public TeamPlan {
    rows = Map.copyOf(rows);
  }

  /**
   * The owner's: a CRITICAL incident has a team at once, for a HIGH one it is proposed. Of the
   * on-call roles named here those that nobody fills are left out.
   */
  public static TeamPlan owners(Set<String> filled) {
    var critical = new ArrayList<Seat>();
    seat("commander", filled, critical, "manager", "l2", "l1");
    seat("operations", filled, critical, "engineering", "l1", "l2");
    seat("communications", filled, critical, "communications", "customer-success-lead", "social");
    seat("scribe", filled, critical, "scribe", "l1");
    var high = new ArrayList<Seat>();
    seat("commander", filled, high, "l2", "l1");
    seat("operations", filled, high, "l1", "engineering");
    seat("communications", filled, high, "communications", "customer-success-lead");
    return new TeamPlan(
        Map.of(Severity.CRITICAL, new Row(true, critical), Severity.HIGH, new Row(false, high)));
  }

  private static void seat(String role, Set<String> filled, List<Seat> into, String... names) {
    List<Target> from =
        List.of(names).stream().filter(filled::contains).<Target>map(Target.OfRole::new).toList();
    if (!from.isEmpty()) {
      into.add(new Seat(role, from));
    }
  }
}
