package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The review of a post-mortem, its action items, the list of all, and files to take away. */
class PostmortemReviewTest {

  private static final String PATH = "/incidents/i180abcdef/postmortem";

  private final DoorFixture door = new DoorFixture();
  private Visitor ana = new Visitor("");

  @BeforeEach
  void open() throws Exception {
    door.open();
    door.person("ana", Role.RESPONDER);
    door.person("vera", Role.VIEWER);
    ana = door.loggedIn("ana");
    ana.get(PATH);
    assertThat(ana.submit(PATH + "/draft").statusCode()).isEqualTo(303);
  }

  @AfterEach
  void close() throws Exception {
    door.close();
  }

  private String page() throws Exception {
    return ana.get(PATH).body();
  }

  @Test
  void aDraftIsReviewedPublishedAndTakenBack() throws Exception {
    assertThat(page()).contains("Send to review").doesNotContain(">Publish<");
    var early = ana.submit(PATH + "/review", "state", "published", "public_summary", "Too soon.");
    assertThat(early.statusCode()).isEqualTo(409);
    assertThat(early.body()).contains("send it there first");

    ana.submit(PATH + "/review", "state", "in_review");
    assertThat(page()).contains(">Publish<").contains("Summary for the public");
    ana.submit(PATH + "/review", "state", "published", "public_summary", "<b>It is over.</b>");
    assertThat(page())
        .contains("aria-current=\"step\"")
        .contains("&lt;b&gt;It is over.&lt;/b&gt;")
        .contains("Take it back into review");
    assertThat(ana.get("/postmortems?state=published").body()).contains(PATH);
    ana.submit(PATH + "/review", "state", "in_review");
    assertThat(ana.get("/postmortems?state=published").body())
        .doesNotContain("href=\"" + PATH + "\"");
  }

  @Test
  void actionsAreWrittenDownDoneAndOpenedAgain() throws Exception {
    var empty = ana.submit(PATH + "/actions", "text", " ");
    assertThat(empty.statusCode()).isEqualTo(422);
    assertThat(empty.body()).contains("Say what is to be done");
    ana.submit(
        PATH + "/actions",
        "text",
        "Add a worker",
        "kind",
        "prevent",
        "owner",
        "ana",
        "due_on",
        "2026-11-30");
    assertThat(page()).contains("Add a worker").contains("2 open of 2").contains("overdue since");
    assertThat(ana.get("/postmortems?owner=ANA").body()).contains("Add a worker");
    assertThat(ana.get("/postmortems?owner=carl").body()).doesNotContain("Add a worker");

    assertThat(page()).contains("Export to jira");
    var refused = ana.submit(PATH + "/actions/a1/export", "receiver", "chat");
    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("No issue was opened by chat: expected a receiver of the");
    assertThat(ana.submit(PATH + "/actions/a1/export", "receiver", "jira").statusCode())
        .isEqualTo(303);
    assertThat(page()).contains("jira OPS-7");
    assertThat(ana.submit(PATH + "/actions/a1/export", "receiver", "jira").statusCode())
        .as("once")
        .isEqualTo(409);

    assertThat(ana.submit(PATH + "/actions/a1", "state", "done").statusCode()).isEqualTo(303);
    assertThat(page()).contains("1 open of 2").contains("Open again");
    assertThat(
            ana.submit("/incidents/i184abcdef/postmortem/actions/a1", "state", "open").statusCode())
        .as("of another incident")
        .isEqualTo(404);
    assertThat(ana.submit(PATH + "/actions", "text", "x", "due_on", "soon").statusCode())
        .isEqualTo(400);
  }

  @Test
  void theListFindsWordsAndStates() throws Exception {
    assertThat(ana.get("/postmortems?q=postmortem+contributing").body()).contains("No post-mortem");
    assertThat(ana.get("/postmortems?q=contributing").body()).contains(PATH);
    assertThat(ana.get("/postmortems?state=draft").body()).contains(PATH);
    assertThat(ana.get("/postmortems?state=in_review").body())
        .doesNotContain("href=\"" + PATH + "\"");
    assertThat(ana.get("/postmortems?state=wild").statusCode()).isEqualTo(400);
  }

  @Test
  void aViewerReadsAndIsOfferedNoButton() throws Exception {
    Visitor vera = door.loggedIn("vera");
    assertThat(vera.get(PATH).body())
        .contains("Contributing alerts")
        .doesNotContain("Send to review", "Draft anew", PATH + "/edit", PATH + "/actions\"");
    assertThat(vera.submit(PATH + "/review", "state", "in_review").statusCode()).isEqualTo(403);
  }

  @Test
  void theHtmlFileHasItsChartsInsideAndNeedsNoOther() throws Exception {
    var file = ana.get(PATH + ".html");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"postmortem-180.html\"");
    assertThat(file.body())
        .contains("@page { size: A4")
        .contains("src=\"data:image/svg+xml;base64,")
        .contains("Action items as they stand")
        .contains("&lt;img src=x onerror=alert(1)&gt;")
        .doesNotContain("src=\"chart-", "<img src=x", "/assets/");
  }
}
