package io.tocsin.ingest;

import static io.tocsin.ingest.Intakes.assertRefused;
import static io.tocsin.ingest.Intakes.shown;
import static io.tocsin.ingest.Intakes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFormatTest {
  private final Format.Intake intake = Intakes.fresh();

  private List<String> samples(String text) {
    return shown(Format.TEXT.decode(utf8(text), intake).samples());
  }

  @Test
  void readsTheExampleOfTheSpecification() {
    String text =
        """
        # HELP http_requests_total The total number of HTTP requests.
        # TYPE http_requests_total counter
        http_requests_total{method="post",code="200"} 1027 1395066363000
        http_requests_total{method="post",code="400"}    3 1395066363000

        # Escaping in label values:
        msdos_file_access_time_seconds{path="C:\\\\DIR\\\\FILE.TXT",error="Cannot find file:\\n\\"FILE.TXT\\""} 1.458255915e9

        # Minimalistic line:
        metric_without_timestamp_and_labels 12.47

        # A weird metric from before the epoch:
        something_weird{problem="division by zero"} +Inf 3982045
        # TYPE http_request_duration_seconds histogram
        http_request_duration_seconds_bucket{le="+Inf"} 144320
        http_request_duration_seconds_sum 53423
        """;

    var decoded = Format.TEXT.decode(utf8(text), intake);

    assertThat(shown(decoded.samples()))
        .containsExactly(
            "http_requests_total{code=\"200\", method=\"post\"} 1027.0 @1395066363000",
            "http_requests_total{code=\"400\", method=\"post\"} 3.0 @1395066363000",
            "msdos_file_access_time_seconds{error=\"Cannot find file:\\n\\\"FILE.TXT\\\"\","
                + " path=\"C:\\\\DIR\\\\FILE.TXT\"} 1.458255915E9 @1700000000000",
            "metric_without_timestamp_and_labels 12.47 @1700000000000",
            "something_weird{problem=\"division by zero\"} Infinity @3982045",
            "http_request_duration_seconds_bucket{le=\"+Inf\"} 144320.0 @1700000000000",
            "http_request_duration_seconds_sum 53423.0 @1700000000000");
    assertThat(decoded.metadata())
        .containsEntry(
            "http_requests_total",
            new Description("counter", "The total number of HTTP requests.", ""))
        .containsEntry("http_request_duration_seconds", new Description("histogram", "", ""));
  }

  @Test
  void blanksAndTrailingCommasAreNoTrouble() {
    assertThat(samples("\t up  { a = \"1\" , b=\"2\" , }\t7 \t 5 \n\n  \nup{} 1\nup{a=\"}\"} 2"))
        .containsExactly(
            "up{a=\"1\", b=\"2\"} 7.0 @5",
            "up 1.0 @" + Intakes.NOW,
            "up{a=\"}\"} 2.0 @" + Intakes.NOW);
    assertThat(samples("")).isEmpty();
    assertThat(samples("#\n# just words\n#TYPE up gauge\nup 1"))
        .containsExactly("up 1.0 @" + Intakes.NOW);
  }

  @Test
  void aSeriesSeenBeforeIsTheSameObject() {
    byte[] text = utf8("up{a=\"x\"} 1\nup 2\n");
    var first = Format.TEXT.decode(text, intake).samples();
    var second = Format.TEXT.decode(text, intake).samples();

    assertThat(second.labels(0)).isSameAs(first.labels(0));
    assertThat(second.labels(1)).isSameAs(first.labels(1)).isNotEqualTo(first.labels(0));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0, -0.0",
    "1e3, 1000",
    "-1.5E-3, -0.0015",
    "0.1, 0.1",
    ".5, 0.5",
    "5., 5",
    "123456789012345678, 1.2345678901234568E17",
    "0x1p4, 16",
    "NaN, NaN",
    "nan, NaN",
    "inf, Infinity",
    "-Inf, -Infinity",
    "+1, 1",
    "2.2250738585072014e-308, 2.2250738585072014E-308",
    "0.30000000000000004, 0.30000000000000004",
    "179769313486231.57, 1.7976931348623157E14"
  })
  void readsNumbersAsGoDoes(String text, double value) {
    assertThat(Format.TEXT.decode(utf8("m " + text), intake).samples().value(0))
        .isEqualTo(Double.valueOf(value));
  }

  @ParameterizedTest
  @CsvSource({"1f", "1d", "1_000", "0x1", "1e999", "--1", "1e", ".", "-", "1L", "e5", "NaN0"})
  void refusesWhatIsNoNumber(String text) {
    assertRefused(
        Format.TEXT, utf8("ok 1\nm " + text), intake, "line 2, column 3: '" + text + "' found");
  }

  @Test
  void errorsSayLineColumnFoundAndExpected() {
    refused("up", "line 1, column 3: the end of the line found, expected a blank or '{'");
    refused("a 1\n9x 2\n", "line 2, column 1: '9x' found, expected a metric name");
    refused("up{a=1} 2", "line 1, column 6: '1}' found, expected a quoted label value");
    refused("up{a=\"1} 2", "line 1, column 11: the end of the line found, expected '\"'");
    refused("up{a=\"1\\", "expected '\"'");
    refused("up{a=\"1\" b=\"2\"} 2", "line 1, column 10: 'b=\"2\"}' found, expected ',' or '}'");
    refused("up{a:b=\"1\"} 2", "expected '='");
    refused("up{a=\"1\"", "expected ',' or '}'");
    refused("up{a=\"\\x\"} 1", "line 1: escape '\\x' found");
    refused("up{a=\"1\",a=\"2\"} 1", "line 1: label \"a\" found twice");
    refused("up{__name__=\"x\"} 1", "expected a label name other than __name__");
    refused("up{a=\"1\"} ", "expected a number");
    refused("up 1 2 3", "line 1, column 8: '3' found, expected the end of the line");
    refused("up 1 1.5", "'1.5' found, expected a timestamp in milliseconds");
    refused("up 1 -5", "line 1: timestamp -5 found");
    refused("up 1 1700090000000", "at most 1440 minutes ahead of now");
    refused("# TYPE up wild", "'wild' found, expected counter, gauge");
    refused("# HELP 7 x", "expected a metric name");
    refused("up 1\r\n", "expected a number");
  }

  private void refused(String text, String reason) {
    assertRefused(Format.TEXT, utf8(text), intake, reason);
  }

  @Test
  void textMustBeUtf8() {
    byte[] text = utf8("up{a=\"x\"} 1");
    text[6] = (byte) 0xff;
    assertRefused(Format.TEXT, text, intake, "line 1: text that is not UTF-8 found");
    assertThat(samples("up{a=\"é中\"} 1")).containsExactly("up{a=\"é中\"} 1.0 @" + Intakes.NOW);
  }

  @Test
  void limitsHold() {
    var small = Intakes.with(Intakes.small());
    assertRefused(
        Format.TEXT, utf8("a 1\na 2\na 3\na 4"), small, "samples in the request: 4 found");
    assertRefused(Format.TEXT, utf8("abcdefghi 1"), small, "metric name of 9 characters found");
    assertRefused(
        Format.TEXT,
        utf8("a{b=\"12345678901\"} 1"),
        small,
        "value of label \"b\" has 11 characters");
    assertRefused(
        Format.TEXT,
        utf8("a{b=\"1\",c=\"1\",d=\"1\"} 1"),
        small,
        "4 labels found, expected at most 3");
    assertRefused(Format.TEXT, new byte[401], small, "bytes of the body: 401 found");
  }

  @Test
  void theBoundsOfBucketsAndQuantilesAreWrittenInOneWayWhereTheTypeIsTold() {
    assertThat(
            samples(
                """
                # TYPE h histogram
                h_bucket{le="1",quantile="1"} 1
                h_bucket{le="2.50"} 1
                h_bucket{le="1e6"} 1
                h_bucket{le="0"} 1
                h_bucket{le="+Inf"} 1
                h_bucket{le="odd"} 1
                # TYPE s summary
                s{quantile="0.50",le="1"} 1
                # TYPE g gauge
                g{le="1",quantile="1"} 1
                """))
        .extracting(line -> line.replaceFirst(" 1.0 @.*", ""))
        .containsExactly(
            "h_bucket{le=\"1.0\", quantile=\"1\"}",
            "h_bucket{le=\"2.5\"}",
            "h_bucket{le=\"1e+06\"}",
            "h_bucket{le=\"0.0\"}",
            "h_bucket{le=\"+Inf\"}",
            "h_bucket{le=\"odd\"}",
            "s{le=\"1\", quantile=\"0.5\"}",
            "g{le=\"1\", quantile=\"1\"}");
  }

  @Test
  void theSameLineOfAMetricWhoseTypeIsNotToldIsAnotherSeries() {
    assertThat(samples("# TYPE x histogram\nx{le=\"1\"} 1\n").getFirst())
        .startsWith("x{le=\"1.0\"}");
    assertThat(samples("x{le=\"1\"} 1\n").getFirst()).startsWith("x{le=\"1\"}");
  }
}
