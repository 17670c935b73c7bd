package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.postmortem.LineDiff;
import io.tocsin.postmortem.Postmortem;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;

/** Every version of an incident's story, and what each changed. */
final class PostmortemVersions {

  private final ConsolePorts ports;
  private final ConsolePage page;

  PostmortemVersions(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/incidents/:id/postmortem/versions", this::show);
  }

  private Reply show(Request request) {
    IncidentId id = IncidentPages.id(request);
    Incident incident = ports.incidents().find(id).orElseThrow(() -> IncidentPages.absent(id));
    List<Postmortem> versions = ports.postmortems().versions(id);
    if (versions.isEmpty()) {
      throw ProblemException.notFound("incident " + id + " has no post-mortem yet");
    }
    int newest = versions.getLast().version();
    int number = request.integer("version", newest, 1, newest);
    Postmortem shown = versions.get(number - 1);
    String before = number == 1 ? "" : versions.get(number - 2).markdown();
    return page.page(
        request,
        "console/postmortem-versions.jte",
        "Versions of post-mortem #" + incident.number(),
        Map.of(
            "incident",
            incident,
            "versions",
            versions.reversed(),
            "shown",
            shown,
            "diff",
            LineDiff.of(before, shown.markdown()),
            "now",
            page.now()));
  }
}
