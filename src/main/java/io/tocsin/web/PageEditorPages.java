package io.tocsin.web;

import io.tocsin.access.Scope;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.statuspage.PageEditStore;
import io.tocsin.statuspage.PageEdits;
import io.tocsin.statuspage.PageLook;
import io.tocsin.statuspage.PageSpec;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The editor of the status page: order, groups, descriptions, visibility, announcement. */
final class PageEditorPages {

  private static final int LONGEST_GROUP = 100;
  private static final int LONGEST_DESCRIPTION = 300;

  /** As in the configuration. */
  private static final int LONGEST_TEXT = 2000;

  /** Whether the public sees a component. */
  private enum Visibility {
    SHOWN,
    HIDDEN
  }

  private final PageEditorPorts ports;
  private final ConsolePage page;

  PageEditorPages(PageEditorPorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(
        router, "/settings/page", Scope.ADMIN, request -> shown(request, 200, kept(), Map.of()));
    page.post(router, "/settings/page", Scope.ADMIN, this::save);
    page.post(
        router,
        "/settings/page/reset",
        Scope.ADMIN,
        request -> {
          ports.store().reset();
          ports.changed().accept(PageEdits.NONE);
          return ConsolePage.to("/settings/page");
        });
  }

  private PageEditorView kept() {
    return PageEditorView.of(ports.configured().get(), ports.store().load());
  }

  private Reply shown(
      Request request, int status, PageEditorView view, Map<String, String> troubles) {
    return page.page(
        status,
        request,
        "console/page-editor.jte",
        "Status page editor",
        Map.of("view", view, "troubles", troubles));
  }

  private Reply save(Request request) {
    PageEditorView known = kept();
    PageEditorView typed = typed(request, known);
    var troubles = new LinkedHashMap<String, String>();
    check(typed, troubles);
    if (!troubles.isEmpty()) {
      return shown(request, 422, typed, troubles);
    }
    PageEdits edits = edits(typed);
    Instant now = page.now().truncatedTo(ChronoUnit.MICROS);
    var next = new PageEditStore.Kept(edits, request.principal().name(), now);
    Optional<Instant> before = known.kept().map(PageEditStore.Kept::at);
    boolean seen = request.query("seen").orElse("").equals(known.seen());
    if (!seen || !ports.store().save(next, before)) {
      String by = known.kept().map(PageEditStore.Kept::by).orElse("somebody");
      return shown(request, 409, typed, Map.of("seen", by));
    }
    ports.changed().accept(edits);
    return ConsolePage.to("/settings/page");
  }

  /** The form as it was sent; what is not listed is passed over. */
  private static PageEditorView typed(Request request, PageEditorView known) {
    Set<String> listed =
        known.configured().components().stream()
            .map(PageSpec.Component::name)
            .collect(Collectors.toSet());
    List<String> names = request.queries("name");
    List<String> positions = request.queries("position");
    List<String> groups = request.queries("group");
    List<String> descriptions = request.queries("description");
    List<String> visibilities = request.queries("visibility");
    int rows = names.size();
    if (Stream.of(positions, groups, descriptions, visibilities)
        .anyMatch(column -> column.size() != rows)) {
      throw Request.wrong(
          "name", rows + " times", "as often as position, group, description and visibility");
    }
    var typed = new ArrayList<PageEditorView.Row>();
    for (int i = 0; i < rows; i++) {
      if (listed.contains(names.get(i))) {
        typed.add(
            new PageEditorView.Row(
                names.get(i),
                positions.get(i).strip(),
                groups.get(i).strip(),
                descriptions.get(i).strip(),
                Request.choice("visibility", visibilities.get(i), Visibility.class)
                    == Visibility.HIDDEN,
                false));
      }
    }
    return new PageEditorView(
        known.configured(),
        known.kept(),
        typed,
        request.query("announce").orElse("configured"),
        request.query("text").orElse("").strip());
  }

  private static void check(PageEditorView typed, Map<String, String> troubles) {
    for (int i = 0; i < typed.rows().size(); i++) {
      PageEditorView.Row row = typed.rows().get(i);
      if (!row.position().matches("\\d{1,4}")) {
        troubles.put("position-" + i, "Expected a number.");
      }
      bounded(row.group(), LONGEST_GROUP, "group-" + i, troubles);
      bounded(row.description(), LONGEST_DESCRIPTION, "description-" + i, troubles);
    }
    if (tone(typed).isPresent()) {
      if (typed.text().isEmpty()) {
        troubles.put("text", "Expected some words.");
      }
      int bytes = typed.text().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST_TEXT) {
        troubles.put("text", "Found " + bytes + " bytes, expected at most " + LONGEST_TEXT + ".");
      }
    }
  }

  private static void bounded(String text, int most, String field, Map<String, String> troubles) {
    if (text.length() > most) {
      troubles.put(field, "Found " + text.length() + " characters, expected at most " + most + ".");
    }
  }

  private static Optional<PageLook.Announcement.Tone> tone(PageEditorView typed) {
    return switch (typed.announce()) {
      case "configured", "none" -> Optional.empty();
      default ->
          Optional.of(
              Request.choice("announce", typed.announce(), PageLook.Announcement.Tone.class));
    };
  }

  private static PageEdits edits(PageEditorView typed) {
    List<PageEdits.Component> components =
        typed.rows().stream()
            .sorted(Comparator.comparingInt(row -> Integer.parseInt(row.position())))
            .map(
                row ->
                    new PageEdits.Component(
                        row.name(),
                        Optional.of(row.group()).filter(group -> !group.isEmpty()),
                        row.description(),
                        row.hidden()))
            .toList();
    Optional<PageEdits.Banner> banner =
        typed.announce().equals("configured")
            ? Optional.empty()
            : Optional.of(
                new PageEdits.Banner(
                    tone(typed).map(tone -> new PageLook.Announcement(tone, typed.text()))));
    return new PageEdits(components, banner);
  }
}
