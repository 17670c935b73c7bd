package io.tocsin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.model.ModelSpec;
import io.tocsin.model.ReferenceSource;
import io.tocsin.model.ReportPlan;
import io.tocsin.settings.Secrets;
import io.tocsin.settings.SettingsProblem;
import io.tocsin.settings.Yaml;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelSettingsTest {

  private static List<ModelSpec> read(String yaml) {
    return ModelSettings.read(Yaml.read(yaml, "tocsin.yaml", Secrets.none()));
  }

  @Test
  void everyKeyOfAModelIsRead() {
    List<ModelSpec> specs =
        read(
            """
            models:
              - name: ranker
                window: 30m
                accuracy_window: 14d
                reference: { same: weekday, weeks: 6 }
                slices: [region, tier]
                positive_class: buy
                ground_truth: { window: 3d, rows: 50000, maturity: 6h }
                report: { time: "06:30", zone: Europe/Berlin, enabled: false, email: [ml@example.com] }
                targets: { accuracy: 0.9, latency: 20ms, latency_critical: 80ms }
              - name: plain
            """);

    assertThat(specs)
        .containsExactly(
            new ModelSpec(
                "ranker",
                Duration.ofMinutes(30),
                Duration.ofDays(14),
                new ReferenceSource.Seasonal(ReferenceSource.Same.WEEKDAY, 6),
                List.of("region", "tier"),
                new ModelSpec.Join(Duration.ofDays(3), 50_000, Duration.ofHours(6)),
                Optional.of("buy"),
                new ReportPlan(
                    false,
                    LocalTime.of(6, 30),
                    ZoneId.of("Europe/Berlin"),
                    List.of("ml@example.com")),
                new ModelSpec.Targets(0.9, Duration.ofMillis(20), Duration.ofMillis(80))),
            ModelSpec.of("plain"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          slices: [a, b, c, d, e, f]       | found 6 labels, expected at most 5
          ground_truth: { rows: 10 }       | 1000 to 5000000 rows
          reference: { same: hour, weeks: 9 } | a number from 1 to 8
          report: { time: "24:00" }        | found "24:00", expected a time of day
          report: { time: 6 }              | report.time: found "6", expected a time of day
          report: { zone: Berlin }         | report.zone: found "Berlin", expected a time zone
          report: { enabled: maybe }       | report.enabled: found "maybe"
          report: { email: [ml] }          | report.email: found "ml", expected addresses
          targets: { accuracy: 95 }        | an accuracy from 0 to 1
          targets: { latency: 200ms }      | the critical one at least the other
          slice: [region]                  | unknown key "slice", expected "slices"
          """)
  void whatIsWrongIsSaidWithItsPlace(String line, String message) {
    assertThatThrownBy(() -> read("models:\n  - name: ranker\n    " + line.strip() + "\n"))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining("tocsin.yaml:3:")
        .hasMessageContaining(message.strip());
  }
}
