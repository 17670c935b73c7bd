package io.tocsin.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PictureBookTest {

  /** What a browser shows no page for: drawings, files, parts of pages, the feed. */
  private static final Pattern NO_PAGE =
      Pattern.compile(
          "/api/.*|/assets/.*|.*\\.(svg|json|csv|md|html)|.*/live|/live|/now|/explore/names");

  /** Pages of the door itself, seen by those who are not in yet. */
  private static final Pattern DOOR = Pattern.compile("/login|/logged-out|/setup|/calendars/.*");

  /** Where forms are sent that have no page of their own: asked for, they lead back to a list. */
  private static final Pattern LEADS_BACK =
      Pattern.compile("/(alerts|incidents)/(acknowledge|views)|/silences/several(/preview)?");

  @Test
  void everyPageOfTheConsoleIsInIt() throws Exception {
    var taken = new ArrayList<>(PictureBook.PAGES.values());
    taken.addAll(PictureBook.AFTER_A_DRAFT.values());
    taken.addAll(PictureBook.BEHIND_THE_DOOR.values());
    taken.replaceAll(path -> path.replaceAll("\\?.*", ""));
    var missing = new TreeSet<String>();
    try (var door = new DoorFixture().open()) {
      Router router = Router.router(door.vertx);
      door.routes().forEach(it -> it.mount(router));
      for (Route route : router.getRoutes()) {
        String path = route.getPath();
        boolean got =
            path != null
                && route.methods() != null
                && route.methods().stream().anyMatch(it -> it.name().equals("GET"));
        if (got
            && !NO_PAGE.matcher(path).matches()
            && !DOOR.matcher(path).matches()
            && !LEADS_BACK.matcher(path).matches()) {
          var pattern = Pattern.compile(path.replaceAll(":\\w+", "[^/]+"));
          if (taken.stream().noneMatch(it -> pattern.matcher(it).matches())) {
            missing.add(path);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }
}
