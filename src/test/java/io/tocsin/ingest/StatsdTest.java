package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Intakes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.series.SampleBatch;
import io.tocsin.series.StaleMarker;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class StatsdTest {
  private final Statsd statsd = new Statsd(10, IngestLimits.DEFAULT);

  private int receive(String text) {
    return statsd.receive(utf8(text), 0);
  }

  @Test
  void countersAddUpWithTheirRate() {
    assertThat(receive("page.views:1|c\npage.views:2|c|@0.5\n")).isZero();
    receive("page.views:1|c|#env:prod,beta");
    assertThat(shown(statsd.read(1000)))
        .containsExactly(
            "page_views{job=\"statsd\"} 5.0 @1000",
            "page_views{beta=\"true\", env=\"prod\", job=\"statsd\"} 1.0 @1000");
    receive("page.views:1|c");
    assertThat(shown(statsd.read(2000)).getFirst())
        .isEqualTo("page_views{job=\"statsd\"} 6.0 @2000");
  }

  @Test
  void aSignChangesAGauge() {
    receive("fuel:10|g\nfuel:-3|g\nfuel:+1|g");
    assertThat(shown(statsd.read(1))).containsExactly("fuel{job=\"statsd\"} 8.0 @1");
  }

  @Test
  void aSetCountsWhatIsDifferent() {
    receive("users:a|s\nusers:b|s\nusers:a|s");
    assertThat(shown(statsd.read(1))).containsExactly("users{job=\"statsd\"} 2.0 @1");
    assertThat(shown(statsd.read(2))).containsExactly("users{job=\"statsd\"} 0.0 @2");
  }

  @Test
  void timersAreSummariesInSeconds() {
    receive("req:100:300:200|ms|@0.1");
    assertThat(shown(statsd.read(1)))
        .containsExactly(
            "req_sum{job=\"statsd\"} 6.0 @1",
            "req_count{job=\"statsd\"} 30.0 @1",
            "req{job=\"statsd\", quantile=\"0.5\"} 0.2 @1",
            "req{job=\"statsd\", quantile=\"0.9\"} 0.3 @1",
            "req{job=\"statsd\", quantile=\"0.99\"} 0.3 @1");
    receive("size:7|h\nsize:9|d");
    assertThat(shown(statsd.read(2))).contains("size_sum{job=\"statsd\"} 16.0 @2");
  }

  @Test
  void linesThatAreWrongAreCountedAndTheOthersTaken() {
    assertThat(receive("a:1|c\nb\nc:x|c\nd:1|q\ne:1|c|@7\n:1|c\n$$:1|c\nf:NaN|g")).isEqualTo(7);
    assertThat(statsd.size()).isLessThanOrEqualTo(3);
  }

  @Test
  void seriesAreBoundedAndEndWhenTheyAreSilent() {
    for (int i = 0; i < 12; i++) {
      assertThat(receive("s" + i + ":1|c")).isEqualTo(i < 10 ? 0 : 1);
    }
    SampleBatch end = statsd.read(Statsd.SILENT_MILLIS + 1);
    assertThat(end.size()).isEqualTo(10);
    assertThat(StaleMarker.is(end.value(0))).isTrue();
    assertThat(statsd.size()).isZero();
  }

  @Property(tries = 500)
  void anyDatagramIsTakenOrRefused(@ForAll byte[] datagram) {
    assertThat(new Statsd(10, IngestLimits.DEFAULT).receive(datagram, 0)).isNotNegative();
  }
}
