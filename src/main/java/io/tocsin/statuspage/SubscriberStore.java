package io.tocsin.statuspage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Subscribers and what each is still to be told: an outbox of its own, so that ten thousand mails
 * never stand before a page. Calls block: virtual threads only.
 */
public interface SubscriberStore extends SubscriberDirectory {

  /** How many may have confirmed, and how many may be about to. */
  record Bounds(int confirmed, int asked) {
    public static final Bounds USUAL = new Bounds(100_000, 10_000);
  }

  /** One message on its way to one subscriber. */
  record Pending(long id, Subscriber subscriber, News news, int attempts, Instant plannedAt) {}

  /**
   * What waits to be sent.
   *
   * @param waiting messages that have not arrived, also those to be tried again
   * @param oldest age of the oldest that was never tried though none before it is in its way: a
   *     receiver that refuses makes {@code waiting} grow, only a relay that does not keep up this
   */
  record Backlog(long waiting, Duration oldest) {
    public static final Backlog NONE = new Backlog(0, Duration.ZERO);
  }

  /** What waits as of now. */
  Backlog backlog(Instant now);

  /** Changes what it cares for; false when there is none. */
  boolean choose(String id, List<String> components);

  /** The newest, at most {@code limit}. */
  List<Subscriber> newest(int limit);

  /**
   * Plans a delivery to each active subscriber it concerns who had confirmed when it happened, in
   * one transaction with the news; nothing when this id was told before.
   */
  void tell(News news, Instant now);

  /**
   * Leases due deliveries: of each subscriber and lane the oldest only, so that nothing overtakes.
   *
   * @param byMail whether those that go by e-mail, or those that are posted
   */
  List<Pending> lease(boolean byMail, Instant now, Duration leaseFor, int limit);

  /** It arrived. */
  void delivered(long id, Instant now);

  /** It did not; tried again at {@code next}, or never when empty. Notes since when all fails. */
  void failed(long id, String why, Optional<Instant> next, Instant now);

  /** Gives a subscriber up, with all that waits for it, and tells its e-mail address. */
  void disable(String id, Instant now);

  /** Forgets who never confirmed, and news told long ago. */
  void forget(Instant askedBefore, Instant toldBefore);
}
