package io.tocsin.web;

import io.tocsin.statuspage.PageEditStore;
import io.tocsin.statuspage.PageEdits;
import io.tocsin.statuspage.PageSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The form of the status page's editor.
 *
 * @param configured the page as the files say
 * @param kept what was changed beside them
 * @param rows the listed components in their order
 * @param announce which announcement: configured, none, note or warning
 * @param text of an announcement of our own
 */
public record PageEditorView(
    PageSpec configured,
    Optional<PageEditStore.Kept> kept,
    List<Row> rows,
    String announce,
    String text) {

  /** One listed component as it stands in the form. */
  public record Row(
      String name,
      String position,
      String group,
      String description,
      boolean hidden,
      boolean edited) {}

  /** As it is kept now. */
  static PageEditorView of(PageSpec configured, Optional<PageEditStore.Kept> kept) {
    PageEdits edits = kept.map(PageEditStore.Kept::edits).orElse(PageEdits.NONE);
    Map<String, PageSpec.Component> plain =
        configured.components().stream()
            .collect(Collectors.toMap(PageSpec.Component::name, Function.identity()));
    var rows = new ArrayList<Row>();
    Set<String> hidden = edits.hidden();
    for (PageSpec.Component component : edits.arranged(configured)) {
      rows.add(
          new Row(
              component.name(),
              Integer.toString(rows.size() + 1),
              component.group().orElse(""),
              component.description(),
              hidden.contains(component.name()),
              hidden.contains(component.name()) || !component.equals(plain.get(component.name()))));
    }
    var shown = edits.banner().flatMap(PageEdits.Banner::shown);
    String announce =
        edits.banner().isEmpty()
            ? "configured"
            : shown.map(it -> it.tone().name().toLowerCase(Locale.ROOT)).orElse("none");
    return new PageEditorView(
        configured, kept, rows, announce, shown.map(it -> it.text()).orElse(""));
  }

  /** Of when the changes are that the form began with; empty for none. */
  public String seen() {
    return kept.map(it -> it.at().toString()).orElse("");
  }

  /** The groups there are. */
  public List<String> groups() {
    return rows.stream().map(Row::group).filter(it -> !it.isEmpty()).distinct().toList();
  }
}
