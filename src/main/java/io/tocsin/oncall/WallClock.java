package io.tocsin.oncall;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * The clock on the wall of a place. Its readings go to instants in order: a later reading is never
 * an earlier instant, so shifts that are cut by readings cannot overlap.
 *
 * @param zone the place
 */
record WallClock(ZoneId zone) {

  LocalDateTime reading(Instant at) {
    return LocalDateTime.ofInstant(at, zone);
  }

  /**
   * The instant of a reading: of one that comes twice the first, of one that is left out the moment
   * at which the clock is put forward.
   */
  Instant instant(LocalDateTime reading) {
    ZoneRules rules = zone.getRules();
    List<ZoneOffset> offsets = rules.getValidOffsets(reading);
    return offsets.isEmpty()
        ? rules.getTransition(reading).getInstant()
        : reading.toInstant(offsets.getFirst());
  }
}
