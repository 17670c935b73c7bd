package io.tocsin.series;

import static io.tocsin.label.Matcher.Op.EQUAL;
import static io.tocsin.label.Matcher.Op.NOT_EQUAL;
import static io.tocsin.label.Matcher.Op.NOT_REGEX;
import static io.tocsin.label.Matcher.Op.REGEX;
import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link SeriesReader} must do, whatever lies behind it. */
public abstract class SeriesReaderContract {
  private static final Labels API = Labels.of("__name__", "up", "job", "api", "zone", "a");
  private static final Labels WEB = Labels.of("__name__", "up", "job", "web");
  private static final Labels LOAD = Labels.of("__name__", "load", "job", "api");

  private SeriesReader reader;

  /** A reader over these samples, each of which is new to it, accepted in this order. */
  protected abstract SeriesReader readerOf(SampleBatch samples);

  @BeforeEach
  void threeSeries() {
    var samples = SampleBatch.builder();
    for (int i = 0; i < 500; i++) {
      samples.add(API, i * 1000L, i).add(WEB, i * 1000L, 2.5 * i).add(LOAD, i * 1000L, -i);
    }
    reader = readerOf(samples.build());
  }

  private List<Labels> selected(Matcher... matchers) {
    return reader.select(List.of(matchers), -1, 500_000).stream()
        .map(SeriesPoints::labels)
        .toList();
  }

  private static Matcher matcher(String name, Matcher.Op op, String value) {
    return Matcher.of(name, op, value);
  }

  @Test
  void selectsByEqualityAndItsOpposite() {
    assertThat(selected(matcher("job", EQUAL, "api"))).containsExactly(LOAD, API);
    assertThat(selected(matcher("job", NOT_EQUAL, "api"))).containsExactly(WEB);
    assertThat(selected(matcher("job", EQUAL, "nobody"))).isEmpty();
    assertThat(selected(matcher("nothing", NOT_EQUAL, "x"))).containsExactly(LOAD, API, WEB);
  }

  @Test
  void selectsByRegularExpression() {
    assertThat(selected(matcher("job", REGEX, "w.*"))).containsExactly(WEB);
    assertThat(selected(matcher("job", REGEX, "api|web"))).containsExactly(LOAD, API, WEB);
    assertThat(selected(matcher("job", REGEX, "(?:api|x)"))).containsExactly(LOAD, API);
    assertThat(selected(matcher("job", REGEX, "ap"))).isEmpty();
    assertThat(selected(matcher("job", NOT_REGEX, "api|x"))).containsExactly(WEB);
    assertThat(selected(matcher("job", NOT_REGEX, "a.*"))).containsExactly(WEB);
  }

  @Test
  void anAbsentLabelIsAnEmptyOne() {
    assertThat(selected(matcher("zone", EQUAL, ""))).containsExactly(LOAD, WEB);
    assertThat(selected(matcher("zone", NOT_EQUAL, ""))).containsExactly(API);
    assertThat(selected(matcher("zone", REGEX, "a|"))).containsExactly(LOAD, API, WEB);
    assertThat(selected(matcher("zone", REGEX, "b|"))).containsExactly(LOAD, WEB);
    assertThat(selected(matcher("zone", REGEX, ".+"))).containsExactly(API);
    assertThat(selected(matcher("zone", NOT_REGEX, ".+"))).containsExactly(LOAD, WEB);
    assertThat(selected(matcher("zone", REGEX, ".*"))).containsExactly(LOAD, API, WEB);
    assertThat(selected(matcher("zone", NOT_REGEX, ".*"))).isEmpty();
  }

  @Test
  void everyMatcherMustHold() {
    assertThat(selected(Matcher.equal("__name__", "up"), matcher("job", REGEX, "api|load")))
        .containsExactly(API);
    assertThat(selected(Matcher.equal("job", "api"), Matcher.equal("job", "web"))).isEmpty();
    assertThat(selected()).containsExactly(LOAD, API, WEB);
  }

  @Test
  void theIntervalIsOpenOnTheLeftAndClosedOnTheRight() {
    var points = reader.select(List.of(Matcher.equal("__name__", "load")), 119_000, 122_000);

    assertThat(points).hasSize(1);
    assertThat(points.getFirst().timestamps()).containsExactly(120_000, 121_000, 122_000);
    assertThat(points.getFirst().values()).containsExactly(-120, -121, -122);
  }

  @Test
  void aSeriesWithoutPointsInTheIntervalIsNotThere() {
    assertThat(reader.select(List.of(), 499_000, 600_000)).isEmpty();
    assertThat(reader.select(List.of(), -9_000, -1)).isEmpty();
    assertThat(reader.select(List.of(), 100_100, 100_900)).isEmpty();
  }

  @Test
  void allPointsComeInOrder() {
    var points = reader.select(List.of(Matcher.equal("job", "web")), -1, 499_000).getFirst();

    assertThat(points.size()).isEqualTo(500);
    assertThat(points.timestamps()).isSorted();
    assertThat(points.values()[499]).isEqualTo(2.5 * 499);
  }

  @Test
  void listsSeriesAndLabelsOfTheLiving() {
    assertThat(reader.series(List.of(), 0, 10)).containsExactly(LOAD, API, WEB);
    assertThat(reader.series(List.of(), 500_000, 600_000)).isEmpty();
    assertThat(reader.series(List.of(), 499_000, 499_000)).hasSize(3);
    assertThat(
            reader.series(
                List.of(List.of(Matcher.equal("job", "web")), List.of(Matcher.equal("zone", "a"))),
                0,
                10))
        .containsExactly(API, WEB);
    assertThat(reader.labelNames(List.of(), 0, 10)).containsExactly("__name__", "job", "zone");
    assertThat(reader.labelValues("job", List.of(), 0, 10)).containsExactly("api", "web");
  }
}
