package io.tocsin.settings;

import io.tocsin.oncall.Layer;
import io.tocsin.oncall.Rotation;
import io.tocsin.oncall.Schedule;
import io.tocsin.oncall.Shift;
import io.tocsin.oncall.WeekWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads one schedule: its layers, their rotations and restrictions. */
final class ScheduleSettings {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final LocalTime HAND_OFF = LocalTime.of(9, 0);
  private static final DateTimeFormatter SPOKEN =
      DateTimeFormatter.ofPattern("EEEE HH:mm", Locale.ENGLISH);

  private enum Gaps {
    REFUSED,
    ALLOWED
  }

  private enum Kind {
    DAILY,
    WEEKLY,
    CUSTOM
  }

  private final Section section;
  private final ZoneId zone;
  private final Set<String> people;

  private ScheduleSettings(Section section, ZoneId zone, Set<String> people) {
    this.section = section;
    this.zone = zone;
    this.people = people;
  }

  static Schedule read(Section section, Set<String> people) {
    ZoneId zone = WrittenTimes.zone(section, "time_zone");
    return new ScheduleSettings(section, zone, people).read();
  }

  private Schedule read() {
    String name = section.string("name");
    var layers = new ArrayList<Layer>();
    for (Section layer : section.sections("layers")) {
      layers.add(layer(layer, "layer " + (layers.size() + 1)));
    }
    if (layers.isEmpty()) {
      throw section.problem("layers", "at least one layer");
    }
    boolean gapsAllowed = section.choice("gaps", Gaps.class, Gaps.REFUSED) == Gaps.ALLOWED;
    var schedule = new Schedule(name, zone, layers, gapsAllowed);
    if (!gapsAllowed) {
      schedule.gap().ifPresent(this::refuse);
    }
    section.done();
    return schedule;
  }

  private void refuse(Shift gap) {
    throw section.problem(
        "layers",
        "nobody on call from "
            + SPOKEN.format(gap.start().atZone(zone))
            + " to "
            + SPOKEN.format(gap.end().atZone(zone))
            + " "
            + zone,
        "somebody at every time, or gaps: allowed");
  }

  private Layer layer(Section layer, String usualName) {
    List<String> names = layer.strings("people");
    if (names.isEmpty()) {
      throw layer.problem("people", "at least one person");
    }
    names.forEach(name -> KnownTargets.require(layer, "people", name, people));
    Duration length = length(layer);
    LocalDateTime start =
        WrittenTimes.parsed(
                layer,
                "start",
                "a hand-off such as 2026-01-05T09:00",
                text -> LocalDateTime.parse(text.replace(' ', 'T')))
            .orElse(LocalDateTime.of(2026, 1, 5, HAND_OFF.getHour(), 0));
    LocalTime handOff =
        WrittenTimes.parsed(layer, "hand_off", "a time such as 09:00", LocalTime::parse)
            .orElse(start.toLocalTime());
    var read =
        new Layer(
            layer.string("name", usualName),
            new Rotation(names, start.toLocalDate().atTime(handOff), length, zone),
            restrictions(layer),
            instant(layer, "from"),
            instant(layer, "until"));
    layer.done();
    return read;
  }

  private static Duration length(Section layer) {
    Kind kind =
        layer.choice("rotation", Kind.class, layer.has("shift") ? Kind.CUSTOM : Kind.WEEKLY);
    if (kind != Kind.CUSTOM && layer.has("shift")) {
      throw layer.problem("shift", "no shift beside rotation: daily or weekly");
    }
    Duration length =
        switch (kind) {
          case DAILY -> DAY;
          case WEEKLY -> WEEK;
          case CUSTOM -> layer.duration("shift");
        };
    if (length.compareTo(Rotation.SHORTEST) < 0 || length.compareTo(Rotation.LONGEST) > 0) {
      throw layer.problem("shift", "1h to 366d");
    }
    return length;
  }

  private Optional<Instant> instant(Section layer, String key) {
    return WrittenTimes.parsed(
        layer,
        key,
        "a time such as 2026-01-31T12:00:00Z or 2026-01-31T12:00",
        text -> {
          try {
            return Instant.parse(text);
          } catch (DateTimeParseException local) {
            return LocalDateTime.parse(text.replace(' ', 'T')).atZone(zone).toInstant();
          }
        });
  }

  private static List<WeekWindow> restrictions(Section layer) {
    var windows = new ArrayList<WeekWindow>();
    for (Section restriction : layer.sections("restrictions")) {
      windows.addAll(WrittenTimes.windows(restriction));
    }
    return windows;
  }
}
