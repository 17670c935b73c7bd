package io.tocsin.statuspage;

import io.tocsin.incident.Incident;
import io.tocsin.slo.DayUptime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes the public page from what is known inside. What goes out: names of listed components,
 * states, severities in customers' words, public updates, planned work. Nothing else.
 */
public final class Publication {

  private Publication() {}

  /** The page for this input; {@code now} decides what is past, under way and ahead. */
  public static PageSnapshot derive(PageSpec spec, PageInput input, Instant now) {
    List<PublicIncident> incidents =
        input.incidents().stream()
            .filter(Incident::published)
            .filter(incident -> !spec.hides(incident.components()))
            .map(incident -> told(incident, input, spec, now))
            .sorted(Comparator.comparing(PublicIncident::startedAt).reversed())
            .toList();
    List<PublicIncident> open = incidents.stream().filter(PublicIncident::open).toList();
    List<PlannedWork> maintenance =
        input.maintenance().stream()
            .map(work -> PlannedWork.of(work, input.steps(), spec, now))
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing(PlannedWork::startsAt))
            .toList();
    List<ComponentView> components =
        spec.components().stream()
            .map(component -> view(component, input, open, maintenance, now))
            .toList();
    return new PageSnapshot(
        spec,
        Overall.of(components, open),
        components,
        open,
        incidents.stream().filter(incident -> recent(incident, now)).toList(),
        maintenance,
        input.asOf());
  }

  private static PublicIncident told(
      Incident incident, PageInput input, PageSpec spec, Instant now) {
    Optional<String> summary = Optional.ofNullable(input.summaries().get(incident.id()));
    return PublicIncident.of(incident, summary, spec, now);
  }

  private static boolean recent(PublicIncident incident, Instant now) {
    return incident
        .resolvedAt()
        .filter(end -> end.isAfter(now.minus(PageSnapshot.KEPT)))
        .isPresent();
  }

  private static ComponentView view(
      PageSpec.Component component,
      PageInput input,
      List<PublicIncident> open,
      List<PlannedWork> maintenance,
      Instant now) {
    ComponentState state = input.checks().getOrDefault(component.name(), ComponentState.UNKNOWN);
    if (maintenance.stream().anyMatch(work -> work.active() && hits(work, component))) {
      state = ComponentState.UNDER_MAINTENANCE;
    }
    for (PublicIncident incident : open) {
      if (incident.components().contains(component)) {
        state = Overall.worst(state, incident.impact());
      }
    }
    List<DayUptime> days = input.days().getOrDefault(component.name(), List.of());
    Optional<ResponseCurve> response =
        component.responseTime()
            ? Optional.ofNullable(input.responses().get(component.name()))
            : Optional.empty();
    return new ComponentView(component, state, Uptime.of(days, PageSnapshot.dateOf(now)), response);
  }

  private static boolean hits(PlannedWork work, PageSpec.Component component) {
    return work.components().isEmpty() || work.components().contains(component);
  }
}
