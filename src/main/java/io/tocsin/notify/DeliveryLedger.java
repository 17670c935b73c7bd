package io.tocsin.notify;

import io.tocsin.incident.IncidentId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger of deliveries as people read it. Calls block: virtual threads only. */
public interface DeliveryLedger {

  /** How many of a destination's newest deliveries its last success and failure are sought in. */
  int RECENT = 500;

  /**
   * Which deliveries.
   *
   * @param incident of this one; empty: of all
   * @param receiver to any destination of the receiver of this name, configured or no more
   * @param destinations to any of these; empty: to all
   * @param states in any of these; empty: in all
   * @param before planned before the one of this number
   */
  record Filter(
      Optional<IncidentId> incident,
      Optional<String> receiver,
      List<Destination> destinations,
      List<Delivery.State> states,
      Optional<Long> before) {
    public Filter {
      destinations = List.copyOf(destinations);
      states = List.copyOf(states);
    }

    /** Of all incidents. */
    public Filter(
        List<Destination> destinations, List<Delivery.State> states, Optional<Long> before) {
      this(Optional.empty(), Optional.empty(), destinations, states, before);
    }

    /** Whether it is one of these. */
    public boolean takes(Delivery it) {
      Message message = it.message();
      return incident.filter(id -> !message.incident().id().equals(id)).isEmpty()
          && receiver.filter(name -> !message.destination().receiver().equals(name)).isEmpty()
          && (destinations.isEmpty() || destinations.contains(message.destination()))
          && (states.isEmpty() || states.contains(it.state()))
          && before.filter(id -> it.id() >= id).isEmpty();
    }
  }

  /**
   * How a destination fares.
   *
   * @param waiting how many messages wait for it
   * @param dead how many were given up
   * @param lastSuccess when it last took one, of its recent ones
   * @param lastFailure when and why it last did not when it was asked, of its recent ones
   */
  record Standing(
      int waiting, int dead, Optional<Instant> lastSuccess, Optional<Failure> lastFailure) {

    /** Of a destination that nothing was sent to. */
    public static final Standing NONE = new Standing(0, 0, Optional.empty(), Optional.empty());
  }

  /** A try that failed, and why. */
  record Failure(Instant at, String detail) {}

  /** Newest first, at most so many. */
  List<Delivery> page(Filter filter, int limit);

  /** How each of these fares. */
  Map<Destination, Standing> standings(Collection<Destination> destinations);
}
