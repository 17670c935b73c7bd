package io.tocsin.engine;

import io.tocsin.notify.Delivery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The deliveries whose sending is not finished. One that is leased again while it is sent, because
 * its lease ran out, is left to its sender: it must not go twice. One that is leased again after it
 * was recorded and before its thread has finished waits for that, else it would lie until its lease
 * runs out.
 */
final class InHand {
  private final Set<Long> ids = new HashSet<>();
  private final Set<Long> dueAgain = new HashSet<>();
  private final Map<Long, Delivery> next = new HashMap<>();

  /** Takes one; false when it is in hand already. */
  synchronized boolean take(Delivery delivery) {
    long id = delivery.id();
    if (dueAgain.contains(id)) {
      next.put(id, delivery);
      return false;
    }
    return ids.add(id);
  }

  /** One was not taken and is about to be written down so: a lease from now on is a new one. */
  synchronized void dueAgain(long id) {
    dueAgain.add(id);
  }

  /** Lets one go; what was leased anew meanwhile is to be taken now. */
  synchronized Optional<Delivery> finish(long id) {
    ids.remove(id);
    dueAgain.remove(id);
    return Optional.ofNullable(next.remove(id));
  }

  synchronized int size() {
    return ids.size();
  }
}
