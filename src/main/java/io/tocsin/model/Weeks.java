package io.tocsin.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The stretches a seasonal reference is made of. */
final class Weeks {

  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long WEEK = 7 * DAY;

  private Weeks() {}

  /** Newest first. */
  static List<Span> before(ReferenceSource.Seasonal seasonal, long window, long now) {
    var spans = new ArrayList<Span>();
    for (int week = 1; week <= seasonal.weeks(); week++) {
      long then = now - week * WEEK;
      spans.add(
          switch (seasonal.same()) {
            case HOUR -> new Span(then - window, then);
            case WEEKDAY -> {
              long day = Math.floorDiv(then, DAY) * DAY;
              yield new Span(day, day + DAY);
            }
          });
    }
    return spans;
  }
}
