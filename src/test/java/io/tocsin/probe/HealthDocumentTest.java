package io.tocsin.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.check.Cause;
import io.tocsin.check.Outcome;
import io.tocsin.label.Labels;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HealthDocumentTest {

  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "/dropwizard",
          """
          {"deadlocks": {"healthy": true, "duration": 0, "timestamp": "2026-11-21T00:00:00.000Z"},
           "database": {"healthy": false, "message": "connection refused", "error": {"type": "x"}}}
          """,
          "/dropwizard-well",
          "{\"deadlocks\": {\"healthy\": true}}",
          "/spring",
          """
          {"status": "DOWN", "groups": ["liveness"], "components": {
            "db": {"status": "DOWN", "components": {
              "primary": {"status": "UP", "details": {"database": "PostgreSQL"}},
              "replica": {"status": "DOWN"}}},
            "mail": {"status": "OUT_OF_SERVICE"},
            "queue": {"status": "UNKNOWN"}}}
          """,
          "/spring-well",
          "{\"status\": \"UP\"}",
          "/spring-unknown",
          "{\"status\": \"UNKNOWN\"}",
          "/html",
          "<html>");

  private static ProbeHarness harness;
  private static int port;

  @BeforeAll
  static void serve() throws Exception {
    harness = new ProbeHarness();
    port =
        harness.serve(
            request ->
                request
                    .response()
                    .setStatusCode(request.path().endsWith("-well") ? 200 : 503)
                    .end(DOCUMENTS.get(request.path())));
  }

  @AfterAll
  static void close() throws Exception {
    harness.close();
  }

  private static Finding ask(String kind, String path) throws Exception {
    return harness.ask(
        "timeout: 10s\n%s: {url: 'http://127.0.0.1:%d%s'}".formatted(kind, port, path));
  }

  private static Reading part(String name, double healthy) {
    return new Reading("probe_health_check", Labels.of("name", name), healthy);
  }

  /** Without how long the exchange took. */
  private static List<Reading> parts(Finding finding) {
    return finding.readings().stream()
        .filter(reading -> reading.metric().equals("probe_health_check"))
        .toList();
  }

  @Test
  void eachDropwizardCheckIsASampleAndUnhealthyOnesAreNamed() throws Exception {
    Finding finding = ask("dropwizard", "/dropwizard");

    assertThat(finding.outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(finding.detail()).isEqualTo("unhealthy: database (connection refused)");
    assertThat(finding.statusCode()).hasValue(503);
    assertThat(parts(finding)).containsExactly(part("deadlocks", 1), part("database", 0));
    assertThat(ask("dropwizard", "/dropwizard-well").outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void nestedSpringBootComponentsAreNamed() throws Exception {
    Finding finding = ask("spring_boot", "/spring");

    assertThat(finding.outcome()).isEqualTo(Outcome.FAILURE);
    assertThat(finding.detail())
        .isEqualTo("status DOWN: db (DOWN), db.replica (DOWN), mail (OUT_OF_SERVICE)");
    assertThat(parts(finding))
        .containsExactly(
            part("db", 0),
            part("db.primary", 1),
            part("db.replica", 0),
            part("mail", 0),
            part("queue", 1));
    assertThat(ask("spring_boot", "/spring-well").outcome()).isEqualTo(Outcome.SUCCESS);
  }

  @Test
  void aServiceThatDoesNotKnowItsHealthIsUnknownToUs() throws Exception {
    Finding finding = ask("spring_boot", "/spring-unknown");

    assertThat(finding.outcome()).isEqualTo(Outcome.UNKNOWN);
    assertThat(finding.cause()).contains(Cause.target("status UNKNOWN"));
  }

  @Test
  void anythingElseIsNoHealthDocument() throws Exception {
    assertThat(ask("dropwizard", "/html").detail()).isEqualTo("status 503 and no health document");
    assertThat(ask("dropwizard", "/spring-well").detail())
        .isEqualTo("no health document: status has no \"healthy\"");
    assertThat(ask("spring_boot", "/dropwizard").detail())
        .isEqualTo("no health document: it has no \"status\"");
  }
}
