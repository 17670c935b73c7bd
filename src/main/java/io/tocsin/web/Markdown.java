package io.tocsin.web;

import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown as HTML. HTML inside it is shown, not obeyed; addresses must be harmless ones. */
final class Markdown {

  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(TABLES).escapeHtml(true).sanitizeUrls(true).build();

  private Markdown() {}

  static String html(String markdown) {
    // A heading of a column that says nothing is no heading to those who hear the page.
    return RENDERER.render(PARSER.parse(markdown)).replace("<th></th>", "<td></td>");
  }
}
