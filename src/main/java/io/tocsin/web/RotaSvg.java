package io.tocsin.web;

import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.Shift;
import io.tocsin.oncall.ShiftOverride;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Days of a schedule as lanes: each layer, the overrides, and what comes out of them. */
final class RotaSvg {

  private static final int WIDTH = 960;
  private static final int LEFT = 110;
  private static final int LANE = 30;
  private static final int HEAD = 26;
  private static final int COLOURS = 6;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

  private final Schedule schedule;
  private final Instant from;
  private final Instant to;
  private final List<String> people;
  private final StringBuilder svg = new StringBuilder();

  private RotaSvg(Schedule schedule, Instant from, Instant to) {
    this.schedule = schedule;
    this.from = from;
    this.to = to;
    this.people = new ArrayList<>(schedule.people());
  }

  /** Draws so many days; layers of their own lanes only when asked for. */
  static String draw(
      Schedule schedule,
      List<ShiftOverride> overrides,
      LocalDate first,
      int days,
      boolean layers,
      Instant now) {
    Instant from = first.atStartOfDay(schedule.zone()).toInstant();
    Instant to = first.plusDays(days).atStartOfDay(schedule.zone()).toInstant();
    return new RotaSvg(schedule, from, to).drawn(overrides, first, days, layers, now);
  }

  private String drawn(
      List<ShiftOverride> overrides, LocalDate first, int days, boolean layers, Instant now) {
    int y = HEAD;
    if (layers) {
      for (var layer : schedule.layers()) {
        var alone = new Schedule(schedule.name(), schedule.zone(), List.of(layer), true);
        lane(layer.name(), alone.shifts(List.of(), from, to), y, false);
        y += LANE;
      }
      var nobody = new Schedule(schedule.name(), schedule.zone(), List.of(), true);
      lane("overrides", nobody.shifts(overrides, from, to), y, false);
      y += LANE;
    }
    lane("on call", schedule.shifts(overrides, from, to), y, true);
    y += LANE;
    for (int day = 0; day < days; day++) {
      double x = x(first.plusDays(day).atStartOfDay(schedule.zone()).toInstant());
      svg.append("<path class=\"rule\" d=\"M%s 4V%d\"/>".formatted(px(x), y));
      svg.append(text("day", x + 6, 17, DAY.format(first.plusDays(day))));
    }
    if (!now.isBefore(from) && now.isBefore(to)) {
      svg.append("<path class=\"at\" d=\"M%s 4V%d\"/>".formatted(px(x(now)), y));
    }
    return "<svg class=\"rota\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\" focusable=\"false\">%s</svg>"
        .formatted(WIDTH, y + 4, svg);
  }

  private void lane(String name, List<Shift> shifts, int y, boolean last) {
    svg.append(text(last ? "lane last" : "lane", 0, y + 19, name));
    for (Shift shift : shifts) {
      boolean override = shift.source() instanceof Shift.Source.OfOverride;
      if (shift.gap() && !last) {
        continue;
      }
      String words = shift.person().orElse("nobody") + (override && last ? " (override)" : "");
      double x = x(shift.start());
      double width = Math.max(2, x(shift.end()) - x - 2);
      String kind =
          shift.person().map(person -> "p" + colour(person)).orElse("gap")
              + (override ? " stepped" : "");
      svg.append(
          "<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" rx=\"4\"><title>%s</title></rect>"
              .formatted(kind, px(x), y + 2, px(width), LANE - 4, safe(hint(shift, words))));
      if (width > 16) {
        int fits = (int) ((width - 10) / 7);
        String shown = words.length() <= fits ? words : words.substring(0, Math.max(1, fits));
        svg.append(text(shift.gap() ? "name none" : "name", x + 6, y + 19, shown));
      }
    }
  }

  private int colour(String person) {
    if (!people.contains(person)) {
      people.add(person);
    }
    return people.indexOf(person) % COLOURS;
  }

  private double x(Instant at) {
    double share =
        (double) Duration.between(from, at).toMillis() / Duration.between(from, to).toMillis();
    return LEFT + share * (WIDTH - LEFT);
  }

  private static String px(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String text(String kind, double x, int y, String words) {
    return "<text class=\"%s\" x=\"%s\" y=\"%d\">%s</text>".formatted(kind, px(x), y, safe(words));
  }

  /** What the pointer is told: a narrow bar has no room for it. */
  private String hint(Shift shift, String words) {
    return words
        + ", "
        + AT.format(shift.start().atZone(schedule.zone()))
        + " to "
        + AT.format(shift.end().atZone(schedule.zone()));
  }

  private static String safe(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** In words, for the list below the drawing. */
  static String source(Shift shift, List<ShiftOverride> overrides) {
    return switch (shift.source()) {
      case Shift.Source.OfLayer layer -> "layer " + layer.layer();
      case Shift.Source.Gap gap -> "gap";
      case Shift.Source.OfOverride of -> {
        Optional<ShiftOverride> one =
            overrides.stream().filter(it -> it.id().equals(of.id())).findFirst();
        yield "override" + one.map(it -> " by " + it.author()).orElse("");
      }
    };
  }
}
