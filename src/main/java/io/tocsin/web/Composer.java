package io.tocsin.web;

import io.tocsin.incident.Phase;
import io.tocsin.incident.UpdateDrafts;
import java.util.List;

/**
 * What the form for an update holds.
 *
 * @param phase chosen
 * @param isPublic who is to read it
 * @param text typed, or of a template
 * @param drafts one for each phase
 */
public record Composer(
    Phase phase, boolean isPublic, String text, List<UpdateDrafts.Draft> drafts) {
  public Composer {
    drafts = List.copyOf(drafts);
  }
}
