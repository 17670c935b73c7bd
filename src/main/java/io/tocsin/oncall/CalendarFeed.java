package io.tocsin.oncall;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RefreshInterval;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableCalScale;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * Shifts as a calendar to subscribe to, with gaps as events of their own so that somebody sees
 * them.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5545">RFC 5545, iCalendar</a>
 */
public final class CalendarFeed {

  private static final Duration REFRESH = Duration.ofHours(1);

  private CalendarFeed() {}

  /**
   * The feed.
   *
   * @param name what the calendar is called
   * @param shifts of each schedule by its name
   * @param gaps whether times at which nobody is on call are shown
   * @param now stamp of the events
   */
  public static String write(
      String name, Map<String, List<Shift>> shifts, boolean gaps, Instant now) {
    var calendar = new Calendar();
    calendar.add(new ProdId("-//Tocsin//On call//EN"));
    calendar.add(ImmutableVersion.VERSION_2_0);
    calendar.add(ImmutableCalScale.GREGORIAN);
    calendar.add(ImmutableMethod.PUBLISH);
    calendar.add(new XProperty("X-WR-CALNAME", name));
    calendar.add(new RefreshInterval(new ParameterList(), REFRESH));
    shifts.forEach(
        (schedule, stretches) ->
            stretches.stream()
                .filter(shift -> gaps || !shift.gap())
                .forEach(shift -> calendar.add(event(schedule, shift, now))));
    var text = new StringWriter();
    try {
      new CalendarOutputter(false).output(calendar, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static VEvent event(String schedule, Shift shift, Instant now) {
    var event = new VEvent(false);
    event.add(new Uid(schedule + "-" + shift.start().getEpochSecond() + "@tocsin"));
    event.add(new DtStamp(now));
    event.add(new DtStart<>(shift.start()));
    event.add(new DtEnd<>(shift.end()));
    event.add(
        new Summary(
            shift
                .person()
                .map(person -> person + " on call: " + schedule)
                .orElse("Nobody on call: " + schedule)));
    event.add(ImmutableTransp.TRANSPARENT);
    return event;
  }
}
