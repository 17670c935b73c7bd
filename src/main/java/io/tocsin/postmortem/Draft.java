package io.tocsin.postmortem;

import java.util.List;

/** A post-mortem as written from the evidence: Markdown, and the charts it refers to by name. */
public record Draft(String markdown, List<Chart> charts) {

  public Draft {
    charts = List.copyOf(charts);
  }
}
