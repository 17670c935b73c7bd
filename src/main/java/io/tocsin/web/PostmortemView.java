package io.tocsin.web;

import io.tocsin.incident.Incident;
import java.time.Instant;
import java.util.Optional;

/**
 * An incident's story as a page.
 *
 * @param now when it was read
 * @param incident whose it is
 * @param document its text, if there is one
 */
public record PostmortemView(
    Instant now, Incident incident, Optional<Postmortems.Document> document) {

  /** The text as HTML, safe to stand in a page. */
  public String html() {
    return document.map(found -> Markdown.html(found.markdown())).orElse("");
  }
}
