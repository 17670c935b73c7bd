package io.tocsin.web;

import io.tocsin.http.Request;
import io.tocsin.notify.Delivery;
import io.tocsin.notify.DeliveryLedger;
import io.tocsin.notify.Destination;
import java.util.List;
import java.util.Optional;

/** How pages of the ledger are asked for: {@code state} and {@code before}. */
final class Ledgers {

  private Ledgers() {}

  static DeliveryLedger.Filter filter(Request request, List<Destination> destinations) {
    return new DeliveryLedger.Filter(
        destinations,
        request
            .query("state")
            .filter(text -> !text.isEmpty())
            .map(text -> Request.choice("state", text, Delivery.State.class))
            .map(List::of)
            .orElse(List.of()),
        before(request));
  }

  static Optional<Long> before(Request request) {
    return request
        .query("before")
        .filter(text -> !text.isEmpty())
        .map(
            text -> {
              if (!text.matches("\\d{1,18}")) {
                throw Request.wrong("before", text, "the number of a delivery");
              }
              return Long.parseLong(text);
            });
  }

  /** One more than fits was read, to know whether there are older ones. */
  static List<Delivery> first(List<Delivery> read, int fits) {
    return read.subList(0, Math.min(fits, read.size()));
  }

  /** What older ones stand before, if there are any. */
  static Optional<String> older(List<Delivery> read, int fits) {
    return read.size() > fits
        ? Optional.of(Long.toString(read.get(fits - 1).id()))
        : Optional.empty();
  }
}
