package io.tocsin.http;

import io.tocsin.incident.IncidentId;
import java.util.List;

/** One tracker that takes everything, and one that refuses. */
public final class FabricatedTrackers implements ActionExport.Trackers {

  @Override
  public List<String> names() {
    return List.of("jira");
  }

  @Override
  public String open(String receiver, String title, String text, IncidentId about) {
    if (!names().contains(receiver)) {
      throw new IllegalArgumentException("a receiver of the kind jira, github or gitlab");
    }
    return "jira OPS-7";
  }
}
