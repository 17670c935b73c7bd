package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.silence.Maintenance;
import io.tocsin.silence.MaintenanceBook;
import io.tocsin.silence.MaintenanceStep;
import io.tocsin.statuspage.PageSpec;
import io.tocsin.statuspage.PlannedWork;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Planned work: what is to come, under way and over; planned, changed, begun, ended by form. */
final class MaintenancePages {

  private static final Duration PAST = Duration.ofDays(90);
  private static final int LISTED = 100;

  private final ConsolePorts ports;
  private final PlannedPorts planned;
  private final ConsolePage page;

  MaintenancePages(ConsolePorts ports, PlannedPorts planned, ConsolePage page) {
    this.ports = ports;
    this.planned = planned;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/maintenance", this::list);
    page.get(
        router,
        "/maintenance/new",
        request -> form(request, 200, typed(request, nothing()), Optional.empty()));
    page.post(router, "/maintenance", this::plan);
    page.get(
        router,
        "/maintenance/:id",
        request -> {
          MaintenanceView view = known(request);
          return form(request, 200, typed(request, view), Optional.of(view));
        });
    page.post(router, "/maintenance/:id", this::change);
    page.post(router, "/maintenance/:id/start", this::start);
    page.post(router, "/maintenance/:id/end", this::end);
    page.post(router, "/maintenance/:id/cancel", this::cancel);
  }

  private Reply list(Request request) {
    Instant now = page.now();
    List<MaintenanceView> all = views(now);
    List<MaintenanceView> over =
        all.stream()
            .filter(MaintenanceView::over)
            .sorted(Comparator.comparing((MaintenanceView it) -> it.work().endsAt()).reversed())
            .toList();
    var fields = new LinkedHashMap<String, String>();
    fields.put("page", request.query("page").orElse(""));
    return page.page(
        request,
        "console/maintenance.jte",
        "Maintenance",
        Map.of(
            "active", all.stream().filter(MaintenanceView::active).limit(LISTED).toList(),
            "upcoming", all.stream().filter(MaintenanceView::upcoming).limit(LISTED).toList(),
            "over", Slice.of(over, request, LISTED),
            "address", new Address("/maintenance", fields),
            "now", now));
  }

  private List<MaintenanceView> views(Instant now) {
    Instant since = now.minus(PAST);
    List<MaintenanceStep> told = planned.steps().endingAfter(since);
    PageSpec spec = planned.page().get();
    var firing = ports.alerts().firing();
    Duration before = planned.remindBefore().get();
    return planned.book().store().endingAfter(since).stream()
        .map(work -> MaintenanceView.of(work, told, spec, firing, before, now))
        .toList();
  }

  private MaintenanceView known(Request request) {
    String id = request.path("id");
    return views(page.now()).stream()
        .filter(it -> it.work().id().equals(id))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("there is no maintenance " + id));
  }

  private Map<String, String> nothing() {
    var usual = new HashMap<String, String>();
    Instant hour = page.now().plusSeconds(3600);
    usual.put("title", "");
    usual.put("text", "");
    usual.put("seen", "");
    usual.put("starts_at", FormFields.local(hour, ZoneOffset.UTC));
    usual.put("ends_at", FormFields.local(hour.plusSeconds(3600), ZoneOffset.UTC));
    return usual;
  }

  private static FormFields typed(Request request, MaintenanceView view) {
    Maintenance work = view.work();
    return typed(
        request,
        Map.of(
            "title", work.title(),
            "text", work.text(),
            "seen", view.version(),
            "starts_at", FormFields.local(work.startsAt(), ZoneOffset.UTC),
            "ends_at", FormFields.local(work.endsAt(), ZoneOffset.UTC)));
  }

  private static FormFields typed(Request request, Map<String, String> usual) {
    return FormFields.of(request, usual);
  }

  /** The form, empty or with what was typed; of known work also all that it does. */
  private Reply form(
      Request request, int status, FormFields fields, Optional<MaintenanceView> view) {
    List<String> chosen = request.queries("component");
    if (chosen.isEmpty() && fields.troubles().isEmpty()) {
      chosen = view.map(it -> it.work().components()).orElse(List.of());
    }
    var names = new TreeSet<>(chosen);
    ports.checks().get().forEach(check -> names.add(check.component()));
    planned.page().get().components().forEach(component -> names.add(component.name()));
    view.ifPresent(it -> names.addAll(it.work().components()));
    return page.page(
        status,
        request,
        "console/maintenance-one.jte",
        view.map(it -> it.work().title()).orElse("Plan maintenance"),
        Map.of(
            "view", view,
            "fields", fields,
            "chosen", chosen,
            "components", List.copyOf(names),
            "now", page.now()));
  }

  private Reply plan(Request request) {
    FormFields fields = typed(request, nothing());
    MaintenanceBook.Plan asked = asked(request, fields);
    return done(
        request,
        fields,
        Optional.empty(),
        () -> planned.book().plan(asked, request.principal().name(), page.now()));
  }

  private Reply change(Request request) {
    MaintenanceView view = known(request);
    FormFields fields = typed(request, view);
    MaintenanceBook.Plan asked = asked(request, fields);
    if (!fields.value("seen").equals(view.version())) {
      fields.typed().put("seen", view.version());
      fields.troubles().put("seen", "Somebody changed it meanwhile.");
      return form(request, 409, fields, Optional.of(view));
    }
    return done(
        request,
        fields,
        Optional.of(view),
        () -> {
          if (planned.book().change(view.work().id(), asked, page.now()).isEmpty()) {
            throw ProblemException.conflict("it is over and cannot be changed");
          }
        });
  }

  private static MaintenanceBook.Plan asked(Request request, FormFields fields) {
    return new MaintenanceBook.Plan(
        fields.value("title"),
        fields.value("text"),
        request.queries("component").stream().filter(name -> !name.isBlank()).distinct().toList(),
        fields.time("starts_at", ZoneOffset.UTC),
        fields.time("ends_at", ZoneOffset.UTC));
  }

  private Reply done(
      Request request, FormFields fields, Optional<MaintenanceView> view, Runnable keep) {
    if (fields.troubles().isEmpty()) {
      try {
        keep.run();
        return ConsolePage.to("/maintenance");
      } catch (MaintenanceBook.Wrong wrong) {
        fields.troubles().put(wrong.field(), "Expected " + wrong.expected() + ".");
      }
    }
    return form(request, 422, fields, view);
  }

  private Reply start(Request request) {
    String id = request.path("id");
    if (planned.book().start(id, page.now()).isEmpty()) {
      throw ProblemException.conflict("it is not planned any more, or has begun");
    }
    return ConsolePage.to("/maintenance");
  }

  private Reply end(Request request) {
    return over(request, PlannedWork.Stage.IN_PROGRESS, "it is not under way");
  }

  private Reply cancel(Request request) {
    return over(request, PlannedWork.Stage.SCHEDULED, "it has begun: end it instead");
  }

  private Reply over(Request request, PlannedWork.Stage expected, String otherwise) {
    MaintenanceView view = known(request);
    if (view.stage() != expected) {
      throw ProblemException.conflict(otherwise);
    }
    planned.book().callOff(view.work().id(), page.now());
    return ConsolePage.to("/maintenance");
  }
}
