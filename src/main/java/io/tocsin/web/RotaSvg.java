package io.tocsin.web;

import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.Shift;
import io.tocsin.oncall.ShiftOverride;
import io.tocsin.template.Markup;
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

  private static final int DAYS = 7;
  private static final int LANE = 30;
  private static final int HEAD = 26;
  private static final int COLOURS = 6;

  private static final DateTimeFormatter AT =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

  /**
   * How much room there is.
   *
   * @param kind as the style sheet calls it
   * @param left where the lanes begin; no names before them when 0
   * @param layers whether layers and overrides have lanes of their own
   * @param day how a day is written
   */
  private record Room(String kind, int width, int left, boolean layers, DateTimeFormatter day) {

    static final Room DESK = new Room("wide", 960, 110, true, pattern("EEE d MMM"));
    static final Room BARE_DESK = new Room("wide", 960, 110, false, pattern("EEE d MMM"));
    static final Room PHONE = new Room("narrow", 360, 0, false, pattern("EEE d"));

    private static DateTimeFormatter pattern(String text) {
      return DateTimeFormatter.ofPattern(text, Locale.ENGLISH);
    }
  }

  private final Room room;
  private final Schedule schedule;
  private final Instant from;
  private final Instant to;
  private final List<String> people;
  private final StringBuilder svg = new StringBuilder();

  private RotaSvg(Room room, Schedule schedule, Instant from, Instant to) {
    this.room = room;
    this.schedule = schedule;
    this.from = from;
    this.to = to;
    this.people = new ArrayList<>(schedule.people());
  }

  /** Draws a week for a desk and for a phone; layers have lanes of their own only when asked. */
  static RotaView.Week draw(
      Schedule schedule,
      List<ShiftOverride> overrides,
      LocalDate first,
      boolean layers,
      Instant now) {
    Instant from = first.atStartOfDay(schedule.zone()).toInstant();
    Instant to = first.plusDays(DAYS).atStartOfDay(schedule.zone()).toInstant();
    Room desk = layers ? Room.DESK : Room.BARE_DESK;
    return new RotaView.Week(
        new RotaSvg(desk, schedule, from, to).drawn(overrides, first, now),
        new RotaSvg(Room.PHONE, schedule, from, to).drawn(overrides, first, now));
  }

  private String drawn(List<ShiftOverride> overrides, LocalDate first, Instant now) {
    int y = HEAD;
    if (room.layers) {
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
    days(first, y);
    if (!now.isBefore(from) && now.isBefore(to)) {
      svg.append("<path class=\"at\" d=\"M%s %dV%d\"/>".formatted(px(x(now)), HEAD - 4, y));
    }
    return """
    <svg class="rota %s" viewBox="0 0 %d %d" focusable="false" data-schedule="%s" \
    data-zone="%s" data-from="%d" data-to="%d" data-left="%d">%s</svg>\
    """
        .formatted(
            room.kind,
            room.width,
            y + 4,
            Markup.escape(schedule.name()),
            schedule.zone(),
            from.toEpochMilli(),
            to.toEpochMilli(),
            room.left,
            svg);
  }

  private void days(LocalDate first, int bottom) {
    for (int day = 0; day < DAYS; day++) {
      double x = x(first.plusDays(day).atStartOfDay(schedule.zone()).toInstant());
      svg.append("<path class=\"rule\" d=\"M%s 4V%d\"/>".formatted(px(x), bottom));
      svg.append(text("day", x + 6, 17, room.day.format(first.plusDays(day))));
    }
  }

  private void lane(String name, List<Shift> shifts, int y, boolean last) {
    if (room.left > 0) {
      svg.append(text(last ? "lane last" : "lane", 0, y + 19, name));
    }
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
              .formatted(
                  kind, px(x), y + 2, px(width), LANE - 4, Markup.escape(hint(shift, words))));
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
    return room.left + share * (room.width - room.left);
  }

  private static String px(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String text(String kind, double x, int y, String words) {
    return "<text class=\"%s\" x=\"%s\" y=\"%d\">%s</text>"
        .formatted(kind, px(x), y, Markup.escape(words));
  }

  /** What the pointer is told: a narrow bar has no room for it. */
  private String hint(Shift shift, String words) {
    return words
        + ", "
        + AT.format(shift.start().atZone(schedule.zone()))
        + " to "
        + AT.format(shift.end().atZone(schedule.zone()));
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
