package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.util.Map;
import java.util.Optional;

/** An incident's story: read, drafted on demand, edited, downloaded. */
final class PostmortemPages {

  private static final String MARKDOWN = "text/markdown; charset=utf-8";

  private final ConsolePorts ports;
  private final ConsolePage page;

  PostmortemPages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    String path = "/incidents/:id/postmortem";
    page.get(router, path, this::show);
    page.get(router, path + "/edit", this::edit);
    page.get(router, path + ".md", this::download);
    page.post(router, path + "/draft", this::draft);
    page.post(router, path, this::save);
  }

  private Incident incident(Request request) {
    IncidentId id = IncidentPages.id(request);
    return ports
        .incidents()
        .find(id)
        .orElseThrow(() -> ProblemException.notFound("there is no incident " + id));
  }

  private Reply show(Request request) {
    Incident incident = incident(request);
    var view = new PostmortemView(page.now(), incident, ports.postmortems().find(incident.id()));
    String title = "Post-mortem #" + incident.number();
    return page.page(request, "console/postmortem.jte", title, Map.of("view", view));
  }

  private Reply edit(Request request) {
    Incident incident = incident(request);
    Optional<Postmortems.Document> document = ports.postmortems().find(incident.id());
    if (document.isEmpty()) {
      return back(request);
    }
    var view = new PostmortemView(page.now(), incident, document);
    String title = "Edit post-mortem #" + incident.number();
    return page.page(request, "console/postmortem-edit.jte", title, Map.of("view", view));
  }

  private Reply draft(Request request) {
    ports.postmortems().draft(incident(request).id());
    return back(request);
  }

  private Reply save(Request request) {
    Incident incident = incident(request);
    String markdown = request.required("markdown").replace("\r\n", "\n");
    ports.postmortems().save(incident.id(), markdown, request.principal().name());
    return back(request);
  }

  private static Reply back(Request request) {
    return ConsolePage.to("/incidents/" + IncidentPages.id(request) + "/postmortem");
  }

  private Reply download(Request request) {
    Incident incident = incident(request);
    return ports
        .postmortems()
        .find(incident.id())
        .map(
            document ->
                Reply.of(200, MARKDOWN, Buffer.buffer(document.markdown()))
                    .with(
                        "Content-Disposition",
                        "attachment; filename=\"postmortem-" + incident.number() + ".md\""))
        .orElseThrow(
            () ->
                ProblemException.notFound("incident " + incident.id() + " has no post-mortem yet"));
  }
}
