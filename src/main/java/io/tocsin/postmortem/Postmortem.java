package io.tocsin.postmortem;

import io.tocsin.incident.IncidentId;
import java.time.Instant;
import java.util.List;

/**
 * One version of an incident's post-mortem.
 *
 * @param version counts up from 1 without gaps
 * @param origin who wrote it
 * @param author a person's name, or ours for drafts
 * @param charts drawings that the Markdown refers to by name
 */
public record Postmortem(
    IncidentId incident,
    int version,
    Origin origin,
    String author,
    Instant at,
    String markdown,
    List<Chart> charts) {

  /** Whether a version came from the evidence or from a person. */
  public enum Origin {
    DRAFTED,
    EDITED
  }

  public Postmortem {
    charts = List.copyOf(charts);
  }

  /** The Markdown with its charts inside, for a download that is one file. */
  public String selfContained() {
    String whole = markdown;
    for (Chart chart : charts) {
      whole = whole.replace("](" + chart.name() + ")", "](" + chart.address() + ")");
    }
    return whole;
  }
}
