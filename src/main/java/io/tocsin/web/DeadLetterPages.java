package io.tocsin.web;

import io.tocsin.http.ProblemException;
import io.tocsin.http.Reply;
import io.tocsin.http.Request;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.DeliveryLedger;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Messages that were given up: to be sent again one by one, or all. */
final class DeadLetterPages {

  private static final int ROWS = 50;

  /** At most so many are put back by one press. */
  private static final int AT_ONCE = 500;

  private static final DeliveryLedger.Filter DEAD =
      new DeliveryLedger.Filter(List.of(), List.of(Delivery.State.DEAD), Optional.empty());

  private final ConsolePorts ports;
  private final DeliveryLedger ledger;
  private final ConsolePage page;

  DeadLetterPages(ConsolePorts ports, DeliveryLedger ledger, ConsolePage page) {
    this.ports = ports;
    this.ledger = ledger;
    this.page = page;
  }

  void mount(Router router) {
    page.get(router, "/dead-letters", this::list);
    page.post(router, "/dead-letters/replay", this::all);
    page.post(router, "/dead-letters/:id/replay", this::one);
  }

  private Reply list(Request request) {
    Optional<Long> before = Ledgers.before(request);
    List<Delivery> rows =
        ledger.page(new DeliveryLedger.Filter(List.of(), DEAD.states(), before), ROWS + 1);
    var address = new LinkedHashMap<String, String>();
    address.put("before", request.query("before").orElse(""));
    return page.page(
        request,
        "console/dead-letters.jte",
        "Dead letters",
        Map.of(
            "deliveries", Ledgers.first(rows, ROWS),
            "older", Ledgers.older(rows, ROWS),
            "address", new Address("/dead-letters", address),
            "total", ports.outbox().backlog(page.now()).dead(),
            "now", page.now()));
  }

  /** The oldest of them first, as they were planned. */
  private Reply all(Request request) {
    List<Delivery> dead = ledger.page(DEAD, AT_ONCE);
    dead.reversed().forEach(it -> ports.outbox().replay(it.id(), page.now()));
    return ConsolePage.to("/dead-letters");
  }

  private Reply one(Request request) {
    String id = request.path("id");
    if (!id.matches("\\d{1,18}") || !ports.outbox().replay(Long.parseLong(id), page.now())) {
      throw ProblemException.notFound("there is no dead letter " + id);
    }
    return ConsolePage.to("/dead-letters");
  }
}
