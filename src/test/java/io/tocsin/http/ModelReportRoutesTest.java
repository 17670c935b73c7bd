package io.tocsin.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tocsin.access.AccessPolicy;
import io.tocsin.access.Scope;
import io.tocsin.model.ModelStore;
import io.tocsin.model.Models;
import io.tocsin.model.report.ReportSamples;
import io.tocsin.model.report.ReportStore;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models' reports over real HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelReportRoutesTest {

  private static final String PATH = "/api/v1/models/a%20b%2Fc/reports";

  private final Models models = new Models(ModelStore.inMemory());
  private final ReportStore reports = ReportStore.inMemory();
  private OpsFixture ops;
  private String reader;

  @BeforeAll
  void open() throws Exception {
    ops = new OpsFixture(AccessPolicy.TOKENS);
    models.watch("a b/c");
    models.watch("fresh");
    reports.keep(ReportSamples.full("a b/c", "price"));
    ops.start(
        new ModelReportRoutes(
            models,
            reports,
            watch -> {
              var made = ReportSamples.full(watch.spec().name(), "now");
              reports.keep(made);
              return made;
            },
            ops.blocking));
    reader = ops.token(Scope.READ);
  }

  @AfterAll
  void close() throws Exception {
    ops.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = ops.request(path).header("Authorization", "Bearer " + reader);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return ops.send(request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                | '*/*'                                          | application/json
          ''                | application/json                               | application/json
          ''                | text/markdown                                  | text/markdown
          ''                | 'text/html,application/xhtml+xml,*/*;q=0.8'    | text/html
          ''                | 'text/html;q=0.2, text/markdown'               | text/markdown
          '?format=md'      | text/html                                      | text/markdown
          '?format=html'    | application/json                               | text/html
          """)
  void theFormatIsAsAskedForOrAccepted(String query, String accept, String type) throws Exception {
    var answer = get(PATH + "/2026-11-20" + query, "Accept", accept);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
    assertThat(answer.headers().firstValue("Vary"))
        .hasValueSatisfying(vary -> assertThat(vary).startsWith("Accept"));
    assertThat(answer.body()).contains("a b/c").contains("price drifted");
  }

  @Test
  void thePageMayRunNothingAndLoadNothing() throws Exception {
    var answer = get(PATH + "/latest?format=html");

    assertThat(answer.headers().allValues("Content-Security-Policy"))
        .containsExactly(
            "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'");
  }

  @Test
  void daysComeNewestFirstAndPageByPage() throws Exception {
    var json = new ObjectMapper().readTree(get(PATH + "?limit=1").body());
    assertThat(json.path("days").path(0).asText()).isEqualTo("2026-11-20");
    assertThat(json.has("next")).isFalse();
    assertThat(get(PATH + "?before=2026-11-20").body()).isEqualTo("{\"days\":[]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/v1/models/none/reports             | 404 | there is no model none
          /api/v1/models/none/reports/latest      | 404 | there is no model none
          /api/v1/models/fresh/reports/latest     | 404 | model fresh has no report yet
          /api/v1/models/fresh/reports/2026-01-31 | 404 | model fresh has no report of 2026-01-31
          /api/v1/models/fresh/reports/31.1.2026  | 400 | day: found
          /api/v1/models/fresh/reports/+999999999-01-01 | 400 | expected a day such as 2026-01-31
          /api/v1/models/fresh/reports?before=x   | 400 | before: found
          /api/v1/models/fresh/reports?limit=401  | 400 | limit
          /api/v1/models/fresh/reports/latest?format=pdf | 400 | expected one of json, md, html
          """)
  void whatIsWrongIsSaid(String path, int status, String words) throws Exception {
    var answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains(words);
  }

  @Test
  void anUnknownMediaTypeIsNotAcceptable() throws Exception {
    assertThat(get(PATH + "/latest", "Accept", "application/pdf").statusCode()).isEqualTo(406);
  }

  @Test
  void oneIsMadeOnDemandByThoseWhoMayRespond() throws Exception {
    var post =
        ops.request("/api/v1/models/fresh/reports").POST(HttpRequest.BodyPublishers.noBody());
    assertThat(ops.send(post.copy().header("Authorization", "Bearer " + reader)).statusCode())
        .isEqualTo(403);

    var made = ops.send(post.copy().header("Authorization", "Bearer " + ops.token(Scope.RESPOND)));
    assertThat(made.statusCode()).isEqualTo(201);
    String location = made.headers().firstValue("Location").orElseThrow();
    assertThat(location).isEqualTo("/api/v1/models/fresh/reports/2026-11-20");
    assertThat(get(location).body()).isEqualTo(made.body());
    reports.forget(java.time.LocalDate.parse("2027-01-01"));
    reports.keep(ReportSamples.full("a b/c", "price"));
  }
}
