package io.tocsin;

import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Incidents from a terminal, against the API's shapes. */
class IncidentsCommandTest {

  @RegisterExtension
  static final WireMockExtension SERVICE = WireMockExtension.newInstance().build();

  private static final String INCIDENT =
      """
      {"id":"i3f","number":184,"severity":"critical","state":"open","title":"Database is down",
       "opened_at":"2026-03-01T12:00:00Z"%s}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void answer() {
    String taken = INCIDENT.formatted(",\"acknowledged_by\":\"Ana\"");
    SERVICE.stubFor(
        get(urlPathEqualTo("/api/v1/incidents"))
            .willReturn(okJson("{\"incidents\":[" + INCIDENT.formatted("") + "]}")));
    SERVICE.stubFor(
        get(urlPathEqualTo("/api/v1/incidents/i3f"))
            .willReturn(
                okJson(
                    INCIDENT.formatted(
                        """
                        ,"alerts":[{"labels":{"alertname":"Down"}}],
                        "timeline":[{"at":"2026-03-01T12:00:00Z","by":"tocsin","kind":"opened",
                          "detail":{}}]\
                        """))));
    SERVICE.stubFor(
        post(urlPathEqualTo("/api/v1/incidents/i3f/acknowledge")).willReturn(okJson(taken)));
    SERVICE.stubFor(post(urlPathEqualTo("/api/v1/incidents/i3f/notes")).willReturn(okJson(taken)));
    SERVICE.stubFor(
        post(urlPathEqualTo("/api/v1/incidents/i3f/resolve"))
            .willReturn(jsonResponse("{\"detail\":\"it is resolved\"}", 409)));
  }

  private int run(String... arguments) {
    var all = new ArrayList<>(List.of("incident"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--server", SERVICE.baseUrl()));
    return Tocsin.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void openIncidentsAreListedAndOneIsShownWithItsTimeline() {
    assertThat(run("list")).isZero();
    assertThat(out.toString())
        .contains("#184  CRITICAL  open", "i3f  Database is down  (not acknowledged)");
    assertThat(run("show", "184")).isZero();
    assertThat(out.toString()).contains("\"alertname\":\"Down\"", "tocsin  opened");
  }

  @Test
  void anIncidentIsAcknowledgedAndNotedByItsNumberOrItsId() {
    assertThat(run("ack", "#184")).isZero();
    assertThat(out.toString()).contains("(Ana)");
    assertThat(run("note", "i3f", "the disk is full")).isZero();
    SERVICE.verify(
        postRequestedFor(urlPathEqualTo("/api/v1/incidents/i3f/notes"))
            .withRequestBody(equalToJson("{\"text\":\"the disk is full\"}")));
  }

  @Test
  void whatTheServiceRefusesIsSaidAndWrongNamesAreNamed() {
    assertThat(run("resolve", "i3f", "--reason", "fixed")).isEqualTo(Tocsin.USAGE);
    assertThat(err.toString()).contains("409", "it is resolved");
    assertThat(run("ack", "Database")).isEqualTo(Tocsin.USAGE);
    assertThat(err.toString()).contains("found \"Database\", expected an id");
    assertThat(run("ack", "9")).isEqualTo(Tocsin.USAGE);
    assertThat(err.toString()).contains("there is no incident #9");
  }
}
