package io.tocsin;

import io.tocsin.http.Blocking;
import io.tocsin.http.CalendarRoutes;
import io.tocsin.http.ReceiverTrial;
import io.tocsin.http.ReportDesk;
import io.tocsin.notify.DeliveryLedger;
import io.tocsin.notify.ReceiverView;
import io.tocsin.oncall.ShiftDesk;
import io.tocsin.postgres.PostgresDeliveryLedger;
import io.tocsin.postgres.PostgresPageEdits;
import io.tocsin.silence.MaintenanceBook;
import io.tocsin.web.OperationsPorts;
import io.tocsin.web.PageEditorPorts;
import io.tocsin.web.PlannedPorts;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/** What is asked of duty, planned work, receivers and reports, by the API and by the pages. */
record OperationsDesk(Server.Parts parts) {

  private static final SecureRandom RANDOM = new SecureRandom();

  ShiftDesk shifts() {
    return new ShiftDesk(
        parts.engine().roster(),
        parts.stores().overrides(),
        parts.engine().roster()::refresh,
        fresh("o"));
  }

  MaintenanceBook maintenance() {
    return new MaintenanceBook(
        parts.stores().maintenances(), parts.engine().mutes()::refresh, fresh("m"));
  }

  ReceiverTrial receivers() {
    return new ReceiverTrial(() -> new ReceiverDesk(parts.engine().channels()));
  }

  /** All that are configured, in their order. */
  List<String> receiverNames() {
    return parts.engine().channels().views(parts.clock().instant()).stream()
        .map(ReceiverView::name)
        .toList();
  }

  DeliveryLedger ledger() {
    return new PostgresDeliveryLedger(parts.foundation().database());
  }

  ReportDesk reports() {
    return new ReportDesk(parts.stores().incidents(), parts.stores().uptime());
  }

  CalendarRoutes calendars(Blocking blocking) {
    return new CalendarRoutes(
        parts.engine().roster(),
        parts.stores().overrides(),
        parts.signature(),
        parts.configuration().console(),
        blocking,
        parts.clock());
  }

  OperationsPorts ports(Blocking blocking) {
    return new OperationsPorts(
        shifts(),
        parts.engine()::escalation,
        calendars(blocking)::feeds,
        receivers(),
        ledger(),
        new PlannedPorts(
            maintenance(),
            parts.stores().maintenanceSteps(),
            () -> parts.site().snapshot().spec(),
            parts.configuration().page()::remindBefore),
        new HeartbeatBoard(parts.board(), parts.probes().heartbeats())::rows,
        new PageEditorPorts(
            parts.site()::configured,
            new PostgresPageEdits(parts.foundation().database()),
            parts.site()::edit));
  }

  /** 16 hex digits after a letter. */
  private static Supplier<String> fresh(String letter) {
    return () -> {
      var bytes = new byte[8];
      RANDOM.nextBytes(bytes);
      return letter + HexFormat.of().formatHex(bytes);
    };
  }
}
