package io.tocsin.http;

import io.tocsin.access.AuditEntry;
import io.tocsin.access.AuditEntry.Outcome;
import io.tocsin.access.AuditLog;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Map;

/** Writes log-ins down, however they were tried, so that {@link AuditTrail} need not. */
record LoginLog(AuditLog audit, ClientAddress addresses) {

  void written(
      RoutingContext context,
      String name,
      Outcome outcome,
      Map<String, String> after,
      Instant now) {
    AuditTrail.told(context);
    audit.append(
        new AuditEntry(now, name, addresses.of(context), "login", name, outcome, Map.of(), after));
  }
}
