package io.tocsin.notify;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The ledger over deliveries in memory.
 *
 * @param newestFirst all there are
 */
public record InMemoryLedger(Supplier<List<Delivery>> newestFirst) implements DeliveryLedger {

  @Override
  public List<Delivery> page(Filter filter, int limit) {
    return newestFirst.get().stream().filter(filter::takes).limit(limit).toList();
  }

  @Override
  public Map<Destination, Standing> standings(Collection<Destination> destinations) {
    var standings = new LinkedHashMap<Destination, Standing>();
    destinations.forEach(it -> standings.put(it, standing(it)));
    return standings;
  }

  private Standing standing(Destination destination) {
    List<Delivery> own =
        newestFirst.get().stream()
            .filter(it -> it.message().destination().equals(destination))
            .toList();
    List<Delivery> recent = own.subList(0, Math.min(RECENT, own.size()));
    return new Standing(
        count(own, Delivery.State.PENDING),
        count(own, Delivery.State.DEAD),
        recent.stream().flatMap(it -> it.deliveredAt().stream()).max(Comparator.naturalOrder()),
        recent.stream()
            .flatMap(it -> it.attempts().stream())
            .filter(attempt -> !attempt.delivered() && attempt.tried())
            .max(Comparator.comparing(Delivery.Attempt::at))
            .map(attempt -> new Failure(attempt.at(), attempt.detail())));
  }

  private static int count(List<Delivery> deliveries, Delivery.State state) {
    return (int) deliveries.stream().filter(it -> it.state() == state).count();
  }
}
