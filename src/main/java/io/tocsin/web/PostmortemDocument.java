package io.tocsin.web;

import io.tocsin.incident.Incident;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.Chart;
import io.tocsin.postmortem.Postmortem;
import java.util.List;
import java.util.Map;

/** A post-mortem as one file of HTML that needs no other, to keep, to send and to print. */
public final class PostmortemDocument {

  private PostmortemDocument() {}

  /** One version with its charts inside and what is to be done. */
  public static String html(Incident incident, Postmortem found, List<ActionItem> actions) {
    String body = Markdown.html(found.markdown());
    for (Chart chart : found.charts()) {
      body = body.replace("src=\"" + chart.name() + "\"", "src=\"" + chart.address() + "\"");
    }
    String title = "Post-mortem #" + incident.number() + " " + incident.title();
    return Templates.render(
        "console/postmortem-document.jte",
        Map.of("title", title, "body", body, "actions", actions));
  }
}
