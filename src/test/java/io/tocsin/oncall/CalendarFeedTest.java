package io.tocsin.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.Test;

class CalendarFeedTest {

  @Test
  void shiftsAndGapsAreEventsThatACalendarReads() throws Exception {
    Schedule office =
        Rotas.schedule(
            "l1, \"nights\"",
            Rotas.layer(
                "days",
                Rotas.rotation(Rotas.BERLIN, "2026-03-02T00:00", Duration.ofDays(7), "ana"),
                Rotas.businessHours()));
    Instant from = Instant.parse("2026-03-02T00:00:00Z");
    List<Shift> shifts = office.shifts(List.of(), from, from.plus(Duration.ofDays(1)));

    String text = CalendarFeed.write("On call", Map.of(office.name(), shifts), true, from);

    assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(75));
    assertThat(text).startsWith("BEGIN:VCALENDAR\r\n").contains("DTSTART:20260302T080000Z");
    var calendar = new CalendarBuilder().build(new StringReader(text));
    List<VEvent> events = calendar.getComponents("VEVENT");
    assertThat(events)
        .extracting(event -> event.getSummary().getValue())
        .containsExactly(
            "Nobody on call: l1, \"nights\"",
            "ana on call: l1, \"nights\"",
            "Nobody on call: l1, \"nights\"");
    assertThat(CalendarFeed.write("On call", Map.of(office.name(), shifts), false, from))
        .doesNotContain("Nobody");
  }
}
