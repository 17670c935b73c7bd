package io.tocsin.web;

import io.tocsin.alert.Severity;
import io.tocsin.http.ProblemException;
import io.tocsin.http.ReceiverTrial;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.DeliveryLedger;
import io.tocsin.notify.Destination;
import io.tocsin.notify.ReceiverView;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Receivers: how they fare, a test, what they were sent, what one would be sent. */
final class ReceiverPages {

  private static final int ROWS = 50;

  private final ConsolePorts ports;
  private final ReceiverTrial trial;
  private final DeliveryLedger ledger;
  private final ConsolePage page;

  ReceiverPages(ConsolePorts ports, ReceiverTrial trial, DeliveryLedger ledger, ConsolePage page) {
    this.ports = ports;
    this.trial = trial;
    this.ledger = ledger;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/receivers", this::list);
    page.get(
        router, "/receivers/:name", request -> shown(request, 200, preview(request), List.of()));
    page.post(router, "/receivers/:name/test", this::test);
    page.ask(router, "/receivers/:name/preview", this::previewed);
  }

  private Reply list(Request request) {
    List<ReceiverView> views = trial.port().get().views(page.now());
    Map<Destination, DeliveryLedger.Standing> standings =
        ledger.standings(views.stream().flatMap(it -> destinations(it).stream()).toList());
    return page.page(
        request,
        "console/receivers.jte",
        "Receivers",
        Map.of(
            "receivers", views.stream().map(it -> ReceiverRow.of(it, standings)).toList(),
            "dead", ports.outbox().backlog(page.now()).dead(),
            "now", page.now()));
  }

  /** The ways of a receiver; notes on a PagerDuty incident go by a lane of their own. */
  private static List<Destination> destinations(ReceiverView receiver) {
    var all = new ArrayList<Destination>();
    for (ReceiverView.Way way : receiver.ways()) {
      Destination to = way.destination();
      all.add(to);
      if (to.kind().equals("pagerduty")) {
        all.add(new Destination(to.receiver(), "pagerduty_notes", to.index()));
      }
    }
    return all;
  }

  private ReceiverView named(Request request) {
    String name = request.path("name");
    return trial
        .named(name, page.now())
        .orElseThrow(() -> ProblemException.notFound("there is no receiver " + name));
  }

  private static FormFields preview(Request request) {
    return FormFields.of(request, Map.of("incident", "", "title", "", "text", ""));
  }

  private Reply shown(
      Request request, int status, FormFields fields, List<ReceiverTrial.Shown> shown) {
    return shown(request, status, fields, shown, List.of());
  }

  private Reply shown(
      Request request,
      int status,
      FormFields fields,
      List<ReceiverTrial.Shown> shown,
      List<ReceiverTrial.Tried> tried) {
    ReceiverView receiver = named(request);
    Instant now = page.now();
    List<Destination> destinations = destinations(receiver);
    List<Delivery> rows =
        destinations.isEmpty()
            ? List.of()
            : ledger.page(Ledgers.filter(request, destinations), ROWS + 1);
    var address = new LinkedHashMap<String, String>();
    address.put("state", request.query("state").orElse(""));
    address.put("before", request.query("before").orElse(""));
    return page.page(
        status,
        request,
        "console/receiver.jte",
        receiver.name(),
        Map.of(
            "receiver",
            ReceiverRow.of(receiver, ledger.standings(destinations)),
            "deliveries",
            Ledgers.first(rows, ROWS),
            "older",
            Ledgers.older(rows, ROWS),
            "address",
            new Address("/receivers/" + Address.encoded(receiver.name()), address),
            "fields",
            fields,
            "open",
            ports.work().open().get(),
            "shown",
            shown,
            "tried",
            tried,
            "now",
            now));
  }

  private Reply test(Request request) {
    List<ReceiverTrial.Tried> tried = trial.test(named(request), Severity.LOW, page.now());
    return shown(request, 200, preview(request), List.of(), tried);
  }

  /** What each way would be sent, and both templates filled, if any. */
  private Reply previewed(Request request) {
    ReceiverView receiver = named(request);
    FormFields fields = preview(request);
    Optional<Incident> incident =
        fields.given("incident").flatMap(id -> ports.incidents().find(Request.incident(id)));
    var shown = new ArrayList<ReceiverTrial.Shown>();
    for (String field : List.of("title", "text")) {
      fields
          .given(field)
          .ifPresent(template -> filled(field, template, receiver, incident, fields, shown));
    }
    shown.addAll(trial.preview(receiver, incident, page.now()));
    return shown(request, fields.troubles().isEmpty() ? 200 : 422, fields, shown);
  }

  private void filled(
      String field,
      String template,
      ReceiverView receiver,
      Optional<Incident> incident,
      FormFields fields,
      List<ReceiverTrial.Shown> shown) {
    try {
      String text = trial.filled(receiver, template, incident, page.now());
      shown.add(new ReceiverTrial.Shown("your " + field, text));
    } catch (IllegalArgumentException wrong) {
      fields.troubles().put(field, String.valueOf(wrong.getMessage()));
    }
  }
}
