package io.tocsin.web;

import io.tocsin.statuspage.PageLook;
import io.tocsin.statuspage.PublicWords;
import java.time.Instant;

/**
 * What surrounds a public page's content.
 *
 * @param title of the document
 * @param path this page's own, to come back to after a change of theme
 * @param theme how it is coloured
 * @param words in the reader's language
 * @param links where everything else is
 * @param look the owner's own
 * @param now when it is rendered
 */
public record PublicFrame(
    String title,
    String path,
    Theme theme,
    PublicWords words,
    SiteLinks links,
    PageLook look,
    Instant now) {

  /** The owner's limited Markdown as harmless HTML; see {@link LimitedMarkdown}. */
  public String html(String markdown) {
    return LimitedMarkdown.html(markdown);
  }
}
