package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.incident.CorrelationPolicy;
import io.tocsin.postmortem.DuePolicy;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.Section;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeskSettingsTest {

  private static DeskSettings read(String yaml) {
    Section top = Yaml.read(yaml, "tocsin.yaml", Secrets.none());
    return DeskSettings.read(top);
  }

  @Test
  void withoutAWordPeopleMergeAndNothingIsCounted() {
    DeskSettings read = read("node: a");
    assertThat(read.correlation()).isEqualTo(CorrelationPolicy.DEFAULT);
    assertThat(read.cost()).isEmpty();
  }

  @Test
  void whatIsSaidCounts() {
    DeskSettings read =
        read(
            """
            correlation: { within: 2m, suggest_at: 0.4, merge_at: 0.9, ignore: [cluster] }
            cost: { hourly_rate: 87.50, currency: EUR }
            postmortems: { required_within: 3d, remind_before: 36h, remind_at: "08:30", time_zone: Europe/Berlin }
            """);
    assertThat(read.due())
        .isEqualTo(
            new DuePolicy(
                Duration.ofDays(3),
                Duration.ofDays(10),
                Duration.ofHours(36),
                LocalTime.of(8, 30),
                ZoneId.of("Europe/Berlin")));
    assertThat(read.correlation().within()).isEqualTo(Duration.ofMinutes(2));
    assertThat(read.correlation().mergeAt()).contains(0.9);
    assertThat(read.correlation().ignored()).isEqualTo(Set.of("cluster"));
    assertThat(read.cost().orElseThrow().of(Duration.ofHours(2))).hasToString("175.00 EUR");
  }

  @Test
  void whatIsWrongIsNamedWithItsPlace() {
    refused("correlation: { suggest_at: 1.5 }", "correlation.suggest_at", "above 0");
    refused("correlation: { merge_at: 0.2 }", "correlation.merge_at", "at least suggest_at");
    refused("postmortems: { remind_at: late }", "postmortems.remind_at", "09:00");
    refused("postmortems: { time_zone: Mars }", "postmortems.time_zone", "Europe/Berlin");
    refused("postmortems: { required_within: 0s }", "postmortems.required_within", "365d");
    refused("cost: { hourly_rate: cheap, currency: EUR }", "cost.hourly_rate", "\"cheap\"");
    refused("cost: { hourly_rate: 1, currency: EURO }", "cost.currency", "ISO 4217");
    refused("cost: { hourly_rate: -1, currency: EUR }", "cost.hourly_rate", "negative");
  }

  private static void refused(String yaml, String... words) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(SettingsProblem.class)
        .message()
        .contains(words);
  }
}
