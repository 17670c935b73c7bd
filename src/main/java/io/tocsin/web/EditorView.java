package io.tocsin.web;

import io.tocsin.incident.Incident;
import io.tocsin.postmortem.LineDiff;
import io.tocsin.postmortem.Postmortem;
import io.tocsin.postmortem.UnsavedTexts.Unsaved;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The editor of an incident's story.
 *
 * @param now when it was made
 * @param incident whose story it is
 * @param version the version that saving comes after
 * @param base the version that the text began from
 * @param text what the editor holds
 * @param trouble why it was not saved; empty when nothing is wrong
 * @param kept the person's own text that was not saved, when the editor holds it
 * @param others who else has text that is not saved
 * @param theirs the newer version, when somebody saved one meanwhile
 * @param diff what they changed, against the version this text began from
 */
public record EditorView(
    Instant now,
    Incident incident,
    int version,
    int base,
    String text,
    String trouble,
    Optional<Unsaved> kept,
    List<Unsaved> others,
    Optional<Postmortem> theirs,
    List<LineDiff.Line> diff) {

  public EditorView {
    others = List.copyOf(others);
    diff = List.copyOf(diff);
  }

  /** Where the story is. */
  public String path() {
    return "/incidents/" + incident.id().value() + "/postmortem";
  }

  /** The text as a reader will see it. */
  public String html() {
    return html(text, incident);
  }

  /** Charts are named beside the incident, not beside the editor. */
  static String html(String markdown, Incident incident) {
    return Markdown.html(markdown)
        .replace("src=\"chart-", "src=\"/incidents/" + incident.id().value() + "/chart-");
  }
}
