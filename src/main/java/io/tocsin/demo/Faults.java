package io.tocsin.demo;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is broken at the moment, by the schedule or by a visitor's hand. */
public final class Faults {

  /**
   * A planned change.
   *
   * @param after time since the start of a round
   * @param broken true breaks, false heals
   */
  public record Step(Duration after, Dependency dependency, boolean broken) {}

  /** After so long the schedule begins again. */
  public static final Duration ROUND = Duration.ofMinutes(15);

  /**
   * Within the first two minutes payments break and heal, and the price feed drifts; the rest comes
   * later in the round.
   */
  public static final List<Step> SCHEDULE =
      List.of(
          step(12, Dependency.PAYMENT_API, true),
          step(35, Dependency.PRICE_FEED, true),
          step(50, Dependency.PAYMENT_API, false),
          step(130, Dependency.PRICE_FEED, false),
          step(300, Dependency.CHAT_BOT, true),
          step(360, Dependency.CHAT_BOT, false),
          step(540, Dependency.WEB_APP, true),
          step(580, Dependency.WEB_APP, false),
          step(720, Dependency.AI_MODEL, true),
          step(790, Dependency.AI_MODEL, false));

  private final Map<Dependency, AtomicBoolean> broken = new EnumMap<>(Dependency.class);

  public Faults() {
    for (Dependency dependency : Dependency.values()) {
      broken.put(dependency, new AtomicBoolean());
    }
  }

  private static Step step(int seconds, Dependency dependency, boolean breaks) {
    return new Step(Duration.ofSeconds(seconds), dependency, breaks);
  }

  public boolean broken(Dependency dependency) {
    return flag(dependency).get();
  }

  public void set(Dependency dependency, boolean isBroken) {
    flag(dependency).set(isBroken);
  }

  private AtomicBoolean flag(Dependency dependency) {
    AtomicBoolean flag = broken.get(dependency);
    if (flag == null) {
      throw new IllegalStateException("every dependency has its flag");
    }
    return flag;
  }
}
