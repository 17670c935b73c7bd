package io.tocsin.web;

import java.util.Locale;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The little Markdown that stands on a public page: paragraphs, lists, emphasis, code in a line and
 * links to http, https and mailto. A picture becomes its caption, HTML is shown as text.
 */
final class LimitedMarkdown {

  private static final Set<Class<? extends Block>> BLOCKS = Set.of(ListBlock.class);
  private static final Parser PARSER = Parser.builder().enabledBlockTypes(BLOCKS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

  private LimitedMarkdown() {}

  static String html(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(new Plainer());
    return RENDERER.render(document);
  }

  /** Takes out what would load something, and links that lead anywhere but to an address. */
  private static final class Plainer extends AbstractVisitor {

    @Override
    public void visit(Image image) {
      visitChildren(image);
      unwrap(image);
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      String target = link.getDestination().strip().toLowerCase(Locale.ROOT);
      boolean known =
          target.startsWith("https://")
              || target.startsWith("http://")
              || target.startsWith("mailto:")
              || (target.startsWith("/") && !target.startsWith("//"));
      if (!known) {
        unwrap(link);
      }
    }

    private static void unwrap(Node node) {
      Node child = node.getFirstChild();
      if (child == null) {
        node.insertBefore(new Text(""));
      }
      while (child != null) {
        Node next = child.getNext();
        node.insertBefore(child);
        child = next;
      }
      node.unlink();
    }
  }
}
