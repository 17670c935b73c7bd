package io.tocsin.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScrapedTargetTest {
  private static final Duration TOOK = Duration.ofMillis(250);
  private static final Labels TARGET = Labels.of("job", "api", "instance", "a:80");
  private static final Labels LOAD = Labels.of("__name__", "load");
  private static final Labels HEAT = Labels.of("__name__", "heat");

  private final ScrapedTarget target = new ScrapedTarget(TARGET, ScrapedTarget.Rules.PLAIN);

  private static List<String> shown(SampleBatch batch) {
    var lines = new ArrayList<String>();
    for (int i = 0; i < batch.size(); i++) {
      Object value = StaleMarker.is(batch.value(i)) ? "stale" : batch.value(i);
      lines.add(batch.labels(i) + " " + value + " @" + batch.timestamp(i));
    }
    return lines;
  }

  @Test
  void addsTargetLabelsAndReportsTheScrape() {
    assertThat(shown(target.succeeded(SampleBatch.of(LOAD, 1000, 7), 1000, TOOK)))
        .containsExactly(
            "up{instance=\"a:80\", job=\"api\"} 1.0 @1000",
            "scrape_duration_seconds{instance=\"a:80\", job=\"api\"} 0.25 @1000",
            "scrape_samples_scraped{instance=\"a:80\", job=\"api\"} 1.0 @1000",
            "scrape_samples_post_metric_relabeling{instance=\"a:80\", job=\"api\"} 1.0 @1000",
            "scrape_series_added{instance=\"a:80\", job=\"api\"} 1.0 @1000",
            "load{instance=\"a:80\", job=\"api\"} 7.0 @1000");
  }

  @Test
  void aLabelThatClashesIsRenamedUnlessHonored() {
    Labels clash = Labels.of("__name__", "load", "job", "x", "exported_job", "y");
    var samples = SampleBatch.of(clash, 1, 1);

    assertThat(target.succeeded(samples, 1, TOOK).labels(5))
        .isEqualTo(
            Labels.of(
                "__name__",
                "load",
                "instance",
                "a:80",
                "job",
                "api",
                "exported_job",
                "y",
                "exported_exported_job",
                "x"));
    assertThat(
            new ScrapedTarget(TARGET, new ScrapedTarget.Rules(true, List.of(), 0, 0, 0, 0, false))
                .succeeded(samples, 1, TOOK)
                .labels(5))
        .isEqualTo(
            Labels.of("__name__", "load", "instance", "a:80", "job", "x", "exported_job", "y"));
  }

  @Test
  void aSeriesNoLongerExposedIsMarkedStaleOnce() {
    target.succeeded(
        SampleBatch.builder().add(LOAD, 1000, 1).add(HEAT, 1000, 2).build(), 1000, TOOK);

    assertThat(shown(target.succeeded(SampleBatch.of(LOAD, 2000, 1), 2000, TOOK)))
        .contains("heat{instance=\"a:80\", job=\"api\"} stale @2000");
    assertThat(shown(target.succeeded(SampleBatch.of(LOAD, 3000, 1), 3000, TOOK)))
        .noneMatch(line -> line.contains("stale"));
  }

  @Test
  void aSeriesWithItsOwnTimestampsIsNotMarked() {
    target.succeeded(SampleBatch.of(LOAD, 900, 1), 1000, TOOK);

    assertThat(shown(target.succeeded(SampleBatch.EMPTY, 2000, TOOK)))
        .noneMatch(line -> line.contains("stale"));
  }

  @Test
  void aFailedScrapeIsDownAndEverythingStale() {
    target.succeeded(SampleBatch.of(LOAD, 1000, 1), 1000, TOOK);

    assertThat(shown(target.failed(2000, TOOK)))
        .containsExactly(
            "up{instance=\"a:80\", job=\"api\"} 0.0 @2000",
            "scrape_duration_seconds{instance=\"a:80\", job=\"api\"} 0.25 @2000",
            "scrape_samples_scraped{instance=\"a:80\", job=\"api\"} 0.0 @2000",
            "scrape_samples_post_metric_relabeling{instance=\"a:80\", job=\"api\"} 0.0 @2000",
            "scrape_series_added{instance=\"a:80\", job=\"api\"} 0.0 @2000",
            "load{instance=\"a:80\", job=\"api\"} stale @2000");
    assertThat(shown(target.failed(3000, TOOK))).noneMatch(line -> line.contains("stale"));
  }

  @Test
  void aTargetThatIsGoneLeavesOnlyStaleSeries() {
    target.succeeded(SampleBatch.of(LOAD, 1000, 1), 1000, TOOK);

    assertThat(shown(target.gone(2000))).hasSize(6).allMatch(line -> line.endsWith("stale @2000"));
  }
}
