package io.tocsin.alert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The door for alerts that others found. Calls block: virtual threads only. */
public interface AlertIntake {

  /**
   * Takes alerts in. When it returns they are durable and on the road; a resend changes nothing but
   * their end.
   *
   * @param source who posts; alerts of different sources are never the same
   * @param timeout how long one lasts whose sender names no end; empty when only the sender ends it
   * @throws Refused when they could not be made durable
   */
  void post(String source, List<PostedAlert> alerts, Optional<Duration> timeout);

  /** What is held of an alert. */
  Optional<HeldAlert> held(AlertKey key);

  /** What is held of a source's alert by the {@code dedup_key} it carries. */
  Optional<HeldAlert> held(String source, String dedupKey);

  /** They could not be made durable and are to be sent again; pages go out nevertheless. */
  final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Refused(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
