package io.tocsin.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SlicesTest {

  private static final long MINUTE = 60_000;
  private static final Retention HOURLY =
      Retention.of(Duration.ofHours(1), Duration.ofHours(1), Duration.ofDays(4));

  @Test
  void aWindowHoldsTheSlicesThatBeganInIt() {
    var slices = new Slices<>(HOURLY, CategoryTally::new);
    for (int minute = 0; minute < 120; minute++) {
      slices.at(minute * MINUTE).add(1);
    }

    assertThat(rows(slices.last(60 * MINUTE, 120 * MINUTE))).isEqualTo(60);
    assertThat(rows(slices.between(0, 30 * MINUTE))).isEqualTo(30);
    assertThat(rows(slices.between(0, 30 * MINUTE - 1))).isEqualTo(29);
  }

  @Test
  void oldSlicesAreMergedAndTheOldestForgotten() {
    var slices = new Slices<>(HOURLY, CategoryTally::new);
    int week = 7 * 24 * 60;
    for (int minute = 0; minute < week; minute++) {
      slices.at(minute * MINUTE).add(1);
      slices.age(minute * MINUTE);
    }

    assertThat(slices.all()).hasSizeLessThan(24 * 60 / 6 + 120);
    assertThat(rows(slices.all())).isBetween(4L * 24 * 60, 4L * 24 * 60 + 24);
    assertThat(rows(slices.last(60 * MINUTE, week * MINUTE))).isEqualTo(60);
  }

  @Property(tries = 200)
  void noRowIsLostOrCountedTwiceInWhateverOrderItArrives(
      @ForAll @Size(max = 200) List<@IntRange(max = 4 * 24 * 60 - 1) Integer> minutes) {
    var slices = new Slices<>(HOURLY, CategoryTally::new);
    long now = 4L * 24 * 60 * MINUTE;
    for (int minute : minutes) {
      slices.at(minute * MINUTE).add(1);
      slices.age(now - minute);
    }
    slices.age(now);

    assertThat(rows(slices.all())).isEqualTo(minutes.size());
    assertThat(rows(slices.between(0, now - 60 * MINUTE)) + rows(slices.last(60 * MINUTE, now)))
        .isEqualTo(minutes.size());
  }

  @Test
  void slicesOfAnEarlierConfigurationKeepTheirEdges() {
    var slices = new Slices<>(HOURLY, CategoryTally::new);
    slices.at(90_000).add(1);
    slices.retain(Retention.of(Duration.ofHours(2), Duration.ofHours(2), Duration.ofHours(2)));

    slices.at(119_000).add(1);
    slices.at(125_000).add(1);

    assertThat(rows(slices.between(60_000, 120_000))).isEqualTo(2);
    assertThat(rows(slices.between(120_000, 240_000))).isEqualTo(1);
  }

  private static long rows(List<CategoryTally> slices) {
    var counts = new long[2];
    slices.forEach(slice -> slice.addTo(counts));
    return counts[1];
  }
}
