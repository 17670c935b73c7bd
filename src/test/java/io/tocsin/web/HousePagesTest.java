package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The configuration in force, what runs here, and the reports. */
class HousePagesTest {

  private final DoorFixture door = new DoorFixture();
  private Visitor ada = new Visitor("");

  @BeforeEach
  void open() throws Exception {
    door.open();
    door.person("ada", Role.ADMIN);
    door.person("vera", Role.VIEWER);
    ada = door.loggedIn("ada");
  }

  @AfterEach
  void close() throws Exception {
    door.close();
  }

  @Test
  void everyValueInForceIsShownWithWhereItComesFromAndNoSecret() throws Exception {
    String all = ada.get("/settings/configuration").body();
    assertThat(all)
        .contains("checks[0].timeout", ">10s<", "/etc/tocsin/tocsin.yaml, line 1")
        .contains("variable HOOK_URL", "time interval \"nights\" is not used")
        .doesNotContain("R0123456789", "ana:secret", "hidden.example.com", "key=1");
    assertThat(ada.get("/settings/configuration?origin=default").body())
        .contains("evaluation_interval")
        .doesNotContain("checks[0].name");
    assertThat(ada.get("/settings/configuration?q=routing").body())
        .contains("receivers[0].pagerduty.routing_key", "***")
        .doesNotContain("evaluation_interval");
  }

  @Test
  void aReadingThatIsRefusedIsToldWithItsPlace() throws Exception {
    ada.get("/settings/configuration");
    var refused = ada.submit("/settings/configuration/reload");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body())
        .contains("Not taken over.", "stays in force", "a name of another kind");
  }

  @Test
  void aViewerSeesNoConfigurationButWhatRunsHere() throws Exception {
    Visitor vera = door.loggedIn("vera");
    assertThat(vera.get("/settings/configuration").statusCode()).isEqualTo(403);
    assertThat(vera.get("/about").body())
        .contains("leads, lead number 3", "1.2 GB", "oldest message", "the journal is behind by")
        .contains(
            "backup of database", "restore tried", "io.vertx:vertx-core", "Apache-2.0 or EPL-2.0")
        .doesNotContain("/settings/configuration");
  }

  @Test
  void reportsAreReadAndTakenAway() throws Exception {
    String page = ada.get("/reports?by=component&days=30").body();
    assertThat(page)
        .contains("To first public update", "Payment API", "Which rules are noise")
        .contains("/reports/response.csv?by=component&amp;days=30");
    var csv = ada.get("/reports/response.csv?by=component&days=30");
    assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
    assertThat(csv.body())
        .startsWith(
            "component,incidents,mttd_seconds,mtta_seconds,first_public_update_seconds,"
                + "mttr_seconds,mtbf_seconds\r\n");
    assertThat(ada.get("/reports/noise.csv").body()).startsWith("rule,incidents,alerts,");
    assertThat(ada.get("/reports/sla.csv?month=2026-10").body()).startsWith("month,component,");
    assertThat(ada.get("/reports?month=soon").statusCode()).isEqualTo(400);
    assertThat(ada.get("/reports?by=mood").statusCode()).isEqualTo(400);
  }

  @Test
  void aTextThatASpreadsheetWouldComputeIsOnlyText() {
    var csv = new CsvText("a", "b");
    csv.row("=1+1", -3);
    csv.row("x,\"y\"", "@z");
    assertThat(csv).hasToString("a,b\r\n'=1+1,-3\r\n\"x,\"\"y\"\"\",'@z\r\n");
  }
}
