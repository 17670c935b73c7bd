package io.tocsin.statuspage;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The page in one line: the worst of all components and open incidents.
 *
 * @param state the worst state
 * @param names the components in it, in the page's order
 * @param total how many components are listed
 */
public record Overall(ComponentState state, List<String> names, int total) {

  /** How bad a state is for somebody who looks at the page: not to know is worse than to plan. */
  static final Comparator<ComponentState> BADNESS = Comparator.comparingInt(Overall::badness);

  /** More components than this are counted, not named. */
  static final int NAMED = 3;

  public Overall {
    names = List.copyOf(names);
  }

  /** Whether every listed component is in this state. */
  boolean all() {
    return names.size() == total;
  }

  /** For the banner, in English: {@code Partial outage: Payment API}. */
  public String headline() {
    return PublicWords.ENGLISH.headline(this);
  }

  private static int badness(ComponentState state) {
    return switch (state) {
      case OPERATIONAL -> 0;
      case UNDER_MAINTENANCE -> 1;
      case UNKNOWN -> 2;
      case DEGRADED_PERFORMANCE -> 3;
      case PARTIAL_OUTAGE -> 4;
      case MAJOR_OUTAGE -> 5;
    };
  }

  static ComponentState worst(ComponentState a, ComponentState b) {
    return BADNESS.compare(a, b) >= 0 ? a : b;
  }

  static Overall of(List<ComponentView> components, List<PublicIncident> open) {
    if (components.isEmpty() && open.isEmpty()) {
      return new Overall(ComponentState.UNKNOWN, List.of(), 0);
    }
    ComponentState state =
        Stream.concat(
                components.stream().map(ComponentView::state),
                open.stream().map(PublicIncident::impact))
            .max(BADNESS)
            .orElse(ComponentState.UNKNOWN);
    List<String> names =
        components.stream()
            .filter(component -> component.state() == state)
            .map(component -> component.spec().name())
            .toList();
    return new Overall(state, names, components.size());
  }

  /** The indicator of the Statuspage API: none, minor, major, critical, maintenance. */
  String indicator() {
    return switch (state) {
      case OPERATIONAL, UNKNOWN -> "none";
      case UNDER_MAINTENANCE -> "maintenance";
      case DEGRADED_PERFORMANCE -> "minor";
      case PARTIAL_OUTAGE -> "major";
      case MAJOR_OUTAGE -> "critical";
    };
  }

  /** The description that goes with the indicator, in the words Statuspage's readers know. */
  String description() {
    return switch (state) {
      case OPERATIONAL -> "All Systems Operational";
      case UNDER_MAINTENANCE -> "Service Under Maintenance";
      case DEGRADED_PERFORMANCE -> "Minor Service Outage";
      case PARTIAL_OUTAGE -> "Partial System Outage";
      case MAJOR_OUTAGE -> "Major Service Outage";
      case UNKNOWN -> "Status Unknown";
    };
  }
}
