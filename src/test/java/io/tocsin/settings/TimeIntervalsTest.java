package io.tocsin.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.silence.NamedIntervals;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeIntervalsTest {

  private static NamedIntervals read(String interval) {
    String text = "time_intervals: [{ name: it, time_intervals: [" + interval + "] }]";
    return TimeIntervals.read(Yaml.read(text, "t.yaml", new Secrets(Map.of(), Path.of("."))))
        .values()
        .iterator()
        .next();
  }

  private static boolean holds(String interval, String at) {
    return read(interval).contain(Instant.parse(at));
  }

  @Test
  void timesEndBeforeTheirEndAndMayReachMidnight() {
    String evening = "{ times: [{ start_time: '17:00', end_time: '24:00' }] }";
    assertThat(holds(evening, "2026-03-01T16:59:59Z")).isFalse();
    assertThat(holds(evening, "2026-03-01T17:00:00Z")).isTrue();
    assertThat(holds(evening, "2026-03-01T23:59:59Z")).isTrue();
    String morning = "{ times: [{ start_time: 08:00, end_time: 09:00 }] }";
    assertThat(holds(morning, "2026-03-01T08:59:59Z")).isTrue();
    assertThat(holds(morning, "2026-03-01T09:00:00Z")).isFalse();
  }

  @Test
  void weekdaysMonthsAndYearsAreRangesOfNamesOrNumbers() {
    assertThat(holds("{ weekdays: ['monday:friday'] }", "2026-03-02T12:00:00Z")).isTrue();
    assertThat(holds("{ weekdays: ['Monday:Friday'] }", "2026-03-01T12:00:00Z")).isFalse();
    assertThat(holds("{ weekdays: [sunday, saturday] }", "2026-03-01T12:00:00Z")).isTrue();
    assertThat(holds("{ months: ['january:march', 12] }", "2026-12-01T12:00:00Z")).isTrue();
    assertThat(holds("{ months: ['1:3'] }", "2026-04-01T12:00:00Z")).isFalse();
    assertThat(holds("{ years: ['2025:2026'] }", "2026-12-31T23:59:00Z")).isTrue();
    assertThat(holds("{ years: [2025] }", "2026-01-01T00:00:00Z")).isFalse();
  }

  @Test
  void negativeDaysCountFromTheEndOfTheMonth() {
    assertThat(holds("{ days_of_month: ['-3:-1'] }", "2024-02-27T12:00:00Z")).isTrue();
    assertThat(holds("{ days_of_month: ['-3:-1'] }", "2024-02-26T12:00:00Z")).isFalse();
    assertThat(holds("{ days_of_month: ['30:31'] }", "2026-02-28T12:00:00Z")).isFalse();
    assertThat(holds("{ days_of_month: ['28:31'] }", "2026-02-28T12:00:00Z")).isTrue();
    assertThat(holds("{ days_of_month: ['25:-1'] }", "2026-02-28T12:00:00Z")).isTrue();
  }

  @Test
  void aLocationsClockIsMeantAlsoOverItsChange() {
    String office =
        "{ times: [{ start_time: '09:00', end_time: '17:00' }], location: Europe/Berlin }";
    assertThat(holds(office, "2026-03-28T08:00:00Z")).isTrue();
    assertThat(holds(office, "2026-03-29T07:00:00Z")).isTrue();
    assertThat(holds(office, "2026-03-29T15:00:00Z")).isFalse();
  }

  @Test
  void allFieldsMustHoldAndAnyOfTheIntervals() {
    String both =
        "{ weekdays: [saturday] }, { weekdays: [monday], times: [{start_time: '08:00', end_time:"
            + " '09:00'}] }";
    assertThat(holds(both, "2026-02-28T20:00:00Z")).isTrue();
    assertThat(holds(both, "2026-03-02T08:30:00Z")).isTrue();
    assertThat(holds(both, "2026-03-02T09:30:00Z")).isFalse();
  }

  @Test
  void mistakesAreNamedWithTheirPlace() {
    assertThatThrownBy(() -> read("{ weekdays: ['friday:monday'] }"))
        .hasMessageContaining("time_intervals[0].time_intervals[0].weekdays")
        .hasMessageContaining("does not end before it begins");
    assertThatThrownBy(() -> read("{ weekdays: [mon] }"))
        .hasMessageContaining("sunday to saturday");
    assertThatThrownBy(() -> read("{ days_of_month: ['0'] }")).hasMessageContaining("1 to 31");
    assertThatThrownBy(() -> read("{ days_of_month: ['-1:5'] }"))
        .hasMessageContaining("does not end before it begins");
    assertThatThrownBy(() -> read("{ times: [{ start_time: '25:00', end_time: '26:00' }] }"))
        .hasMessageContaining("a time from 00:00 to 24:00");
    assertThatThrownBy(() -> read("{ times: [{ start_time: '22:00', end_time: '06:00' }] }"))
        .hasMessageContaining("split what goes over midnight");
    assertThatThrownBy(() -> read("{ location: Mars/Olympus }"))
        .hasMessageContaining("a time zone such as");
    assertThatThrownBy(() -> read("{ week: [monday] }")).hasMessageContaining("unknown key");
  }
}
