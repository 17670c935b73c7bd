package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MaintenancePagesTest {

  private DoorFixture door = new DoorFixture();

  @BeforeEach
  void open() throws Exception {
    door.open();
    door.person("max", Role.RESPONDER);
    door.person("vera", Role.VIEWER);
  }

  @AfterEach
  void close() throws Exception {
    door.close();
  }

  private Visitor responder() throws Exception {
    Visitor max = door.loggedIn("max");
    max.get("/maintenance/new");
    return max;
  }

  private static HttpResponse<String> planned(Visitor visitor, String until, String title)
      throws Exception {
    return visitor.submit(
        "/maintenance",
        "title",
        title,
        "text",
        "Short <b>breaks</b>",
        "component",
        "AI models",
        "starts_at",
        "2026-11-21T20:00",
        "ends_at",
        until);
  }

  private static String seen(String page) {
    return page.replaceFirst("(?s).*name=\"seen\" value=\"([^\"]*)\".*", "$1");
  }

  private static String section(String page, String title) {
    return page.replaceFirst("(?s).*<section aria-labelledby=\"" + title + "-title\">", "")
        .replaceFirst("(?s)</section>.*", "");
  }

  @Test
  void whatIsUnderWayToComeAndOverIsListedWithWhatItMutes() throws Exception {
    String page = door.loggedIn("vera").get("/maintenance").body();
    assertThat(section(page, "active")).contains("Faster disks for the database", "ends in 1 h");
    assertThat(section(page, "upcoming"))
        .contains("New models", "begins in 2 h", "2 alerts of its components fire now");
    assertThat(section(page, "over")).contains("Certificates renewed", "on the status page");
    assertThat(page).doesNotContain("Plan maintenance", "Begin now", "End now", "Cancel it");
    assertThat(door.loggedIn("vera").get("/maintenance/m2").body())
        .contains("Would be muted now", "Reminder", "What the status page says")
        .doesNotContain("Change it");
  }

  @Test
  void workIsPlannedAndAWrongFormKeepsWhatWasTyped() throws Exception {
    Visitor max = responder();
    var wrong = planned(max, "2026-11-21T19:00", "Rack <i>moves");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body())
        .contains("Expected a time after starts_at and after now.")
        .contains("value=\"Rack &lt;i>moves\"", "Short &lt;b&gt;breaks")
        .contains("value=\"AI models\" checked")
        .contains("value=\"2026-11-21T19:00\"");
    assertThat(planned(max, "soon", "Rack").body()).contains("Expected a date and time such as");
    assertThat(planned(max, "2026-11-21T21:00", "Rack moves").statusCode()).isEqualTo(303);
    assertThat(section(max.get("/maintenance").body(), "upcoming"))
        .contains("Rack moves", "21 Nov, 20:00 UTC to 21:00 UTC");
  }

  @Test
  void workIsBegunEndedAndCancelledByOnePress() throws Exception {
    Visitor max = responder();
    assertThat(max.submit("/maintenance/m2/start").statusCode()).isEqualTo(303);
    assertThat(section(max.get("/maintenance").body(), "active"))
        .contains("New models", "mutes 2 alerts now");
    assertThat(max.submit("/maintenance/m2/cancel").statusCode()).isEqualTo(409);
    assertThat(max.submit("/maintenance/m2/end").statusCode()).isEqualTo(303);
    assertThat(section(max.get("/maintenance").body(), "over")).contains("New models");
    planned(max, "2026-11-21T21:00", "Rack moves");
    String id =
        max.get("/maintenance")
            .body()
            .replaceFirst("(?s).*/maintenance/(m\\d+)\">Rack moves.*", "$1");
    assertThat(max.submit("/maintenance/" + id + "/end").statusCode()).isEqualTo(409);
    assertThat(max.submit("/maintenance/" + id + "/cancel").statusCode()).isEqualTo(303);
    assertThat(max.get("/maintenance").body()).doesNotContain("Rack moves");
    assertThat(max.submit("/maintenance/" + id + "/start").statusCode()).isEqualTo(409);
    assertThat(max.submit("/maintenance/m3/end").statusCode()).isEqualTo(409);
  }

  @Test
  void aStartThatHasBeenStaysAndTwoWhoEditAtOnceLoseNothing() throws Exception {
    Visitor max = responder();
    String first = seen(max.get("/maintenance/m1").body());
    String[] change = {
      "seen",
      first,
      "title",
      "Disks",
      "text",
      "",
      "component",
      "Database",
      "starts_at",
      "2026-11-21T18:00",
      "ends_at",
      "2026-11-21T15:30"
    };
    assertThat(max.submit("/maintenance/m1", change).statusCode()).isEqualTo(303);
    assertThat(section(max.get("/maintenance").body(), "active"))
        .contains("Disks", "21 Nov, 11:30 UTC to 15:30 UTC");
    change[3] = "My title";
    var late = max.submit("/maintenance/m1", change);
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body())
        .contains("Somebody changed it meanwhile.", "&ldquo;Disks&rdquo;", "value=\"My title\"");
    change[1] = seen(late.body());
    assertThat(max.submit("/maintenance/m1", change).statusCode()).isEqualTo(303);
    assertThat(max.get("/maintenance").body()).contains("My title");
  }

  @Test
  void aViewerPlansNothing() throws Exception {
    var answer = planned(door.loggedIn("vera"), "2026-11-21T21:00", "Mine");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("needs the scope");
  }
}
