package io.tocsin.oncall;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who carries one pager when: layers, each over the one before, and overrides over all of them.
 *
 * @param name unique among the schedules
 * @param zone in which people read it
 * @param layers the last one that has somebody at an instant counts
 * @param gapsAllowed whether there may be times at which nobody is on call
 */
public record Schedule(String name, ZoneId zone, List<Layer> layers, boolean gapsAllowed) {

  /** The longest interval that is laid out at once. */
  public static final Duration LONGEST = Duration.ofDays(400);

  /** How far a check for gaps looks: two weeks of restrictions. */
  private static final Duration CHECKED = Duration.ofDays(14);

  public Schedule {
    layers = List.copyOf(layers);
  }

  /**
   * The final schedule over {@code [from, to)}: stretches in order that cover it without overlap,
   * gaps among them.
   *
   * @param overrides those of this schedule count
   * @throws IllegalArgumentException when the interval is empty or longer than {@link #LONGEST}
   */
  public List<Shift> shifts(List<ShiftOverride> overrides, Instant from, Instant to) {
    Duration length = Duration.between(from, to);
    if (!length.isPositive() || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "interval: found " + length + ", expected more than nothing, at most " + LONGEST);
    }
    var canvas = new Canvas(from, to);
    layers.forEach(layer -> layer.paint(canvas));
    overrides.stream()
        .filter(override -> override.schedule().equals(name))
        .filter(override -> override.start().isBefore(to) && override.end().isAfter(from))
        .sorted(Comparator.comparing(ShiftOverride::createdAt).thenComparing(ShiftOverride::id))
        .forEach(override -> override.paint(canvas));
    return canvas.shifts();
  }

  /** Who is on call at an instant; empty in a gap. */
  public Optional<String> at(List<ShiftOverride> overrides, Instant at) {
    return shifts(overrides, at, at.plusMillis(1)).getFirst().person();
  }

  /**
   * The first time for which the layers, as they are once the last has begun, have nobody.
   * Rotations leave no gap, so the restrictions of two weeks tell; layers that end do not count.
   */
  public Optional<Shift> gap() {
    List<Layer> lasting = layers.stream().filter(layer -> layer.until().isEmpty()).toList();
    Instant from =
        lasting.stream()
            .flatMap(layer -> layer.from().stream())
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return new Schedule(name, zone, lasting, true)
        .shifts(List.of(), from, from.plus(CHECKED)).stream().filter(Shift::gap).findFirst();
  }

  /** Everybody who takes turns. */
  public Set<String> people() {
    var people = new LinkedHashSet<String>();
    layers.forEach(layer -> people.addAll(layer.rotation().people()));
    return people;
  }
}
