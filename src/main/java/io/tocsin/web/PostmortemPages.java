package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.postmortem.ActionItem;
import io.tocsin.postmortem.Chart;
import io.tocsin.postmortem.Postmortem;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An incident's story: read, drafted on demand, edited, downloaded. */
final class PostmortemPages {

  private final ConsolePorts ports;
  private final ConsolePage page;

  PostmortemPages(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    String path = "/incidents/:id/postmortem";
    page.get(router, path, request -> show(request, 200, Optional.empty(), ""));
    page.get(router, path + ".md", this::download);
    page.get(router, path + ".html", this::document);
    page.get(router, "/incidents/:id/chart-:number.svg", this::chart);
    page.post(router, path + "/draft", this::draft);
    new PostmortemList(ports, page).mount(router);
    new PostmortemReviewForms(ports, page, this::show).mount(router);
    new PostmortemEditor(ports, page).mount(router);
    new PostmortemVersions(ports, page).mount(router);
  }

  private Incident incident(Request request) {
    IncidentId id = IncidentPages.id(request);
    return ports.incidents().find(id).orElseThrow(() -> IncidentPages.absent(id));
  }

  private Optional<Postmortem> latest(Request request) {
    return ports.postmortems().latest(IncidentPages.id(request));
  }

  private Reply show(Request request, int status, Optional<String> typed, String trouble) {
    Incident incident = incident(request);
    var view =
        new PostmortemView(
            page.now(),
            ports.desk().reviews().story(incident),
            latest(request),
            actions(incident),
            ports.desk().exports().trackers(),
            typed,
            trouble);
    String title = "Post-mortem #" + incident.number();
    return page.page(status, request, "console/postmortem.jte", title, Map.of("view", view));
  }

  private Reply document(Request request) {
    Incident incident = incident(request);
    Postmortem found = latest(request).orElseThrow(() -> none(incident));
    String html = PostmortemDocument.html(incident, found, actions(incident));
    return Reply.of(200, RenderedPage.HTML, Buffer.buffer(html))
        .with("Cache-Control", "no-store")
        .with(
            "Content-Disposition",
            "attachment; filename=\"postmortem-" + incident.number() + ".html\"");
  }

  private List<ActionItem> actions(Incident incident) {
    return ports.desk().reviews().store().actions(incident.id());
  }

  private static ProblemException none(Incident incident) {
    return ProblemException.notFound("incident " + incident.id() + " has no post-mortem yet");
  }

  private Reply draft(Request request) {
    IncidentId id = IncidentPages.id(request);
    var evidence = ports.evidence().apply(id).orElseThrow(() -> IncidentPages.absent(id));
    ports.postmortems().draft(evidence, page.now());
    return back(request);
  }

  private static Reply back(Request request) {
    return ConsolePage.to("/incidents/" + IncidentPages.id(request) + "/postmortem");
  }

  private Reply download(Request request) {
    Incident incident = incident(request);
    return latest(request)
        .map(
            found ->
                Reply.of(200, "text/markdown; charset=utf-8", Buffer.buffer(found.selfContained()))
                    .with(
                        "Content-Disposition",
                        "attachment; filename=\"postmortem-" + incident.number() + ".md\""))
        .orElseThrow(() -> none(incident));
  }

  private Reply chart(Request request) {
    String name = "chart-" + request.path("number") + ".svg";
    return latest(request).stream()
        .flatMap(found -> found.charts().stream())
        .filter(chart -> chart.name().equals(name))
        .map(Chart::svg)
        .map(svg -> Reply.of(200, "image/svg+xml", Buffer.buffer(svg)))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("there is no chart " + name));
  }
}
