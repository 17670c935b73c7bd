package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.series.SeriesPoints;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LinesSvgTest {

  private static final long START = 1_795_000_000_000L;

  private static String path(long... seconds) {
    return drawn(seconds).replaceAll(".* d=\"(M[^\"]*)\"/></svg>$", "$1");
  }

  private static String drawn(long... seconds) {
    long[] at = LongStream.of(seconds).map(it -> START + it * 1000).toArray();
    double[] values = Arrays.stream(at).mapToDouble(it -> it % 7).toArray();
    return LinesSvg.draw(
        List.of(new SeriesPoints(Labels.EMPTY, at, values)), at[0], at[at.length - 1]);
  }

  @Test
  void fewPointsThatLieFarApartAreOneLine() {
    assertThat(path(0, 15, 30, 45, 60)).containsOnlyOnce("M").contains("L");
    assertThat(path(0, 60)).containsOnlyOnce("M").containsOnlyOnce("L");
  }

  @Test
  void aStretchWithoutPointsIsAGap() {
    assertThat(path(0, 15, 30, 45, 300, 315, 330).chars().filter(it -> it == 'M')).hasSize(2);
  }

  @Test
  void aPointAloneIsADot() {
    assertThat(drawn(0)).contains("h0").contains("stroke-linecap=\"round\"");
  }

  @Test
  void labelsOfAShortStretchTellSeconds() {
    assertThat(drawn(0, 60, 120)).containsPattern(">\\d\\d:\\d\\d:\\d\\d UTC<");
    assertThat(drawn(0, 600)).containsPattern(">\\d\\d:\\d\\d UTC<");
  }
}
