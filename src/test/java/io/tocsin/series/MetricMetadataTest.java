package io.tocsin.series;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.series.MetricMetadata.Entry;
import org.junit.jupiter.api.Test;

class MetricMetadataTest {
  private static final Entry COUNTER = new Entry("counter", "Requests served.", "");

  @Test
  void keepsWhatSendersSayOnceEach() {
    var metadata = new MetricMetadata();
    metadata.note("requests_total", COUNTER);
    metadata.note("requests_total", COUNTER);
    metadata.note("requests_total", new Entry("counter", "Requests.", ""));
    assertThat(metadata.of("requests_total"))
        .containsExactly(COUNTER, new Entry("counter", "Requests.", ""));
    assertThat(metadata.of("other")).isEmpty();
  }

  @Test
  void listsMetricsInOrderOfTheirNames() {
    var metadata = new MetricMetadata();
    metadata.note("b", COUNTER);
    metadata.note("a", COUNTER);
    assertThat(metadata.all().keySet()).containsExactly("a", "b");
  }

  @Test
  void leavesOutMetricsBeyondItsBoundAndCountsThem() {
    var metadata = new MetricMetadata(1);
    metadata.note("a", COUNTER);
    metadata.note("b", COUNTER);
    assertThat(metadata.all()).containsOnlyKeys("a");
    assertThat(metadata.leftOut()).isEqualTo(1);
  }

  @Test
  void leavesOutTheEleventhOpinionOnAMetric() {
    var metadata = new MetricMetadata();
    for (int i = 0; i <= MetricMetadata.MOST_PER_METRIC; i++) {
      metadata.note("a", new Entry("gauge", "help " + i, ""));
    }
    assertThat(metadata.of("a")).hasSize(MetricMetadata.MOST_PER_METRIC);
    assertThat(metadata.leftOut()).isEqualTo(1);
  }

  @Test
  void callsATypeThatNobodyNamedUnknown() {
    assertThat(new Entry("", "", "").type()).isEqualTo("unknown");
  }
}
