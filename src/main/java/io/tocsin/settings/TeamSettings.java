package io.tocsin.settings;

import io.tocsin.alert.Severity;
import io.tocsin.notify.TeamPlan;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads who is called into which role at which severity; what is left out is the owner's. */
final class TeamSettings {

  private TeamSettings() {}

  /** How people get a role. */
  private enum Assignment {
    FILL,
    PROPOSE,
    NONE
  }

  /**
   * Reads {@code team: {critical: {assign: fill, roles: {commander: [{role: manager}]}}}}.
   *
   * @param filled the on-call roles that somebody fills
   */
  static TeamPlan read(Section oncall, KnownTargets known, Set<String> filled) {
    Map<Severity, TeamPlan.Row> rows = new EnumMap<>(Severity.class);
    rows.putAll(TeamPlan.owners(filled).rows());
    Section section = oncall.part("team");
    for (Severity severity : Severity.values()) {
      Optional<Section> row = section.section(severity.label());
      if (row.isPresent()) {
        rows.compute(severity, (level, usual) -> row(row.get(), Optional.ofNullable(usual), known));
      }
    }
    section.done();
    rows.values().removeIf(row -> row.seats().isEmpty());
    return new TeamPlan(rows);
  }

  private static TeamPlan.Row row(Section row, Optional<TeamPlan.Row> usual, KnownTargets known) {
    Assignment otherwise =
        usual.filter(TeamPlan.Row::fill).isPresent() ? Assignment.FILL : Assignment.PROPOSE;
    Assignment assignment = row.choice("assign", Assignment.class, otherwise);
    var seats = new ArrayList<TeamPlan.Seat>();
    Optional<Section> roles = row.section("roles");
    if (roles.isEmpty()) {
      usual.ifPresent(it -> seats.addAll(it.seats()));
    } else {
      for (String role : roles.get().names()) {
        seats.add(new TeamPlan.Seat(role, known.targets(roles.get(), role)));
      }
      roles.get().done();
    }
    row.done();
    if (assignment == Assignment.NONE) {
      seats.clear();
    }
    return new TeamPlan.Row(assignment == Assignment.FILL, seats);
  }
}
