package io.tocsin.statuspage;

import static io.tocsin.statuspage.Fabricated.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import org.junit.jupiter.api.Test;

/** Planned work as a calendar. */
class MaintenanceCalendarTest {

  private static String written(Instant now) {
    return MaintenanceCalendar.write(
        Publication.derive(Fabricated.showcase(), Fabricated.rich(NOW), now));
  }

  private static Calendar read(String text) throws Exception {
    return new CalendarBuilder().build(new StringReader(text));
  }

  @Test
  void everyWorkIsAnEventThatACalendarReads() throws Exception {
    Calendar calendar = read(written(NOW));
    calendar.validate();
    List<VEvent> events = calendar.getComponents("VEVENT");
    assertThat(events)
        .extracting(event -> event.getSummary().getValue())
        .containsExactlyInAnyOrder(
            "Certificate renewal", "New sign-in page", "Database upgrade to PostgreSQL 17");
    VEvent upgrade =
        events.stream()
            .filter(it -> it.getUid().orElseThrow().getValue().equals("maintenance-m1@tocsin"))
            .findFirst()
            .orElseThrow();
    assertThat(upgrade.toString()).contains("DTSTART:20261123T000512Z", "DTEND:20261123T010512Z");
  }

  @Test
  void itStaysTheSameWhileNothingHappens() {
    assertThat(written(NOW.plusSeconds(60))).isEqualTo(written(NOW));
  }

  @Test
  void hostileWordsStayInsideTheirLine() throws Exception {
    var work = Fabricated.work("m9", "Move;\r\nBEGIN:VEVENT\r\nUID:x", "Database", NOW, 30);
    var input =
        new PageInput(List.of(), java.util.Map.of(), List.of(work), java.util.Map.of(), NOW);
    Calendar calendar =
        read(MaintenanceCalendar.write(Publication.derive(Fabricated.spec(), input, NOW)));
    assertThat(calendar.getComponents("VEVENT")).hasSize(1);
  }
}
