package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import io.tocsin.statuspage.Fabricated;
import io.tocsin.statuspage.HistoryFeed;
import io.tocsin.statuspage.PageEdits;
import io.tocsin.statuspage.PageInput;
import io.tocsin.statuspage.StatuspageJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageEditorPagesTest {

  /** Every listed component in the order it has, with the first one's fields given. */
  private static String[] form(String seen, String position, String announce, String text) {
    return form(seen, position, announce, text, "shown");
  }

  private static String[] form(
      String seen, String position, String announce, String text, String visibility) {
    var fields = new ArrayList<>(List.of("seen", seen, "announce", announce, "text", text));
    int place = 1;
    for (var component : Fabricated.spec().components()) {
      fields.addAll(
          List.of(
              "name",
              component.name(),
              "position",
              place == 1 ? position : Integer.toString(place * 10),
              "group",
              place == 1 ? "Money" : component.group().orElse(""),
              "description",
              component.description(),
              "visibility",
              place == 1 ? visibility : "shown"));
      place++;
    }
    return fields.toArray(String[]::new);
  }

  private static String seen(String page) {
    return page.replaceFirst("(?s).*name=\"seen\" value=\"([^\"]*)\".*", "$1");
  }

  @Test
  void orderGroupAndAnnouncementAreChangedAndTakenBackByAnAdminAlone() throws Exception {
    try (var door = new DoorFixture().open()) {
      door.person("adam", Role.ADMIN);
      door.person("max", Role.RESPONDER);
      Visitor adam = door.loggedIn("adam");
      String first = Fabricated.spec().components().getFirst().name();
      assertThat(adam.get("/settings/page").body())
          .contains("value=\"" + first + "\"", "from the configuration", "Page editor")
          .doesNotContain("Last changed by");

      var wrong = adam.submit("/settings/page", form("", "top", "warning", ""));
      assertThat(wrong.statusCode()).isEqualTo(422);
      assertThat(wrong.body())
          .contains("Expected a number.", "value=\"top\"", "Expected some words.", "Money");

      assertThat(
              adam.submit("/settings/page", form("", "999", "warning", "Read <b>this</b>"))
                  .statusCode())
          .isEqualTo(303);
      String changed = adam.get("/settings/page").body();
      assertThat(changed)
          .contains("Last changed by adam", "changed here", "Read &lt;b&gt;this")
          .contains("<option value=\"warning\" selected");
      assertThat(changed.lastIndexOf("name=\"name\" value=\""))
          .isEqualTo(changed.indexOf("name=\"name\" value=\"" + first + "\""));

      var late = adam.submit("/settings/page", form("", "1", "none", "Mine"));
      assertThat(late.statusCode()).isEqualTo(409);
      assertThat(late.body()).contains("changed the page meanwhile", ">Mine</textarea>");
      assertThat(
              adam.submit("/settings/page", form(seen(late.body()), "1", "none", "Mine"))
                  .statusCode())
          .isEqualTo(303);

      assertThat(adam.submit("/settings/page/reset").statusCode()).isEqualTo(303);
      assertThat(adam.get("/settings/page").body()).doesNotContain("Last changed by");

      Visitor max = door.loggedIn("max");
      assertThat(max.get("/settings/page").statusCode()).isEqualTo(403);
      assertThat(max.get("/").body()).doesNotContain("/settings/page");
    }
  }

  @Test
  void anAdminHidesAComponentAndShowsItAgain() throws Exception {
    try (var door = new DoorFixture().open()) {
      door.person("adam", Role.ADMIN);
      Visitor adam = door.loggedIn("adam");
      assertThat(adam.get("/settings/page").body()).contains("does not see it");
      var wrong = adam.submit("/settings/page", form("", "1", "configured", "", "secret"));
      assertThat(wrong.statusCode()).isEqualTo(400);
      assertThat(wrong.body()).contains("visibility", "secret");
      assertThat(
              adam.submit("/settings/page", form("", "1", "configured", "", "hidden")).statusCode())
          .isEqualTo(303);
      String changed = adam.get("/settings/page").body();
      assertThat(changed)
          .containsOnlyOnce("<option value=\"hidden\" selected")
          .containsOnlyOnce("changed here");
      assertThat(
              adam.submit("/settings/page", form(seen(changed), "1", "configured", ""))
                  .statusCode())
          .isEqualTo(303);
      assertThat(adam.get("/settings/page").body())
          .doesNotContain("<option value=\"hidden\" selected");
    }
  }

  @Test
  void whatHitsOnlyHiddenComponentsIsOnNoPageAndInNoDocument() {
    try (var servers = new PageServers()) {
      StatusSite site = servers.site(at -> Fabricated.rich(Fabricated.NOW), () -> Fabricated.NOW);
      site.refresh();
      assertThat(StatuspageJson.summary(site.snapshot())).contains("AI models");
      site.edit(
          new PageEdits(
              Stream.of("AI models", "Chat bot")
                  .map(it -> new PageEdits.Component(it, Optional.empty(), "", true))
                  .toList(),
              Optional.empty()));
      site.refresh();
      assertThat(StatuspageJson.summary(site.snapshot()) + HistoryFeed.atom(site.snapshot()))
          .contains("Payment API")
          .doesNotContain("AI models", "ai-models", "Chat bot", "New sign-in page", "Major");
      assertThat(site.snapshot().incidents())
          .allSatisfy(it -> assertThat(it.components()).isNotEmpty());
    }
  }

  @Test
  void thePublicPageShowsTheChangesAndWhatIsConfiguredAnewStaysBeneathThem() {
    try (var servers = new PageServers()) {
      StatusSite site = servers.site(PageInput::nothing, () -> Fabricated.NOW);
      var components = new ArrayList<>(Fabricated.spec().components());
      var last = components.getLast();
      site.edit(
          new PageEdits(
              List.of(new PageEdits.Component(last.name(), last.group(), "Changed here")),
              Optional.empty()));
      site.reconfigure(Fabricated.spec());
      site.refresh();
      var shown = site.snapshot().spec().components();
      assertThat(shown).hasSameSizeAs(components);
      assertThat(shown.getFirst().name()).isEqualTo(last.name());
      assertThat(shown.getFirst().description()).isEqualTo("Changed here");
      assertThat(site.configured()).isEqualTo(Fabricated.spec());
    }
  }

  @Test
  void aHeartbeatTellsItsLastBeatAndWhenTheNextIsDue() throws Exception {
    try (var door = new DoorFixture().open()) {
      door.person("vera", Role.VIEWER);
      assertThat(door.loggedIn("vera").get("/heartbeats").body())
          .contains("/checks/backup", "10 min ago", "expected every 1 h", "due in 55 min");
    }
  }
}
