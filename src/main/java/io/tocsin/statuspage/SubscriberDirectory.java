package io.tocsin.statuspage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who is subscribed, for those who look after them. Calls block: virtual threads only. */
public interface SubscriberDirectory {

  /**
   * What is asked for; an empty text fits all.
   *
   * @param text part of the address, whatever its case
   * @param offset how many of the newest are left out
   */
  record Filter(
      Optional<Subscriber.Kind> kind,
      Optional<Subscriber.State> state,
      String text,
      int limit,
      int offset) {}

  /** A subscriber with the newest message to it, if there was one. */
  record Listed(Subscriber subscriber, Optional<Last> last) {}

  /**
   * The newest message to a subscriber.
   *
   * @param at when it was last tried, or is to be
   * @param result how it went
   * @param attempts how often it was tried
   * @param detail why it failed, empty if it did not
   */
  record Last(Instant at, Result result, int attempts, String detail) {}

  /** How a message went. */
  enum Result {
    WAITING,
    DELIVERED,
    FAILED
  }

  /** Those that fit, newest first. */
  List<Listed> list(Filter filter);

  /** How many fit, whatever the limit. */
  int count(Filter filter);

  /** How many there are, by {@code kind.state}; what there is none of is left out. */
  Map<String, Integer> counts();

  Optional<Subscriber> find(String id);

  /**
   * Keeps who asked, or finds who asked for the same before, and plans the mail that fits: the
   * confirmation, or to one already confirmed the link to manage. Nothing when the store is full.
   */
  Optional<Subscriber> ask(Subscriber wish, SubscriberStore.Bounds bounds, Instant now);

  /**
   * Keeps somebody for whom an operator vouches: active at once, without a mail. One there already
   * becomes active too, with these components.
   */
  Optional<Subscriber> enrol(Subscriber wish, SubscriberStore.Bounds bounds, Instant now);

  /** Makes it active; false when there is none. */
  boolean confirm(String id, Instant now);

  /** Forgets it and all that was on its way to it; false when there is none. */
  boolean remove(String id);
}
