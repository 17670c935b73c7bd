package io.tocsin.web;

import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.incident.IncidentId;
import io.tocsin.postmortem.LineDiff;
import io.tocsin.postmortem.Postmortem;
import io.tocsin.postmortem.Postmortems;
import io.tocsin.postmortem.TextMerge;
import io.tocsin.postmortem.UnsavedTexts;
import io.tocsin.postmortem.UnsavedTexts.Unsaved;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Editing an incident's story: previewed and kept while it is typed, saved as a version of its own.
 * When somebody else saved meanwhile, changes of different places are put together; changes of the
 * same place are shown to the person who decides.
 */
final class PostmortemEditor {

  private final ConsolePorts ports;
  private final ConsolePage page;

  PostmortemEditor(ConsolePorts ports, ConsolePage page) {
    this.ports = ports;
    this.page = page;
  }

  void mount(Router router) {
    String path = "/incidents/:id/postmortem";
    page.get(router, path + "/edit", this::edit);
    page.ask(router, path + "/preview", this::preview);
    page.post(router, path + "/unsaved", this::keep);
    page.post(router, path + "/discard", this::discard);
    page.post(router, path + "/merge", this::merge);
    page.post(router, path, this::save);
  }

  private Incident incident(Request request) {
    IncidentId id = IncidentPages.id(request);
    return ports.incidents().find(id).orElseThrow(() -> IncidentPages.absent(id));
  }

  private static String typed(Request request) {
    return request.query("markdown").orElse("").replace("\r\n", "\n");
  }

  private static int basedOn(Request request) {
    return request.integer("version", 0, 0, Integer.MAX_VALUE);
  }

  private UnsavedTexts unsaved() {
    return ports.work().unsaved();
  }

  private Reply edit(Request request) {
    Incident incident = incident(request);
    Optional<Postmortem> latest = ports.postmortems().latest(incident.id());
    if (latest.isEmpty()) {
      return back(incident);
    }
    Optional<Unsaved> mine =
        unsaved().of(incident.id()).stream()
            .filter(text -> text.person().equals(request.principal().name()))
            .filter(text -> !text.markdown().equals(latest.get().markdown()))
            .findFirst();
    int from = request.integer("from", 0, 0, Integer.MAX_VALUE);
    String text =
        from > 0
            ? version(incident, from).map(Postmortem::markdown).orElse(latest.get().markdown())
            : mine.map(Unsaved::markdown).orElse(latest.get().markdown());
    int version =
        from > 0
            ? latest.get().version()
            : mine.map(Unsaved::basedOn).orElse(latest.get().version());
    return show(request, 200, incident, version, text, "", from > 0 ? Optional.empty() : mine);
  }

  private Optional<Postmortem> version(Incident incident, int number) {
    return ports.postmortems().versions(incident.id()).stream()
        .filter(one -> one.version() == number)
        .findFirst();
  }

  private Reply show(
      Request request,
      int status,
      Incident incident,
      int version,
      String text,
      String trouble,
      Optional<Unsaved> kept) {
    return page(
        request,
        status,
        new EditorView(
            page.now(),
            incident,
            version,
            version,
            text,
            trouble,
            kept,
            others(request, incident),
            Optional.empty(),
            List.of()));
  }

  private Reply page(Request request, int status, EditorView view) {
    return page.page(
        status,
        request,
        "console/postmortem-edit.jte",
        "Edit post-mortem #" + view.incident().number(),
        Map.of("view", view));
  }

  private List<Unsaved> others(Request request, Incident incident) {
    return unsaved().of(incident.id()).stream()
        .filter(text -> !text.person().equals(request.principal().name()))
        .toList();
  }

  private Reply preview(Request request) {
    Incident incident = incident(request);
    return page.part(
        "console/postmortem-preview.jte",
        Map.of("html", EditorView.html(typed(request), incident)));
  }

  private Reply keep(Request request) {
    String text = typed(request);
    if (text.length() > Postmortems.LONGEST_TEXT) {
      return Toast.trouble("The text is too long to be kept.").reply(422);
    }
    unsaved()
        .keep(
            new Unsaved(
                incident(request).id(),
                request.principal().name(),
                basedOn(request),
                text,
                page.now()));
    return Reply.empty(204);
  }

  private Reply discard(Request request) {
    Incident incident = incident(request);
    unsaved().forget(incident.id(), request.principal().name());
    return ConsolePage.to("/incidents/" + incident.id() + "/postmortem/edit");
  }

  private Reply save(Request request) {
    Incident incident = incident(request);
    String author = request.principal().name();
    String text = typed(request);
    try {
      ports.postmortems().edit(incident.id(), basedOn(request), author, text, page.now());
      unsaved().forget(incident.id(), author);
      return back(incident);
    } catch (Postmortems.Outdated e) {
      return conflict(request, incident, basedOn(request), text, false);
    } catch (IllegalArgumentException e) {
      String trouble = String.valueOf(e.getMessage());
      return show(request, 422, incident, basedOn(request), text, trouble, Optional.empty());
    }
  }

  /** Both texts, those places that both changed between marks. */
  private Reply merge(Request request) {
    int base = request.integer("base", basedOn(request), 0, Integer.MAX_VALUE);
    return conflict(request, incident(request), base, typed(request), true);
  }

  private Reply conflict(
      Request request, Incident incident, int basedOn, String mine, boolean both) {
    Postmortem theirs =
        ports
            .postmortems()
            .latest(incident.id())
            .orElseThrow(() -> IncidentPages.absent(incident.id()));
    String base = version(incident, basedOn).map(Postmortem::markdown).orElse("");
    TextMerge.Merged merged = TextMerge.of(base, mine, theirs.markdown());
    boolean easy = merged.conflicts() == 0;
    String trouble =
        easy
            ? "Somebody saved a newer version meanwhile. Your changes and theirs are put together"
                + " below; look at them and save."
            : both
                ? "Both texts are below; where you both changed the same lines they stand between"
                    + " marks. Choose, take the marks out, and save."
                : "Somebody saved a newer version meanwhile, and you both changed the same lines."
                    + " Your text is below; saving it now replaces theirs.";
    return page(
        request,
        409,
        new EditorView(
            page.now(),
            incident,
            theirs.version(),
            basedOn,
            easy || both ? merged.text() : mine,
            trouble,
            Optional.empty(),
            others(request, incident),
            Optional.of(theirs),
            LineDiff.of(base, theirs.markdown())));
  }

  private static Reply back(Incident incident) {
    return ConsolePage.to("/incidents/" + incident.id() + "/postmortem");
  }
}
