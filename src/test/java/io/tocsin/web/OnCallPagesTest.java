package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import org.junit.jupiter.api.Test;

class OnCallPagesTest {

  @Test
  void myShiftsAndMyCalendarAreThoseOfThePersonWhoIsLoggedIn() throws Exception {
    try (var door = new DoorFixture().open()) {
      door.person("ana", Role.RESPONDER);
      door.person("vera", Role.VIEWER);
      assertThat(door.loggedIn("ana").get("/oncall").body())
          .contains("<b>platform</b><span>Mon 16 Nov, 09:00 to Mon 23 Nov, 09:00 UTC")
          .contains("calendars/ana.ics", "calendars/platform.ics");
      // The last that begins within 60 days ends after them: it is shown whole.
      door.person("ben", Role.RESPONDER);
      assertThat(door.loggedIn("ben").get("/oncall").body())
          .contains("<b>platform</b><span>Mon 18 Jan, 09:00 to Mon 25 Jan, 09:00 UTC");
      assertThat(door.loggedIn("vera").get("/oncall").body())
          .contains("with (vera) are listed here")
          .doesNotContain("calendars/ana.ics");
    }
  }

  @Test
  void somebodyStepsInByFormAndAWrongFormKeepsWhatWasTyped() throws Exception {
    try (var door = new DoorFixture().open()) {
      door.person("max", Role.RESPONDER);
      door.person("vera", Role.VIEWER);
      Visitor max = door.loggedIn("max");
      assertThat(max.get("/oncall").body())
          .contains(
              "class=\"rota wide\"",
              "class=\"rota narrow\"",
              "Somebody steps in",
              "Test page",
              "(iCalendar)");
      var wrong =
          max.submit(
              "/oncall/schedules/platform/override",
              "person",
              "nobody-known",
              "start",
              "2026-11-22T09:00",
              "end",
              "2026-11-22T17:00",
              "reason",
              "den <b>tist");
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body()).contains("Expected one of", "nobody-known", "den &lt;b>tist");
      var done =
          max.submit(
              "/oncall/schedules/platform/override",
              "person",
              "ben",
              "start",
              "2026-11-22T09:00",
              "end",
              "2026-11-22T17:00");
      assertThat(done.statusCode()).isEqualTo(303);
      assertThat(max.get("/oncall").body()).contains("ben (override)", "Take back");
      assertThat(max.submit("/oncall/test", "to", "person:ana").body())
          .contains("Delivered", "HTTP 202");
      assertThat(door.loggedIn("vera").get("/oncall").body())
          .contains("ben (override)")
          .doesNotContain("Take back", "Somebody steps in", "Send a test");
    }
  }
}
