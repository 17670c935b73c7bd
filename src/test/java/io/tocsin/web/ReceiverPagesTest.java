package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReceiverPagesTest {

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

  @Test
  void eachReceiverTellsHowItFares() throws Exception {
    Visitor vera = door.loggedIn("vera");
    assertThat(vera.get("/receivers").body())
        .contains("Breaker closed", "Breaker open", "Breaker half open")
        .contains("503 from the receiver", "2 waiting", "2 given up", "at most 10 in 1 min")
        .contains("while it is down: ops", "A name alone", "Dead letters: 2")
        .doesNotContain("Send a test");
    assertThat(vera.get("/receivers/team").body())
        .contains("<dt>url</dt><dd><code>***</code>", "/incidents/i185abcdef", "1 try, the last")
        .doesNotContain("Send a test");
    assertThat(vera.get("/receivers/team?state=dead").body()).contains("No message.");
    assertThat(vera.get("/receivers/team?state=lost").statusCode()).isEqualTo(400);
    assertThat(vera.get("/receivers/team?before=x").statusCode()).isEqualTo(400);
    assertThat(vera.get("/receivers/none").statusCode()).isEqualTo(404);
  }

  @Test
  void aTestIsSentByThoseWhoMay() throws Exception {
    Visitor max = door.loggedIn("max");
    max.get("/receivers");
    assertThat(max.submit("/receivers/ops/test").body())
        .contains("Delivered", "ops/pagerduty/0: HTTP 202");
    assertThat(door.loggedIn("vera").submit("/receivers/ops/test").body())
        .contains("needs the scope");
  }

  @Test
  void aTemplateIsShownFilledAndAWrongOneIsKeptWithWhatIsWrong() throws Exception {
    Visitor vera = door.loggedIn("vera");
    assertThat(vera.submit("/receivers/ops/preview", "title", "Hear <b>this", "text", "").body())
        .contains("your title", "Hear &lt;b&gt;this", "ops/pagerduty/0");
    var wrong = vera.submit("/receivers/ops/preview", "title", "", "text", "{{ .Nothing }}");
    assertThat(wrong.statusCode()).isEqualTo(422);
    assertThat(wrong.body()).contains("there is no .Nothing", ">{{ .Nothing }}</textarea>");
  }

  @Test
  void deadLettersAreSentAgainOneByOneOrAll() throws Exception {
    Visitor max = door.loggedIn("max");
    String page = max.get("/dead-letters").body();
    assertThat(page).contains("2 given up", "410 gone", "Send all again");
    String id = page.replaceFirst("(?s).*/dead-letters/(\\d+)/replay.*", "$1");
    assertThat(max.submit("/dead-letters/" + id + "/replay").statusCode()).isEqualTo(303);
    assertThat(max.get("/dead-letters").body()).contains("1 given up").doesNotContain("/" + id);
    assertThat(max.submit("/dead-letters/" + id + "/replay").statusCode()).isEqualTo(404);
    assertThat(max.submit("/dead-letters/replay").statusCode()).isEqualTo(303);
    assertThat(max.get("/dead-letters").body()).contains("None. A message");
    Visitor vera = door.loggedIn("vera");
    assertThat(vera.submit("/dead-letters/replay").body()).contains("needs the scope");
    assertThat(vera.get("/receivers/archive").body()).doesNotContain("Send it again");
  }
}
