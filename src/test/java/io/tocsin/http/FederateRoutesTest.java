package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import io.tocsin.label.Labels;
import io.tocsin.promql.ListReader;
import io.tocsin.promql.QueryLimits;
import io.tocsin.promql.SampleRoom;
import io.tocsin.promql.Value;
import io.tocsin.series.StaleMarker;
import java.io.ByteArrayInputStream;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FederateRoutesTest {

  private static final long NOW = 1_000_000;
  private static final long LOOKBACK = 300_000;

  private OpsFixture ops = new OpsFixture(AccessPolicy.OPEN);
  private final QueryPool pool = new QueryPool(1, 1);
  private final ListReader store = new ListReader();
  private QueryLimits limits = QueryLimits.DEFAULT;

  @AfterEach
  void close() throws Exception {
    ops.close();
    pool.close();
  }

  private HttpResponse<String> federate(String... selectors) throws Exception {
    return ops.get(path(selectors));
  }

  private String path(String... selectors) throws Exception {
    ops.start(
        new FederateRoutes(
            store,
            limits,
            new SampleRoom(1_000_000),
            () -> Labels.of("region", "eu", "zone", "1"),
            pool,
            InstantSource.fixed(Instant.ofEpochMilli(NOW))));
    var path = new StringBuilder("/prometheus/federate?");
    for (String selector : selectors) {
      String text = URLEncoder.encode(selector, StandardCharsets.UTF_8);
      path.append("match[]=".replace("[]", "%5B%5D")).append(text).append('&');
    }
    return path.toString();
  }

  @Test
  void theNewestSampleOfEachSeriesOfAnySelectorIsToldOnceByMetric() throws Exception {
    store
        .add(Labels.of("__name__", "up", "job", "b"), NOW - 60_000, 0)
        .add(Labels.of("__name__", "up", "job", "b"), NOW - 1, 1)
        .add(Labels.of("__name__", "up", "job", "a"), NOW, 1)
        .add(Labels.of("__name__", "up", "job", "a"), NOW + 1, 0)
        .add(Labels.of("Z", "1", "__name__", "build_info"), NOW, 1)
        .add(Labels.of("__name__", "other"), NOW, 1);

    var answer = federate("up", "{job=\"a\"}", "build_info");

    assertThat(answer.body())
        .isEqualTo(
            """
            # TYPE build_info untyped
            build_info{Z="1",instance="",region="eu",zone="1"} 1 1000000
            # TYPE up untyped
            up{job="a",instance="",region="eu",zone="1"} 1 1000000
            up{job="b",instance="",region="eu",zone="1"} 1 999999
            """);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8; escaping=underscores");
  }

  @Test
  void aSampleAsOldAsTheLookBackIsToldAndAnOlderOneIsNot() throws Exception {
    store
        .add(Labels.of("__name__", "x", "age", "just"), NOW - LOOKBACK, 1)
        .add(Labels.of("__name__", "x", "age", "over"), NOW - LOOKBACK - 1, 1);

    assertThat(federate("x").body()).contains("just").doesNotContain("over");
  }

  @Test
  void aSeriesThatEndedOrHasNoNameIsLeftOut() throws Exception {
    Labels ended = Labels.of("__name__", "x", "a", "ended");
    store
        .add(ended, NOW - 2, 1)
        .add(ended, NOW - 1, StaleMarker.VALUE)
        .add(Labels.of("a", "nameless"), NOW, 1);

    assertThat(federate("{a!=\"\"}"))
        .returns(200, HttpResponse::statusCode)
        .returns("", HttpResponse::body);
  }

  @Test
  void aSeriesKeepsItsOwnLabelWhereTheInstallationHasOneOfThatName() throws Exception {
    store.add(
        Labels.of("__name__", "x", "instance", "i", "region", "us", "text", "a\\b\"c\nd"), NOW, 1);

    assertThat(federate("x").body())
        .endsWith(
            "x{instance=\"i\",region=\"us\",text=\"a\\\\b\\\"c\\nd\",zone=\"1\"} 1 1000000\n");
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.5, '{\"a.b_c\",\"l.m\"=\"v\",'",
    "text/plain;version=1.0.0;escaping=underscores;q=0.5, 'a_b_c{l_m=\"v\",'",
    "text/plain;version=1.0.0;escaping=dots;q=0.5, 'a_dot_b__c{l_dot_m=\"v\",'",
    "text/plain;version=1.0.0;escaping=values;q=0.5, 'U__a_2e_b__c{U__l_2e_m=\"v\",'",
    "text/plain;version=0.0.4, 'a_b_c{l_m=\"v\",'",
    "*/*, 'a_b_c{l_m=\"v\",'",
    "application/json, 'a_b_c{l_m=\"v\",'"
  })
  void namesOfOtherCharactersAreWrittenAsTheReaderTakesThem(String accepted, String line)
      throws Exception {
    store.add(Labels.of("__name__", "a.b_c", "l.m", "v"), NOW, 1);

    var answer =
        ops.send(
            ops.request(path("{l.m=\"v\"}".replace("l.m", "\"l.m\""))).header("Accept", accepted));

    assertThat(answer.body().lines().toList().get(1)).startsWith(line);
  }

  @Test
  void theAnswerIsCompressedForWhoeverTakesThat() throws Exception {
    for (int i = 0; i < 100; i++) {
      store.add(Labels.of("__name__", "x", "number", Integer.toString(i)), NOW, 1);
    }
    var request = ops;
    String path = path("x");
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              request.request(path).header("Accept-Encoding", "gzip").build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
      try (var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("# TYPE x untyped\n");
      }
    }
  }

  @Test
  void aRequestWithoutASelectorIsAnsweredWithNothingAsByPrometheus() throws Exception {
    assertThat(federate()).returns(200, HttpResponse::statusCode).returns("", HttpResponse::body);
  }

  @Test
  void aRequestWithAWrongSelectorIsRefusedInOneLine() throws Exception {
    federate();
    assertThat(ops.get("/federate?match%5B%5D=up%7B"))
        .returns(400, HttpResponse::statusCode)
        .returns("1:4: parse error: unexpected end of input inside braces\n", HttpResponse::body);
  }

  @Test
  void aRequestForMoreSeriesThanAQueryMayReadIsRefused() throws Exception {
    store.add(Labels.of("__name__", "x", "a", "1"), NOW, 1);
    store.add(Labels.of("__name__", "x", "a", "2"), NOW, 1);
    limits = limits.withMaxSamples(1);

    assertThat(federate("x"))
        .returns(422, HttpResponse::statusCode)
        .satisfies(answer -> assertThat(answer.body()).contains("too many samples"));
  }

  @Test
  void anAnswerThatWouldBeTooLongIsRefused() {
    var samples = List.of(new Value.Sample(Labels.of("__name__", "x"), 1, 1));
    String text = FederatedText.of(samples, Labels.EMPTY, NameEscaping.UNDERSCORES, 100);

    assertThat(text).isEqualTo("# TYPE x untyped\nx{instance=\"\"} 1 1\n");
    assertThatThrownBy(
            () ->
                FederatedText.of(
                    samples, Labels.EMPTY, NameEscaping.UNDERSCORES, text.length() - 1))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.problem().status()).isEqualTo(422));
  }

  @Test
  void itNeedsTheScopeOfReaders() throws Exception {
    ops.close();
    ops = new OpsFixture(AccessPolicy.TOKENS);
    String path = path("x");

    assertThat(ops.get(path).statusCode()).isEqualTo(401);
    assertThat(bearing(path, Scope.INGEST)).isEqualTo(403);
    assertThat(bearing(path, Scope.READ)).isEqualTo(200);
  }

  private int bearing(String path, Scope scope) throws Exception {
    var request = ops.request(path).header("Authorization", "Bearer " + ops.token(scope));
    return ops.send(request).statusCode();
  }
}
