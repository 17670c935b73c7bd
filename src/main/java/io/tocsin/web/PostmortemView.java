package io.tocsin.web;

import io.tocsin.incident.Incident;
import io.tocsin.postmortem.Postmortem;
import java.time.Instant;
import java.util.Optional;

/**
 * An incident's story as a page.
 *
 * @param now when it was read
 * @param incident whose it is
 * @param document its newest version, if there is one
 */
public record PostmortemView(Instant now, Incident incident, Optional<Postmortem> document) {

  /** The text as HTML, safe to stand in a page. */
  public String html() {
    return document.map(found -> Markdown.html(found.markdown())).orElse("");
  }

  /** The number of that version, 0 when there is none. */
  public int version() {
    return document.map(Postmortem::version).orElse(0);
  }

  /** Whether a new draft would replace it. */
  public boolean drafted() {
    return document.filter(found -> found.origin() == Postmortem.Origin.DRAFTED).isPresent();
  }
}
