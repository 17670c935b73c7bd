package io.tocsin.engine;

import io.tocsin.notify.Delivery;
import io.tocsin.notify.Message;

/** Hears of every attempt to deliver. Called on the thread that sent: returns at once. */
@FunctionalInterface
public interface AttemptListener {

  /** What became of a message by an attempt. */
  enum Fate {
    DELIVERED,
    RETRY,
    DEAD
  }

  void tried(Message message, Delivery.Attempt attempt, Fate fate);

  /** This listener, then another. */
  default AttemptListener and(AttemptListener other) {
    return (message, attempt, fate) -> {
      tried(message, attempt, fate);
      other.tried(message, attempt, fate);
    };
  }
}
