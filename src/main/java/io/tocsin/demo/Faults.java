package io.tocsin.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is broken at the moment, by the schedule or by a visitor's hand. */
public final class Faults {

  /**
   * A planned change.
   *
   * @param after time since the start of a round
   * @param broken true breaks, false heals
   */
  public record Step(Duration after, SimulatedPart dependency, boolean broken) {}

  /** After so long the schedule begins again. */
  public static final Duration ROUND = Duration.ofMinutes(15);

  /**
   * Within the first two minutes payments break and heal, and the price feed drifts; the rest comes
   * later in the round.
   */
  public static final List<Step> SCHEDULE =
      List.of(
          step(12, SimulatedPart.PAYMENT_API, true),
          step(35, SimulatedPart.PRICE_FEED, true),
          step(50, SimulatedPart.PAYMENT_API, false),
          step(130, SimulatedPart.PRICE_FEED, false),
          step(300, SimulatedPart.CHAT_BOT, true),
          step(360, SimulatedPart.CHAT_BOT, false),
          step(540, SimulatedPart.WEB_APP, true),
          step(580, SimulatedPart.WEB_APP, false),
          step(720, SimulatedPart.AI_MODEL, true),
          step(790, SimulatedPart.AI_MODEL, false));

  private final Map<SimulatedPart, Instant> broken = new ConcurrentHashMap<>();

  private static Step step(int seconds, SimulatedPart part, boolean breaks) {
    return new Step(Duration.ofSeconds(seconds), part, breaks);
  }

  public boolean broken(SimulatedPart part) {
    return broken.containsKey(part);
  }

  /** Since when a part is broken; empty while it is well. */
  public Optional<Instant> brokenSince(SimulatedPart part) {
    return Optional.ofNullable(broken.get(part));
  }

  /** Breaks or heals; breaking what is broken changes nothing. */
  public void set(SimulatedPart part, boolean isBroken, Instant now) {
    if (isBroken) {
      broken.putIfAbsent(part, now);
    } else {
      broken.remove(part);
    }
  }
}
