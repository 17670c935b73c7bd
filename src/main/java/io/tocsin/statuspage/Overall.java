package io.tocsin.statuspage;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The page in one line: the worst of all components and open incidents.
 *
 * @param state the worst state
 * @param headline for the banner: {@code Partial outage: Payment API}
 */
public record Overall(ComponentState state, String headline) {

  /** How bad a state is for somebody who looks at the page: not to know is worse than to plan. */
  static final Comparator<ComponentState> BADNESS = Comparator.comparingInt(Overall::badness);

  private static final int NAMED = 3;

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
      return new Overall(ComponentState.UNKNOWN, "No components are listed yet");
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
    return new Overall(state, headline(state, names, components.size()));
  }

  private static String headline(ComponentState state, List<String> names, int total) {
    boolean all = names.size() == total;
    return switch (state) {
      case OPERATIONAL -> "All systems operational";
      case UNDER_MAINTENANCE -> "Planned maintenance" + where(names, all);
      case UNKNOWN ->
          all
              ? "The state of our systems is not known at the moment"
              : "State not known at the moment" + where(names, all);
      case DEGRADED_PERFORMANCE, PARTIAL_OUTAGE, MAJOR_OUTAGE ->
          PublicWords.state(state) + where(names, all);
    };
  }

  private static String where(List<String> names, boolean all) {
    if (names.isEmpty()) {
      return "";
    }
    if (all && names.size() > 1) {
      return " of all systems";
    }
    return ": " + (names.size() > NAMED ? names.size() + " systems" : PublicWords.list(names));
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
