package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.access.AccessPolicy;
import io.tocsin.label.Labels;
import io.tocsin.label.Matcher;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.SampleRoom;
import io.tocsin.series.MetricMetadata;
import io.tocsin.series.SeriesPoints;
import io.tocsin.series.SeriesReader;
import io.vertx.core.Context;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusQueryRoutesTest {

  private static final String API = "/prometheus/api/v1/";

  /** {@code up} of two jobs, one sample a minute from 0 to 600 s, and an odd metric. */
  private static final class Store implements SeriesReader {
    private static final List<SeriesPoints> ALL =
        List.of(
            series(Labels.of("__name__", "odd"), Double.NaN),
            series(Labels.of("__name__", "up", "job", "a"), 1),
            series(Labels.of("__name__", "up", "job", "b"), 0.5));

    private static SeriesPoints series(Labels labels, double value) {
      long[] times = IntStream.rangeClosed(0, 10).mapToLong(i -> i * 60_000L).toArray();
      var values = new double[times.length];
      Arrays.fill(values, value);
      return new SeriesPoints(labels, times, values);
    }

    @Override
    public List<SeriesPoints> select(List<Matcher> matchers, long from, long to) {
      assertThat(Context.isOnEventLoopThread()).isFalse();
      return ALL.stream().filter(series -> Matcher.all(matchers, series.labels())).toList();
    }

    @Override
    public List<Labels> series(List<List<Matcher>> sets, long from, long to) {
      return ALL.stream()
          .map(SeriesPoints::labels)
          .filter(
              labels -> sets.isEmpty() || sets.stream().anyMatch(set -> Matcher.all(set, labels)))
          .toList();
    }
  }

  private final OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);
  private final QueryPool pool = new QueryPool(1, 1);
  private final MetricMetadata metadata = new MetricMetadata();

  @BeforeEach
  void start() throws Exception {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(600));
    var store = new Store();
    metadata.note("up", new MetricMetadata.Entry("gauge", "Whether it answers.", ""));
    metadata.note("up", new MetricMetadata.Entry("gauge", "Is it up?", ""));
    metadata.note("odd", new MetricMetadata.Entry("counter", "", ""));
    ops.start(
        new PrometheusQueryRoutes(
            store, QueryLimits.DEFAULT, new SampleRoom(1_000_000), pool, clock),
        new PrometheusSeriesRoutes(store, metadata, pool, clock));
  }

  @AfterEach
  void close() throws Exception {
    ops.close();
    pool.close();
  }

  @Test
  void anInstantQueryAnswersAVector() throws Exception {
    assertThat(query("query", "query", "up", "time", "600.5").body())
        .isEqualTo(
            """
            {"status":"success","data":{"resultType":"vector","result":[\
            {"metric":{"__name__":"up","job":"a"},"value":[600.500,"1"]},\
            {"metric":{"__name__":"up","job":"b"},"value":[600.500,"0.5"]}]}}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, 1, true",
    "'deflate, gzip;q=0.5', 1, true",
    "gzip, 60, false",
    "gzip;q=0, 1, false",
    "br, 1, false"
  })
  void aLargeAnswerIsCompressedForWhoeverTakesThat(String accepted, String step, boolean smaller)
      throws Exception {
    String path =
        "/prometheus/api/v1/query_range?query=time()&start=0&end=600&step=%s".formatted(step);
    String plain = ops.send(ops.request(path)).body();
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              ops.request(path).header("Accept-Encoding", accepted).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("Content-Encoding").isPresent()).isEqualTo(smaller);
      assertThat(answer.headers().firstValue("Vary").isPresent()).isEqualTo(step.equals("1"));
      InputStream body = new ByteArrayInputStream(answer.body());
      try (var read = smaller ? new GZIPInputStream(body) : body) {
        assertThat(new String(read.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(plain);
      }
    }
  }

  @Test
  void theTimeIsNowUnlessGiven() throws Exception {
    assertThat(query("query", "query", "time()").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[600,\"600\"]}}");
  }

  @Test
  void aTimeMayBeRfc3339() throws Exception {
    assertThat(query("query", "query", "time()", "time", "1970-01-01T00:01:00.25Z").body())
        .contains("[60.250,\"60.25\"]");
  }

  @Test
  void textAndNotANumberAreWrittenToo() throws Exception {
    assertThat(query("query", "query", "\"hello\"").body())
        .contains("\"resultType\":\"string\",\"result\":[600,\"hello\"]");
    assertThat(query("query", "query", "odd").body()).contains("[600,\"NaN\"]");
  }

  @Test
  void aRangeQueryAnswersAMatrix() throws Exception {
    var answer =
        query("query_range", "query", "up{job=\"a\"}", "start", "0", "end", "120", "step", "1m");
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"success","data":{"resultType":"matrix","result":[\
            {"metric":{"__name__":"up","job":"a"},"values":[[0,"1"],[60,"1"],[120,"1"]]}]}}\
            """);
  }

  @Test
  void aQueryThatWouldLoadTooMuchIsAnExecutionError() throws Exception {
    var answer = query("query", "query", "count_over_time(vector(1)[1y:10s])");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .startsWith("{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"")
        .contains("query processing would load too many samples into memory");
    assertThat(query("query", "query", "count_over_time(vector(1)[1d:10s])").statusCode())
        .as("what a refused query held is free again")
        .isEqualTo(200);
  }

  @Test
  void aFormDoesWhatAQueryStringDoes() throws Exception {
    var answer =
        ops.post(API + "query", "application/x-www-form-urlencoded", "query=sum%28up%29&time=600");
    assertThat(answer.body()).contains("{\"metric\":{},\"value\":[600,\"1.5\"]}");
  }

  @Test
  void aLongQueryFitsIntoAForm() throws Exception {
    String query = "up{job!~\"" + "x|".repeat(10_000) + "y\"}";
    var answer =
        ops.post(
            API + "query",
            "application/x-www-form-urlencoded",
            "query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void aFieldOfAFormThatIsTooLongIsToldSo() throws Exception {
    var answer =
        ops.post(
            API + "query", "application/x-www-form-urlencoded", "query=up" + "x".repeat(300_000));
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body())
        .isEqualTo(
            "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"a field of the form has"
                + " more than 262144 bytes\"}");
  }

  @Test
  void anExpressionThatWouldFillTheMemoryIsRefusedAtOnce() throws Exception {
    for (String regex : List.of("((a{1,1000}){1,1000}){1,1000}", "(".repeat(5_000))) {
      var answer = query("query", "query", "up{job=~\"" + regex + "\"}");
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("parse error: invalid regular expression job=~");
    }
    assertThat(query("query", "query", "label_replace(up, \"a\", \"\", \"job\", \"(a{1000}){9}\")"))
        .returns(422, HttpResponse::statusCode);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "query?query=up%2B                               | 400 | bad_data  | parse error",
        "query                                           | 400 | bad_data  | invalid parameter"
            + " \\\"query\\\": 1:1: parse error: no expression found in input",
        "query?query=up&limit=-1                         | 400 | bad_data  | non-negative",
        "query?query=up&limit=x                          | 400 | bad_data  | valid limit",
        "query_range?query=up&start=0&end=9              | 400 | bad_data  | cannot parse \\\"\\\"",
        "format_query?query=sum(                         | 400 | bad_data  | 1:5: parse error",
        "parse_query                                     | 400 | bad_data  | no expression found",
        "query_exemplars?query=)                         | 400 | bad_data  | parse error",
        "labels?match[]=%7B                              | 400 | bad_data  | invalid parameter"
            + " \\\"match[]\\\": 1:2: parse error: unexpected end of input inside braces",
        "query?query=up&time=soon                        | 400 | bad_data  | cannot parse"
            + " \\\"soon\\\" to a valid timestamp",
        "query?query=up%2Bon(x)up                        | 422 | execution | ",
        "query_range?query=up&start=0&end=9&step=0       | 400 | bad_data  | zero or negative",
        "query_range?query=up&start=9&end=0&step=1       | 400 | bad_data  | must not be before"
            + " start",
        "query_range?query=up&start=0&end=99999&step=1   | 400 | bad_data  | exceeded maximum"
            + " resolution of 11,000 points",
        "query_range?query=up&end=9&step=1               | 400 | bad_data  | invalid parameter"
            + " \\\"start\\\": cannot parse",
        "query_range?query=up[1m]&start=0&end=9&step=1   | 400 | bad_data  | ",
        "series                                          | 400 | bad_data  | no match[] parameter"
            + " provided",
        "series?match[]=1                                | 400 | bad_data  | expected a series"
            + " selector",
        "nothing                                         | 404 | not_found | there is nothing at"
      })
  void errorsHavePrometheusShape(String path, int status, String type, String reason)
      throws Exception {
    var answer = ops.get(API + path.replace("[", "%5B").replace("]", "%5D"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body())
        .contains("\"status\":\"error\"")
        .contains("\"errorType\":\"" + type + "\"")
        .contains(reason == null ? "" : reason);
  }

  @Test
  void aQueryWhoseTimeIsUpIsToldSo() throws Exception {
    var answer = query("query", "query", "count(up)", "timeout", "0");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"errorType\":\"timeout\"");
  }

  @Test
  void seriesLabelsAndValuesAreFound() throws Exception {
    assertThat(query("series", "match[]", "up{job=\"a\"}", "match[]", "odd").body())
        .isEqualTo(
            "{\"status\":\"success\",\"data\":[{\"__name__\":\"odd\"},"
                + "{\"__name__\":\"up\",\"job\":\"a\"}]}");
    assertThat(query("labels").body()).contains("\"data\":[\"__name__\",\"job\"]");
    assertThat(query("label/job/values").body()).contains("\"data\":[\"a\",\"b\"]");
    assertThat(query("label/job/values", "limit", "1").body())
        .contains("\"data\":[\"a\"],\"warnings\":[\"results truncated due to limit\"]");
    assertThat(query("label/__name__/values", "match[]", "odd").body())
        .contains("\"data\":[\"odd\"]");
  }

  @Test
  void aLimitCutsAndSaysSo() throws Exception {
    assertThat(query("query", "query", "up", "limit", "1").body())
        .contains("\"job\":\"a\"")
        .doesNotContain("\"job\":\"b\"")
        .contains("\"warnings\":[\"results truncated due to limit\"]");
  }

  @Test
  void statisticsComeWithTheAnswerWhenAskedFor() throws Exception {
    String range =
        query(
                "query_range",
                "query",
                "sum_over_time(up{job=\"a\"}[2m])",
                "start",
                "240",
                "end",
                "300",
                "step",
                "60",
                "stats",
                "all")
            .body();
    assertThat(range)
        .contains("\"stats\":{\"timings\":{\"evalTotalTime\":")
        .contains("\"totalQueryableSamplesPerStep\":[[240,2],[300,2]]")
        .contains("\"totalQueryableSamples\":4");
    assertThat(query("query", "query", "up", "stats", "true").body())
        .contains("\"totalQueryableSamples\":2")
        .doesNotContain("PerStep");
    assertThat(query("query", "query", "up").body()).doesNotContain("stats");
  }

  @Test
  void queriesAreFormattedAndTakenApart() throws Exception {
    assertThat(query("format_query", "query", "foo/bar").body())
        .isEqualTo("{\"status\":\"success\",\"data\":\"foo / bar\"}");
    var tree = new ObjectMapper().readTree(query("parse_query", "query", "foo/bar").body());
    assertThat(tree.at("/data/type").asText()).isEqualTo("binaryExpr");
    assertThat(tree.at("/data/lhs/name").asText()).isEqualTo("foo");
    assertThat(tree.at("/data/matching/card").asText()).isEqualTo("one-to-one");
    assertThat(tree.at("/data/rhs/startOrEnd").isNull()).isTrue();
  }

  @Test
  void thereAreNoExemplars() throws Exception {
    assertThat(query("query_exemplars", "query", "up", "start", "0", "end", "1").body())
        .isEqualTo("{\"status\":\"success\",\"data\":[]}");
  }

  @Test
  void namesInPathsMayBeEscaped() throws Exception {
    assertThat(query("label/U__job/values").body()).contains("[\"a\",\"b\"]");
  }

  @Test
  void metricsAreDescribedAsTheirSendersDo() throws Exception {
    assertThat(query("metadata").body())
        .isEqualTo(
            """
            {"status":"success","data":{\
            "odd":[{"type":"counter","help":"","unit":""}],\
            "up":[{"type":"gauge","help":"Whether it answers.","unit":""},\
            {"type":"gauge","help":"Is it up?","unit":""}]}}\
            """);
    assertThat(query("metadata", "limit", "1").body()).contains("odd").doesNotContain("up");
    assertThat(query("metadata", "metric", "up", "limit_per_metric", "1").body())
        .contains("Whether")
        .doesNotContain("Is it up?");
    assertThat(query("metadata", "metric", "none").body()).contains("\"data\":{}");
  }

  private HttpResponse<String> query(String path, String... namesAndValues) throws Exception {
    var query = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      query
          .append(i == 0 ? '?' : '&')
          .append(URLEncoder.encode(namesAndValues[i], StandardCharsets.UTF_8))
          .append('=')
          .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
    }
    return ops.get(API + path + query);
  }
}
