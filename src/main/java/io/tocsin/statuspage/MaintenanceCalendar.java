package io.tocsin.statuspage;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtEnd;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableMethod;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;

/**
 * Planned work as a calendar to subscribe to; an event changes only when the work does.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5545">RFC 5545, iCalendar</a>
 */
public final class MaintenanceCalendar {

  private MaintenanceCalendar() {}

  /** The page's maintenance, ended, active and upcoming. */
  public static String write(PageSnapshot page) {
    var calendar = new Calendar();
    calendar.add(new ProdId("-//Tocsin//Status page//EN"));
    calendar.add(ImmutableVersion.VERSION_2_0);
    calendar.add(ImmutableMethod.PUBLISH);
    calendar.add(new XProperty("X-WR-CALNAME", page.spec().title()));
    // A calendar without any component is not one.
    page.maintenance().forEach(work -> calendar.add(event(work)));
    var text = new StringWriter();
    try {
      new CalendarOutputter(false).output(calendar, text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return text.toString();
  }

  private static VEvent event(PlannedWork work) {
    Instant stamp = work.steps().isEmpty() ? work.startsAt() : work.steps().getLast().at();
    var event = new VEvent(false);
    event.add(new Uid("maintenance-" + work.id() + "@tocsin"));
    event.add(new DtStamp(stamp));
    event.add(new DtStart<>(work.startsAt()));
    event.add(new DtEnd<>(work.endsAt()));
    event.add(new Summary(work.title()));
    if (!work.text().isBlank()) {
      event.add(new Description(work.text()));
    }
    return event;
  }
}
