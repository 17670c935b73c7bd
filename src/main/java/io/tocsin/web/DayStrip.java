package io.tocsin.web;

import io.tocsin.slo.DayUptime;
import io.tocsin.slo.StateSeconds;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A month of a check, a bar a day, as a small drawing: height and colour by the worst of the day.
 */
final class DayStrip {

  static final int DAYS = 30;

  private static final int BAR = 5;

  private DayStrip() {}

  static String draw(List<DayUptime> days, Instant now) {
    Map<LocalDate, StateSeconds> known = new HashMap<>();
    days.forEach(day -> known.put(day.day(), day.seconds()));
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    var svg = new StringBuilder(2048);
    svg.append(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 150 22\""
                + " preserveAspectRatio=\"none\" width=\"150\"")
        .append(" height=\"22\">");
    for (int i = 0; i < DAYS; i++) {
      StateSeconds day = known.getOrDefault(today.minusDays(DAYS - 1L - i), StateSeconds.NONE);
      Look look = look(day);
      svg.append("<rect x=\"").append(i * BAR).append("\" y=\"").append(22 - look.height);
      svg.append("\" width=\"4\" height=\"").append(look.height).append("\" rx=\"1\" fill=\"");
      svg.append(look.colour).append("\"/>");
    }
    return svg.append("</svg>").toString();
  }

  private record Look(int height, String colour) {}

  private static Look look(StateSeconds day) {
    if (day.down() > 0) {
      return new Look(22, day.down() > 3600 ? "#c4283f" : "#d9622b");
    }
    if (day.degraded() > 0) {
      return new Look(17, "#c98a06");
    }
    if (day.maintenance() > day.up()) {
      return new Look(22, "#4a86e8");
    }
    return day.up() > 0 ? new Look(22, "#2a9d74") : new Look(8, "#8a94a3");
  }
}
