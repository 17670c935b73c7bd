package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.access.Role;
import io.tocsin.http.RoleTable;
import io.vertx.ext.web.Router;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every page as each role sees it: the forms on it are those that the server lets the role send.
 */
class ConsoleFormsTest {

  private static final Pattern FORM = Pattern.compile("<form\\b[^>]*>");
  private static final Pattern ACTION = Pattern.compile("\\b(?:form)?action=\"([^\"]+)\"");
  private static final Pattern BUTTON = Pattern.compile("<button\\b[^>]*\\bformaction=[^>]*>");

  /** An operation whose path has parameters, as a pattern for paths that have none. */
  private record Offered(Pattern path, Optional<Role> least) {

    static Offered of(String operation) {
      String path = operation.substring(operation.indexOf(' ') + 1);
      return new Offered(
          Pattern.compile(path.replaceAll(":\\w+", "[^/]+")), RoleTable.least(operation));
    }
  }

  @Test
  void aRoleIsShownEveryFormItMaySendAndNoOther() throws Exception {
    try (var door = new DoorFixture().open()) {
      Router router = Router.router(door.vertx);
      door.routes().forEach(it -> it.mount(router));
      List<Offered> posts =
          RoleTable.checked(router).stream()
              .filter(it -> it.startsWith("POST ") && !it.contains(" /api/"))
              .map(Offered::of)
              .toList();
      door.person("writer", Role.RESPONDER);
      Visitor writer = door.loggedIn("writer");
      writer.get("/incidents/i184abcdef/postmortem");
      assertThat(writer.submit("/incidents/i184abcdef/postmortem/draft").statusCode())
          .isEqualTo(303);
      Map<Role, Set<String>> shown = new EnumMap<>(Role.class);
      var wrong = new TreeSet<String>();
      for (Role role : Role.values()) {
        door.person(role.word(), role);
        Visitor visitor = door.loggedIn(role.word());
        Set<String> all = shown.computeIfAbsent(role, it -> new TreeSet<>());
        for (String page : pages()) {
          HttpResponse<String> answer = visitor.get(page);
          assertThat(answer.statusCode()).as(page).isIn(200, 403, 404);
          if (answer.statusCode() == 200) {
            for (String path : forms(answer.body())) {
              all.add(path);
              if (!may(role, path, posts)) {
                wrong.add(role.word() + " on " + page + " is shown " + path);
              }
            }
          }
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(shown.get(Role.VIEWER)).contains("/silences/preview", "/receivers/team/preview");
      assertThat(shown.get(Role.COMMUNICATOR)).contains("/incidents/i185abcdef/update");
      assertThat(shown.get(Role.RESPONDER))
          .contains("/incidents", "/incidents/i185abcdef/acknowledge", "/silences", "/demo/break")
          .contains("/checks/payment-api/run", "/incidents/i185abcdef/note");
      assertThat(shown.get(Role.ADMIN))
          .contains("/settings/users", "/settings/page", "/subscribers");
    }
  }

  private static List<String> pages() {
    var pages = new ArrayList<>(PictureBook.PAGES.values());
    pages.addAll(PictureBook.AFTER_A_DRAFT.values());
    pages.addAll(PictureBook.BEHIND_THE_DOOR.values());
    return pages;
  }

  private static Set<String> forms(String html) {
    var paths = new LinkedHashSet<String>();
    FORM.matcher(html)
        .results()
        .map(found -> found.group())
        .filter(form -> form.contains("method=\"post\""))
        .forEach(form -> paths.add(action(form)));
    BUTTON.matcher(html).results().forEach(found -> paths.add(action(found.group())));
    return paths;
  }

  private static String action(String tag) {
    var action = ACTION.matcher(tag);
    assertThat(action.find()).as(tag).isTrue();
    return action.group(1).replace("&amp;", "&").replaceAll("[?#].*", "");
  }

  /** Of several that fit a path, the one written out counts before one with parameters. */
  private static boolean may(Role role, String path, List<Offered> posts) {
    Optional<Offered> operation =
        posts.stream()
            .filter(it -> it.path().matcher(path).matches())
            .min(Comparator.comparing(it -> it.path().pattern().contains("[^/]+")));
    assertThat(operation).as(path).isPresent();
    Optional<Role> least = operation.get().least();
    return least.isEmpty() || role.compareTo(least.get()) >= 0;
  }
}
