package io.tocsin.web;

import io.tocsin.alert.Alert;
import io.tocsin.alert.MarkedAlert;
import io.tocsin.check.Verdict;
import io.tocsin.incident.Incident;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.Outbox;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the first page shows, read at one instant.
 *
 * @param now when
 * @param open open incidents, worst first
 * @param firing firing alerts with what mutes them
 * @param pending alerts that wait for their {@code for}
 * @param checks all of them, those not up first
 * @param deliveries the newest of the ledger
 * @param backlog what waits to be sent
 * @param databaseAway incidents and deliveries could not be read; alerts and checks are live
 */
public record NowView(
    Instant now,
    List<Incident> open,
    List<MarkedAlert> firing,
    List<Alert> pending,
    List<CheckRow> checks,
    List<Delivery> deliveries,
    Optional<Outbox.Backlog> backlog,
    boolean databaseAway) {

  private static final Logger LOG = LoggerFactory.getLogger(NowView.class);
  private static final int DELIVERIES = 20;
  private static final int ROWS = 200;

  /** Reads it all; blocks. */
  static NowView read(ConsolePorts ports, Instant now) {
    List<MarkedAlert> firing = ports.alerts().firing().stream().limit(ROWS).toList();
    List<Alert> pending = ports.alerts().pending().stream().limit(ROWS).toList();
    List<CheckRow> checks =
        ports.checks().get().stream()
            .sorted(
                Comparator.comparing((CheckRow check) -> rank(check.state()))
                    .thenComparing(CheckRow::name))
            .toList();
    try {
      return new NowView(
          now,
          worstFirst(ports.incidents().open()),
          firing,
          pending,
          checks,
          ports.outbox().deliveries(Optional.empty(), DELIVERIES),
          Optional.of(ports.outbox().backlog(now)),
          false);
    } catch (RuntimeException e) {
      LOG.debug("the console shows what memory knows", e);
      return new NowView(
          now, List.of(), firing, pending, checks, List.of(), Optional.empty(), true);
    }
  }

  private static List<Incident> worstFirst(List<Incident> open) {
    return open.stream()
        .sorted(Comparator.comparing(Incident::severity).thenComparing(Incident::openedAt))
        .toList();
  }

  private static int rank(Verdict state) {
    return switch (state) {
      case DOWN -> 0;
      case DEGRADED -> 1;
      case UNKNOWN -> 2;
      case UP -> 3;
    };
  }

  /** Checks that are not up. */
  public List<CheckRow> troubled() {
    return checks.stream().filter(check -> check.state() != Verdict.UP).toList();
  }

  /** The page in a few words, for the document's title. */
  String title() {
    return open.isEmpty() ? "All quiet" : open.size() + " open";
  }
}
